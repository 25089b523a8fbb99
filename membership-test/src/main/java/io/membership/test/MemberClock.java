package io.membership.test;

import java.time.Duration;

/**
 * The clock of one member: its wall time may be off, and both its times may run fast or
 * slow. Its monotonic time begins shortly before it overflows, so that whatever compares
 * two times without care fails.
 */
public final class MemberClock {

	/** When every mesh begins, in microseconds since the epoch. */
	private static final long FIRST_MICROS = 1_700_000_000_000_000L;

	private final VirtualTime time;

	private final Runnable touched;

	private long monotonicAtChange;

	private long changedAt;

	private double rate = 1;

	private long driftNanos;

	private Duration offset = Duration.ZERO;

	MemberClock(VirtualTime time, int member, Runnable touched) {
		this.time = time;
		this.touched = touched;
		this.monotonicAtChange = Long.MAX_VALUE - Duration.ofSeconds(5L + member % 10).toNanos();
	}

	private long sinceChange() {
		long elapsed = this.time.nanos() - this.changedAt;
		return (this.rate == 1) ? elapsed : Math.round(elapsed * this.rate);
	}

	long nanoTime() {
		return this.monotonicAtChange + sinceChange();
	}

	long micros() {
		long local = this.changedAt + this.driftNanos + sinceChange();
		return FIRST_MICROS + (local + this.offset.toNanos()) / 1000;
	}

	/** Returns when a time of this clock will be over. */
	long dueAfter(Duration delay) {
		long nanos = Math.max(0, delay.toNanos());
		return this.time.nanos() + ((this.rate == 1) ? nanos : Math.round(nanos / this.rate));
	}

	/**
	 * Sets the wall time fast or slow.
	 * @param offset how far it is ahead, negative if it is behind
	 */
	public void setOffset(Duration offset) {
		this.offset = offset;
	}

	/**
	 * Lets the clock, the monotonic time too, run fast or slow.
	 * @param drift 0.01 for 1 % too fast, 0 for a steady clock
	 */
	public void setDrift(double drift) {
		long since = sinceChange();
		this.driftNanos += since - (this.time.nanos() - this.changedAt);
		this.monotonicAtChange += since;
		this.changedAt = this.time.nanos();
		this.rate = 1 + drift;
		this.touched.run();
	}

	boolean isSteady() {
		return this.rate == 1;
	}

}
