package io.membership.swim;

import java.util.List;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * What a rumor says beyond the reference, in the sixth element of an event, which the
 * reference ignores and does not pass on. All of it is about the rumor's subject.
 * <p>
 * Immutable and thread-safe. It is no record because there is one for each member, and so
 * it takes 32 bytes instead of 40.
 */
public final class Supplement {

	/** Stands for abilities, or a boot id, that the rumor does not tell. */
	public static final int UNKNOWN = -1;

	/** Largest number that tells processes apart. */
	public static final long MAX_BOOT_ID = 0xffff_ffffL;

	/** Nothing beyond the reference. */
	public static final Supplement NONE = new Supplement(UNKNOWN, UNKNOWN, List.of(), List.of(), List.of());

	private final int abilities;

	/** Without a sign, 0 if it is unknown. */
	private final int bootId;

	private final List<MemberUri> accusers;

	private final List<MemberUri> refused;

	private final List<Integer> keys;

	/**
	 * Creates a supplement.
	 * @param abilities what the subject understands beyond the reference, one bit for
	 * each ability, or {@link #UNKNOWN}
	 * @param bootId a random number that tells one process of the subject from another, 1
	 * to 2<sup>32</sup>−1; anything else is {@link #UNKNOWN}
	 * @param accusers the members that probed the subject in vain
	 * @param refused those accusers that found that nothing listens at its address
	 * @param keys the fingerprints of the keys with which the subject decrypts, the one
	 * with which it encrypts first; empty if it tells none
	 */
	public Supplement(int abilities, long bootId, List<MemberUri> accusers, List<MemberUri> refused,
			List<Integer> keys) {
		this.abilities = abilities;
		this.bootId = (bootId > 0 && bootId <= MAX_BOOT_ID) ? (int) bootId : 0;
		this.accusers = accusers;
		this.refused = refused;
		this.keys = keys;
	}

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
				: new Supplement(this.abilities, bootId(), this.accusers, this.refused, fingerprints);
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
	 * Returns what the subject understands beyond the reference.
	 * @return one bit for each ability, or {@link #UNKNOWN}
	 */
	public int abilities() {
		return this.abilities;
	}

	/**
	 * Returns the number that tells one process of the subject from another.
	 * @return 1 to 2<sup>32</sup>−1, or {@link #UNKNOWN}
	 */
	public long bootId() {
		return (this.bootId != 0) ? Integer.toUnsignedLong(this.bootId) : UNKNOWN;
	}

	/**
	 * Returns the members that probed the subject in vain.
	 * @return their URIs
	 */
	public List<MemberUri> accusers() {
		return this.accusers;
	}

	/**
	 * Returns those accusers that found that nothing listens at the subject's address.
	 * @return their URIs
	 */
	public List<MemberUri> refused() {
		return this.refused;
	}

	/**
	 * Returns the fingerprints of the keys with which the subject decrypts.
	 * @return the one with which it encrypts first; empty if it tells none
	 */
	public List<Integer> keys() {
		return this.keys;
	}

	/**
	 * Returns what is known of the subject itself when this is believed.
	 * @param before what was known of it
	 */
	Supplement traits(Supplement before) {
		boolean complete = before.equals(NONE) || (this.abilities != UNKNOWN && this.bootId != 0);
		if (complete && this.accusers.isEmpty() && this.refused.isEmpty()) {
			return this;
		}
		Supplement traits = ofSelf((this.abilities != UNKNOWN) ? this.abilities : before.abilities,
				(this.bootId != 0) ? bootId() : before.bootId())
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

	@Override
	public boolean equals(@Nullable Object other) {
		if (this == other) {
			return true;
		}
		return other instanceof Supplement that && this.abilities == that.abilities && this.bootId == that.bootId
				&& this.accusers.equals(that.accusers) && this.refused.equals(that.refused)
				&& this.keys.equals(that.keys);
	}

	@Override
	public int hashCode() {
		int numbers = 31 * this.abilities + this.bootId;
		return 31 * (31 * (31 * numbers + this.accusers.hashCode()) + this.refused.hashCode()) + this.keys.hashCode();
	}

	@Override
	public String toString() {
		return "Supplement[abilities=" + this.abilities + ", bootId=" + bootId() + ", accusers=" + this.accusers
				+ ", refused=" + this.refused + ", keys=" + this.keys + "]";
	}

}
