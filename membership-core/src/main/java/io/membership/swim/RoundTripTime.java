package io.membership.swim;

import java.time.Duration;

/**
 * The time from a probe to its answer, smoothed over many of them (RFC 6298 §2).
 *
 * @param smoothedNanos the mean, in which newer samples weigh more
 * @param deviationNanos the mean of how far samples are from that, in either direction
 */
record RoundTripTime(long smoothedNanos, long deviationNanos) {

	/** A new sample's weight in the mean is one of these parts (RFC 6298: alpha). */
	private static final int SMOOTHING = 8;

	/** A new sample's weight in the deviation is one of these parts (RFC 6298: beta). */
	private static final int DEVIATION_SMOOTHING = 4;

	/** How many deviations above the mean an answer is late (RFC 6298: K). */
	private static final int LATE = 4;

	/** Begins with the first sample. */
	static RoundTripTime of(Duration sample) {
		return new RoundTripTime(sample.toNanos(), sample.toNanos() / 2);
	}

	/** Returns this with one more sample. */
	RoundTripTime with(Duration sample) {
		long distance = sample.toNanos() - this.smoothedNanos;
		return new RoundTripTime(this.smoothedNanos + distance / SMOOTHING,
				this.deviationNanos + (Math.abs(distance) - this.deviationNanos) / DEVIATION_SMOOTHING);
	}

	Duration smoothed() {
		return Duration.ofNanos(this.smoothedNanos);
	}

	/** Returns after which time an answer is late. */
	Duration timeout() {
		return Duration.ofNanos(this.smoothedNanos + LATE * this.deviationNanos);
	}

}
