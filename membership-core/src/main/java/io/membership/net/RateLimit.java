package io.membership.net;

import java.util.concurrent.TimeUnit;

/**
 * So many per second, and as many at once after a second of silence. What was used of a
 * limit is one number, the time at which all of it can be used again (the generic cell
 * rate algorithm, ITU-T I.371), so that thousands of them are an array.
 *
 * @param perSecond how many, 1 or more
 */
record RateLimit(int perSecond) {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	/** Returns the state of a limit of which nothing was used. */
	static long unused(long nowNanos) {
		return nowNanos;
	}

	/** Whether nothing is left now. */
	boolean isUsedUp(long used, long nowNanos) {
		return used - nowNanos + pause() > SECOND;
	}

	/** Returns the state after one was used. */
	long use(long used, long nowNanos) {
		return ((used - nowNanos > 0) ? used : nowNanos) + pause();
	}

	private long pause() {
		return SECOND / this.perSecond;
	}

}
