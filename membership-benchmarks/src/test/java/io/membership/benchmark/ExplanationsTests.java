package io.membership.benchmark;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written by hand about goals.
 */
class ExplanationsTests {

	@Test
	void eachHeadingIsAGoal() {
		Explanations explanations = Explanations
			.parse("For authors.\n\n## kill-20\n\nIt was slow.\nVery.\n\n## empty\n");
		assertThat(explanations.of("kill-20")).isEqualTo("It was slow.\nVery.");
		assertThat(explanations.of("empty")).isEmpty();
		assertThat(explanations.of("other")).isEmpty();
	}

	@Test
	void thoseThatComeWithTheClassesAreThere() {
		assertThat(Explanations.load().of("For authors")).isEmpty();
	}

}
