package io.membership.wire;

import java.util.Arrays;

/**
 * The numbers of one sender's datagrams that were received, so that none counts twice:
 * the last ones as a bitmap, and all before as if they had been (RFC 4303 §3.4.3).
 */
final class ReplayWindow {

	/**
	 * How far a datagram may be behind the newest one. A sender numbers what it sends to
	 * all others in one sequence: in a large mesh full of news a few thousand a second.
	 */
	static final int SIZE = 1024;

	private final long[] received = new long[SIZE / Long.SIZE];

	private long newest = -1;

	/** Whether a number was neither received nor is too far behind to tell. */
	boolean isNew(long number) {
		if (number > this.newest) {
			return true;
		}
		return this.newest - number < SIZE && (this.received[word(number)] & bit(number)) == 0;
	}

	/** Notes that a number that {@linkplain #isNew is new} was received. */
	void accept(long number) {
		if (number - this.newest >= SIZE) {
			Arrays.fill(this.received, 0);
			this.newest = number;
		}
		while (this.newest < number) {
			this.newest++;
			this.received[word(this.newest)] &= ~bit(this.newest);
		}
		this.received[word(number)] |= bit(number);
	}

	private static int word(long number) {
		return (int) (number / Long.SIZE % (SIZE / Long.SIZE));
	}

	private static long bit(long number) {
		return 1L << (number % Long.SIZE);
	}

}
