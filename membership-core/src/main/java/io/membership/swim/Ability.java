package io.membership.swim;

/**
 * What a node understands beyond the reference. It is told to others as a number with one
 * bit each, so bits keep their meaning for ever.
 */
enum Ability {

	/** Sends and understands NACK. */
	NEGATIVE_ACKS(1),

	/** Understands GOSSIP. */
	GOSSIP(1 << 1),

	/** Understands short probes, view digests and their exchange. */
	VIEW_DIGEST(1 << 2);

	private final int bit;

	Ability(int bit) {
		this.bit = bit;
	}

	int bit() {
		return this.bit;
	}

	boolean isIn(int abilities) {
		return abilities != Supplement.UNKNOWN && (abilities & this.bit) != 0;
	}

}
