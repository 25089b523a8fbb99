package io.membership.swim;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * From whom something came that could not be read.
 */
class UnreadableTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final Unreadable unreadable = new Unreadable();

	@Test
	void nobodyIsAtFirst() {
		assertThat(this.unreadable.isHeard(uri(2), 0, SECOND)).isFalse();
	}

	@Test
	void isHeardForAWhile() {
		this.unreadable.heardFrom(uri(2), 5);
		assertThat(this.unreadable.isHeard(uri(2), 5 + SECOND.toNanos(), SECOND)).isTrue();
		assertThat(this.unreadable.isHeard(uri(2), 6 + SECOND.toNanos(), SECOND)).isFalse();
		assertThat(this.unreadable.isHeard(uri(3), 5, SECOND)).isFalse();
	}

	@Test
	void theLastTimeCounts() {
		this.unreadable.heardFrom(uri(2), 5);
		this.unreadable.heardFrom(uri(2), 10);
		assertThat(this.unreadable.isHeard(uri(2), 10 + SECOND.toNanos(), SECOND)).isTrue();
	}

	@Test
	void whoIsForgottenIsNotHeard() {
		this.unreadable.heardFrom(uri(2), 5);
		this.unreadable.forget(uri(2));
		assertThat(this.unreadable.isHeard(uri(2), 5, SECOND)).isFalse();
	}

}
