package io.membership.swim;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the helpers of a probe say, and what their silence says.
 */
class HelpersTests {

	private static final Duration PATIENCE = Duration.ofMillis(200);

	private final Helpers helpers = new Helpers();

	@ParameterizedTest
	@CsvSource({
			// nobody could say anything
			"0, 0, 0, 1", "0, 3, 0, 1",
			// each silent one is one more reason for doubt
			"3, 0, 0, 3", "3, 0, 1, 2", "3, 0, 2, 1", "3, 0, 3, 0", "1, 2, 0, 1", "1, 2, 1, 0" })
	void theSilenceOfThoseWhoCouldSpeakIsToBlame(int capable, int others, int nacks, int blame) {
		ask(capable, others);
		for (int i = 1; i <= nacks; i++) {
			this.helpers.nack(uri(i), false);
		}
		assertThat(this.helpers.blame(PATIENCE.toNanos(), PATIENCE)).isEqualTo(blame);
	}

	@Test
	void silenceSaysLittleBeforeTheyHadTime() {
		ask(3, 0);
		assertThat(this.helpers.blame(PATIENCE.toNanos() - 1, PATIENCE)).isEqualTo(1);
	}

	@Test
	void whoSpokeInTimeIsNotToBlame() {
		ask(1, 0);
		this.helpers.nack(uri(1), false);
		assertThat(this.helpers.blame(PATIENCE.toNanos() - 1, PATIENCE)).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "0, 0, 0, false", "2, 0, 1, false", "2, 0, 2, true", "1, 1, 1, false" })
	void nobodyIsLeftWhenAllHearNothing(int capable, int others, int nacks, boolean expected) {
		ask(capable, others);
		for (int i = 1; i <= nacks; i++) {
			this.helpers.nack(uri(i), false);
		}
		assertThat(this.helpers.allHearNothing()).isEqualTo(expected);
	}

	@Test
	void whoWasNotAskedHasNoSay() {
		ask(1, 0);
		this.helpers.nack(uri(9), true);
		assertThat(this.helpers.hearingNothing()).isEmpty();
		assertThat(this.helpers.refused()).isEmpty();
	}

	@Test
	void whoSpeaksTwiceCountsOnce() {
		ask(2, 0);
		this.helpers.nack(uri(1), false);
		this.helpers.nack(uri(1), true);
		assertThat(this.helpers.hearingNothing()).containsExactly(uri(1));
		assertThat(this.helpers.refused()).containsExactly(uri(1));
		assertThat(this.helpers.allHearNothing()).isFalse();
	}

	@Test
	void whoWasNotKnownToBeCapableMaySpeakAllTheSame() {
		ask(0, 1);
		this.helpers.nack(uri(1), false);
		assertThat(this.helpers.allHearNothing()).isTrue();
	}

	/** Asks some who can say that they hear nothing, numbered from 1, and some others. */
	private void ask(int capable, int others) {
		for (int i = 1; i <= capable + others; i++) {
			this.helpers.ask(uri(i), i <= capable, 0);
		}
	}

}
