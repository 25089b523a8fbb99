package io.membership.swim;

import io.membership.MemberStatus;
import io.membership.MemberUri;

/**
 * A view in one number, so that two members know in a few bytes whether they agree: the
 * sum of a hash of each member, which a change of one member changes at little cost. Only
 * those who are alive or suspect count, because members forget the others at different
 * times.
 */
final class ViewDigest {

	private long sum;

	/** Adds a member. */
	void add(Rumor known) {
		this.sum += contribution(known);
	}

	/** Takes out a member that was added in exactly this state. */
	void remove(Rumor known) {
		this.sum -= contribution(known);
	}

	long value() {
		return this.sum;
	}

	/** Returns what a member adds to the digest of a view, or of a part of one. */
	static long contribution(Rumor known) {
		return counts(known.status()) ? hash(hash(known.uri()), known) : 0;
	}

	/**
	 * The same for one whose place is known.
	 * @param place the hash of its URI
	 */
	static long contribution(long place, Rumor known) {
		return counts(known.status()) ? hash(place, known) : 0;
	}

	private static boolean counts(MemberStatus status) {
		return status == MemberStatus.ALIVE || status == MemberStatus.SUSPECT;
	}

	private static long hash(long place, Rumor known) {
		long hash = Hash64.fold(place, known.status().code());
		return Hash64.fold(Hash64.fold(hash, known.incarnation()), Payload.hashOf(known.payload()));
	}

	/** Returns a member's place in the range of all hashes, which does not change. */
	static long hash(MemberUri uri) {
		byte[] ascii = new byte[uri.length()];
		uri.writeTo(ascii, 0);
		return Hash64.of(ascii);
	}

}
