package io.membership.net;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many pass, from shortly before the clock overflows.
 */
class RateLimitTests {

	private static final long BEGIN = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

	private long now = BEGIN;

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 100, 5000, 1_000_000 })
	void asManyPassAtOnceAsInASecond(int perSecond) {
		RateLimit limit = new RateLimit(perSecond);
		assertThat(passed(limit, RateLimit.unused(this.now), 2 * perSecond)).isEqualTo(perSecond);
	}

	@ParameterizedTest
	@CsvSource({ "5000, 1000, 5000", "5000, 100, 500", "5000, 2000, 5000", "5000, 3600000, 5000", "5000, 0, 0",
			"100, 10, 1", "100, 9, 0" })
	void whatWasUsedUpComesBackWithTime(int perSecond, long millis, int expected) {
		RateLimit limit = new RateLimit(perSecond);
		long used = RateLimit.unused(this.now);
		while (!limit.isUsedUp(used, this.now)) {
			used = limit.use(used, this.now);
		}
		this.now += Duration.ofMillis(millis).toNanos();
		assertThat(passed(limit, used, 2 * perSecond)).isEqualTo(expected);
	}

	@Test
	void overTimeNoMorePassThanAllowed() {
		RateLimit limit = new RateLimit(100);
		long used = RateLimit.unused(this.now);
		int passed = 0;
		for (int i = 0; i < 60_000; i++) {
			if (!limit.isUsedUp(used, this.now)) {
				used = limit.use(used, this.now);
				passed++;
			}
			this.now += Duration.ofMillis(1).toNanos();
		}
		assertThat(passed).isBetween(100 * 60, 100 * 61);
	}

	@Test
	void whoKeepsToTheLimitIsNeverStopped() {
		RateLimit limit = new RateLimit(100);
		long used = RateLimit.unused(this.now);
		for (int i = 0; i < 10_000; i++) {
			assertThat(limit.isUsedUp(used, this.now)).isFalse();
			used = limit.use(used, this.now);
			this.now += Duration.ofMillis(10).toNanos();
		}
	}

	private int passed(RateLimit limit, long usedBefore, int attempts) {
		long used = usedBefore;
		int passed = 0;
		for (int i = 0; i < attempts; i++) {
			if (!limit.isUsedUp(used, this.now)) {
				used = limit.use(used, this.now);
				passed++;
			}
		}
		return passed;
	}

}
