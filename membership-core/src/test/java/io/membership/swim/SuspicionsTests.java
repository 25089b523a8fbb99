package io.membership.swim;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is suspected, and until when.
 */
class SuspicionsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	private final Suspicions suspicions = new Suspicions();

	@Test
	void thoseSuspectedForTheTimeoutAreOverInTheirOrder() {
		this.suspicions.begin(uri(3), 0);
		this.suspicions.begin(uri(2), seconds(1));
		this.suspicions.begin(uri(4), seconds(2));
		assertThat(this.suspicions.over(seconds(4), TIMEOUT)).containsExactly(uri(3), uri(2));
	}

	@Test
	void anEndedSuspicionIsNeverOver() {
		this.suspicions.begin(uri(2), 0);
		this.suspicions.end(uri(2));
		assertThat(this.suspicions.over(seconds(9), TIMEOUT)).isEmpty();
	}

	@Test
	void aSignOfLifeBeginsASuspicionAnew() {
		this.suspicions.begin(uri(2), 0);
		this.suspicions.heardFrom(uri(2), seconds(2));
		assertThat(this.suspicions.of(uri(2))).isEqualTo(new Suspicion(seconds(2)));
	}

	@Test
	void aSignOfLifeOfOthersBeginsNone() {
		this.suspicions.heardFrom(uri(2), 0);
		assertThat(this.suspicions.size()).isZero();
	}

	@Test
	void moreTimeIsForAll() {
		this.suspicions.begin(uri(2), 0);
		this.suspicions.begin(uri(3), seconds(1));
		this.suspicions.extend(Duration.ofSeconds(2));
		assertThat(this.suspicions.over(seconds(5), TIMEOUT)).containsExactly(uri(2));
	}

	private static long seconds(int seconds) {
		return Duration.ofSeconds(seconds).toNanos();
	}

}
