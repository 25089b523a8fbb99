package io.membership.swim;

import java.util.List;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * What a rumor says beyond the reference, in the sixth element of an event, which the
 * reference ignores and does not pass on. All of it is about the rumor's subject.
 * <p>
 * Immutable and thread-safe. It is no record because there is one in each datagram, and
 * so it takes 32 bytes instead of 40.
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
	 * Returns the number that tells one process of the subject from another, or
	 * {@link #UNKNOWN}. A rumor knows it even where this does not, see
	 * {@link Rumor#bootId()}.
	 */
	long bootId() {
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
	 * Returns what is known of the subject itself when this is believed. Its boot id is
	 * kept elsewhere, see {@link Rumor#bootId()}.
	 * @param before what was known of it
	 */
	Supplement traits(Supplement before) {
		boolean complete = before.equals(NONE) || (this.abilities != UNKNOWN && this.bootId != 0);
		if (complete && this.accusers.isEmpty() && this.refused.isEmpty()) {
			return this;
		}
		return ofSelf((this.abilities != UNKNOWN) ? this.abilities : before.abilities, UNKNOWN)
			.withKeys(!this.keys.isEmpty() ? this.keys : before.keys);
	}

	/** Returns the same without a boot id. */
	Supplement withoutBootId() {
		return (this.bootId == 0) ? this
				: new Supplement(this.abilities, UNKNOWN, this.accusers, this.refused, this.keys);
	}

	/** Tells whether this says the same as another, whatever the boot ids are. */
	@SuppressWarnings("ReferenceEquality") // Where it is the same object, no list is read
	boolean isLike(Supplement other) {
		return this == other || (this.abilities == other.abilities && this.accusers.equals(other.accusers)
				&& this.refused.equals(other.refused) && this.keys.equals(other.keys));
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Supplement that && this.bootId == that.bootId && isLike(that);
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
