package io.membership.test;

/**
 * A datagram and whom it comes from.
 */
final class Datagram {

	private final int from;

	private final byte[] bytes;

	Datagram(int from, byte[] bytes) {
		this.from = from;
		this.bytes = bytes;
	}

	int from() {
		return this.from;
	}

	/** Returns the bytes, which nobody may change. */
	byte[] bytes() {
		return this.bytes;
	}

}
