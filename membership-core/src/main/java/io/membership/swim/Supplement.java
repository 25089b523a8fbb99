package io.membership.swim;

import java.util.List;

import io.membership.MemberUri;

/**
 * What a rumor says beyond the reference, in the sixth element of an event, which the
 * reference ignores and does not pass on. All of it is about the rumor's subject.
 *
 * @param abilities what the subject understands beyond the reference, one bit for each
 * ability, or {@link #UNKNOWN}
 * @param bootId a random number that tells one process of the subject from another, 1 to
 * 2<sup>32</sup>−1, or {@link #UNKNOWN}
 * @param accusers the members that probed the subject in vain
 * @param refused those accusers that found that nothing listens at its address
 * @param keys the fingerprints of the keys with which the subject decrypts, the one with
 * which it encrypts first; empty if it tells none
 */
public record Supplement(int abilities, long bootId, List<MemberUri> accusers, List<MemberUri> refused,
		List<Integer> keys) {

	/** Stands for abilities, or a boot id, that the rumor does not tell. */
	public static final int UNKNOWN = -1;

	/** Largest number that tells processes apart. */
	public static final long MAX_BOOT_ID = 0xffff_ffffL;

	/** Nothing beyond the reference. */
	public static final Supplement NONE = new Supplement(UNKNOWN, UNKNOWN, List.of(), List.of(), List.of());

	/**
	 * Creates what an alive member says about itself.
	 * @param abilities what it understands
	 * @param bootId which process it is, or {@link #UNKNOWN}
	 * @return the supplement
	 */
	public static Supplement ofSelf(int abilities, long bootId) {
		return new Supplement(abilities, bootId, List.of(), List.of(), List.of());
	}

	/**
	 * Returns the same with the keys of the subject.
	 * @param fingerprints those of all its keys
	 * @return the supplement
	 */
	public Supplement withKeys(List<Integer> fingerprints) {
		return fingerprints.equals(this.keys) ? this
				: new Supplement(this.abilities, this.bootId, this.accusers, this.refused, fingerprints);
	}

	/**
	 * Creates what is said of a suspect.
	 * @param accusers who probed it in vain
	 * @param refused those of them that were refused
	 * @return the supplement
	 */
	public static Supplement ofAccusers(List<MemberUri> accusers, List<MemberUri> refused) {
		return new Supplement(UNKNOWN, UNKNOWN, accusers, refused, List.of());
	}

	/**
	 * Returns what is known of the subject itself when this is believed.
	 * @param before what was known of it
	 */
	Supplement traits(Supplement before) {
		boolean complete = before.equals(NONE) || (this.abilities != UNKNOWN && this.bootId != UNKNOWN);
		if (complete && this.accusers.isEmpty() && this.refused.isEmpty()) {
			return this;
		}
		Supplement traits = ofSelf((this.abilities != UNKNOWN) ? this.abilities : before.abilities,
				(this.bootId != UNKNOWN) ? this.bootId : before.bootId)
			.withKeys(!this.keys.isEmpty() ? this.keys : before.keys);
		return traits.equals(before) ? before : traits;
	}

	/**
	 * Tells whether there is nothing to write.
	 * @return whether this says no more than the reference
	 */
	public boolean isEmpty() {
		return equals(NONE);
	}

}
