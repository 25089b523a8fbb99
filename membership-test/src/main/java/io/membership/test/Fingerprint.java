package io.membership.test;

import java.util.zip.CRC32C;

/**
 * A number that two histories share only if they are equal, datagram by datagram.
 */
final class Fingerprint {

	private final CRC32C checksum = new CRC32C();

	private long value;

	void add(long nanos, int from, int to, byte[] datagram) {
		this.checksum.reset();
		this.checksum.update(datagram);
		this.value = mix(this.value ^ nanos) + mix(((long) from << 32) + to) + this.checksum.getValue();
	}

	long value() {
		return this.value;
	}

	/** Mixes all bits (Stafford's variant 13, as SplittableRandom does). */
	static long mix(long bits) {
		long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
		return mixed ^ (mixed >>> 31);
	}

}
