package io.membership.swim;

/**
 * The 64-bit hashes that members compare. They are part of the wire format: all members
 * of a mesh must compute the same (docs/wire-protocol.md, "View digest").
 */
public final class Hash64 {

	/** 2^64 by the golden ratio, as in splitmix64. */
	private static final long GOLDEN = 0x9E3779B97F4A7C15L;

	private static final long FNV_OFFSET = 0xCBF29CE484222325L;

	private static final long FNV_PRIME = 0x100000001B3L;

	private Hash64() {
	}

	/**
	 * Scatters similar numbers over all numbers, each to one of its own (splitmix64's
	 * finalizer; Steele, Lea and Flood, 2014).
	 * @param number any number
	 * @return its image
	 */
	public static long mix(long number) {
		long mixed = number;
		mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
		return mixed ^ (mixed >>> 31);
	}

	/**
	 * Adds something to the hash of a sequence, in which the order counts.
	 * @param hash the hash of what came before
	 * @param next the hash, or the bits, of what follows
	 * @return the hash of both
	 */
	public static long fold(long hash, long next) {
		return mix(hash * GOLDEN + next);
	}

	/**
	 * Returns the hash of some bytes (FNV-1a, mixed because its high bits are poor).
	 * @param bytes the bytes
	 * @return their hash
	 */
	public static long of(byte[] bytes) {
		long hash = FNV_OFFSET;
		for (byte each : bytes) {
			hash = (hash ^ (each & 0xff)) * FNV_PRIME;
		}
		return mix(hash);
	}

}
