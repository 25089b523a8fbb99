package io.membership.swim;

import java.util.List;
import java.util.stream.IntStream;

import io.membership.MemberStatus;
import io.membership.MemberUri;

/**
 * Members of a large mesh, and what one tells another of them.
 */
final class Crowd {

	/** Roughly as many as fit a datagram of 1,472 bytes. */
	static final int RUMORS = 40;

	private Crowd() {
	}

	/** Returns a URI of 14 to 16 characters, as addresses of members often have. */
	static MemberUri uri(int member) {
		return MemberUri.of("10." + (member >> 16) + "." + (member >> 8 & 0xff) + "." + (member & 0xff), 3301);
	}

	static Rumor rumor(int member, long incarnation) {
		return new Rumor(uri(member), MemberStatus.ALIVE, incarnation, null, 1);
	}

	/** Returns members 1 to a number of them. */
	static List<Rumor> of(int members) {
		return IntStream.rangeClosed(1, members).mapToObj((member) -> rumor(member, 1)).toList();
	}

	/** Returns some members of a crowd, as far from each other as they can be. */
	static List<Rumor> some(int members, int count, long incarnation) {
		int some = Math.min(count, members);
		return IntStream.range(0, some)
			.mapToObj((i) -> rumor(1 + (int) ((long) i * members / some), incarnation))
			.toList();
	}

}
