package io.membership.swim;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a suspect has to refute.
 */
class SuspicionTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	@Test
	void isNotOverBeforeTheTimeout() {
		assertThat(new Suspicion(0).isOver(2_999_999_999L, TIMEOUT)).isFalse();
	}

	@Test
	void isOverAtTheTimeout() {
		assertThat(new Suspicion(0).isOver(3_000_000_000L, TIMEOUT)).isTrue();
	}

	@Test
	void survivesTheOverflowOfTheClock() {
		long since = Long.MAX_VALUE - 1_000_000_000L;
		assertThat(new Suspicion(since).isOver(since + 2_000_000_000L, TIMEOUT)).isFalse();
	}

	@Test
	void endsAfterTheOverflowOfTheClock() {
		long since = Long.MAX_VALUE - 1_000_000_000L;
		assertThat(new Suspicion(since).isOver(since + 3_000_000_000L, TIMEOUT)).isTrue();
	}

}
