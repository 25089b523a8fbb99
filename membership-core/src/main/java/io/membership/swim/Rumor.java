package io.membership.swim;

import java.util.Map;
import java.util.Objects;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * One statement about one member: an event of a PING, ACK or LEAVE, an entry of a SYNC
 * message, or what a node knows, which is the newest statement that it believed, with the
 * newest payload.
 *
 * @param uri the member
 * @param status its status
 * @param incarnation its incarnation
 * @param payload its payload, or {@code null} if the statement carries none
 * @param timeToLive how many more times whoever receives this shall pass it on. A number
 * of Lua: a fresh reference node sends −∞, so it is a double; it has no meaning in a SYNC
 * entry, and is 0 in what a node knows
 * @param supplement what the statement says beyond the reference; in what a node knows,
 * what the member last said about itself, but for its boot id, because members share it
 * @param separateBootId the {@linkplain #bootId() boot id} in what a node knows, without
 * a sign, or 0 if there is none beside the supplement
 */
public record Rumor(MemberUri uri, MemberStatus status, long incarnation, @Nullable Payload payload, double timeToLive,
		Supplement supplement, int separateBootId) {

	/** Largest incarnation: beyond it the reference's numbers are no longer exact. */
	public static final long MAX_INCARNATION = (1L << 53) - 1;

	/**
	 * Creates a statement.
	 * @param uri the member
	 * @param status its status
	 * @param incarnation its incarnation
	 * @param payload its payload, or {@code null}
	 * @param timeToLive how many more times it shall be passed on
	 * @param supplement all that it says beyond the reference
	 */
	public Rumor(MemberUri uri, MemberStatus status, long incarnation, @Nullable Payload payload, double timeToLive,
			Supplement supplement) {
		this(uri, status, incarnation, payload, timeToLive, supplement, 0);
	}

	/**
	 * Creates a statement that says no more than the reference.
	 * @param uri the member
	 * @param status its status
	 * @param incarnation its incarnation
	 * @param payload its payload, or {@code null}
	 * @param timeToLive how many more times it shall be passed on
	 */
	public Rumor(MemberUri uri, MemberStatus status, long incarnation, @Nullable Payload payload, double timeToLive) {
		this(uri, status, incarnation, payload, timeToLive, Supplement.NONE);
	}

	/**
	 * Tells which of two statements about one member is the newer (SWIM §4.2): the one
	 * with the higher incarnation, or with the same and the status of higher precedence.
	 * @param status the status of the first statement
	 * @param incarnation the incarnation of the first statement
	 * @param knownStatus the status of the second
	 * @param knownIncarnation the incarnation of the second
	 * @return whether the first supersedes the second
	 */
	static boolean supersedes(MemberStatus status, long incarnation, MemberStatus knownStatus, long knownIncarnation) {
		return incarnation > knownIncarnation || (incarnation == knownIncarnation && status.compareTo(knownStatus) > 0);
	}

	/**
	 * Tells whether this statement is newer than another about the same member.
	 * @param other the other statement, or {@code null} if there is none
	 */
	boolean isNewsTo(@Nullable Rumor other) {
		return other == null || supersedes(this.status, this.incarnation, other.status, other.incarnation);
	}

	boolean isAlive() {
		return this.status == MemberStatus.ALIVE;
	}

	/**
	 * Returns the payload's content.
	 * @return an immutable map, empty if there is no payload
	 */
	public Map<String, @Nullable Object> content() {
		return (this.payload != null) ? this.payload.toMap() : Map.of();
	}

	/**
	 * Returns the number that tells one process of the member from another.
	 * @return 1 to 2<sup>32</sup>−1, or {@link Supplement#UNKNOWN}
	 */
	public long bootId() {
		return (this.separateBootId != 0) ? Integer.toUnsignedLong(this.separateBootId) : this.supplement.bootId();
	}

	/**
	 * Tells whether this says a supplement and nothing else beyond the reference.
	 * @param other a supplement
	 * @return whether it is what this says
	 */
	public boolean says(Supplement other) {
		return this.supplement.isLike(other) && bootId() == other.bootId();
	}

	/**
	 * Returns what is known of the member when this rumor is believed.
	 * @param before what was known, or {@code null}
	 * @param shared the supplements that members share
	 */
	@SuppressWarnings("ReferenceEquality") // An equal supplement is not a shared one
	Rumor asKnownAfter(@Nullable Rumor before, SharedSupplements shared) {
		Payload newest = (this.payload != null || before == null) ? this.payload : before.payload;
		Supplement traits = shared
			.share(this.supplement.traits((before != null) ? before.supplement : Supplement.NONE));
		long bootId = (bootId() != Supplement.UNKNOWN || before == null) ? bootId() : before.bootId();
		int separate = (bootId != Supplement.UNKNOWN) ? (int) bootId : 0;
		return (newest == this.payload && this.timeToLive == 0 && traits == this.supplement
				&& separate == this.separateBootId) ? this
						: new Rumor(this.uri, this.status, this.incarnation, newest, 0, traits, separate);
	}

	Rumor withoutPayload() {
		return new Rumor(this.uri, this.status, this.incarnation, null, this.timeToLive, this.supplement,
				this.separateBootId);
	}

	Rumor withTimeToLive(double timeToLive) {
		return new Rumor(this.uri, this.status, this.incarnation, this.payload, timeToLive, this.supplement,
				this.separateBootId);
	}

	Rumor with(Supplement supplement) {
		return says(supplement) ? this
				: new Rumor(this.uri, this.status, this.incarnation, this.payload, this.timeToLive, supplement);
	}

	/** Wherever the boot id is, it is the same statement. */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Rumor that && this.uri.equals(that.uri) && this.status == that.status
				&& this.incarnation == that.incarnation && Objects.equals(this.payload, that.payload)
				&& Double.compare(this.timeToLive, that.timeToLive) == 0 && this.supplement.isLike(that.supplement)
				&& bootId() == that.bootId();
	}

	@Override
	public int hashCode() {
		int version = 31 * this.status.hashCode() + Long.hashCode(this.incarnation);
		int others = 31 * Objects.hashCode(this.payload) + Double.hashCode(this.timeToLive);
		return 31 * (31 * (31 * this.uri.hashCode() + version) + others) + Long.hashCode(bootId());
	}

}
