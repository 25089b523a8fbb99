package io.membership.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.membership.MemberUri;
import io.membership.swim.Rumor;

/**
 * Knows what all members share: small numbers for URIs, and one object for each thing
 * that many know of a member. URIs that belong to nobody, born of corruption, get numbers
 * above those of the members.
 */
final class Census {

	/** A letter, a number of up to seven digits, a colon and a port of four. */
	static final int SHORTEST_URI = 13;

	/** A DNS label of 63 characters (RFC 1035 §2.3.4), a colon and a port of four. */
	static final int LONGEST_URI = 68;

	private static final int PORT = 3301;

	private final int size;

	private final Map<MemberUri, Integer> numbers = new HashMap<>();

	private final List<MemberUri> uris = new ArrayList<>();

	private final Map<Rumor, Rumor> known = new HashMap<>();

	/**
	 * Creates a census.
	 * @param size how many members there are
	 * @param uriLength how long their URIs are, 0 for those of addresses
	 */
	Census(int size, int uriLength) {
		this.size = size;
		number(MemberUri.of("nobody", 1));
		for (int member = 1; member <= size; member++) {
			number(MemberUri.of((uriLength == 0) ? address(member) : name(member, uriLength), PORT));
		}
	}

	private static String address(int member) {
		return "10." + (member >> 16) + "." + (member >> 8 & 255) + "." + (member & 255);
	}

	private static String name(int member, int uriLength) {
		int digits = uriLength - "n:3301".length();
		return "n" + "0".repeat(digits - String.valueOf(member).length()) + member;
	}

	/** Returns the number of a member or of a phantom, a new one if necessary. */
	int number(MemberUri uri) {
		Integer known = this.numbers.get(uri);
		if (known != null) {
			return known;
		}
		this.numbers.put(uri, this.uris.size());
		this.uris.add(uri);
		return this.uris.size() - 1;
	}

	/** Returns the number of a member, 0 if the URI is nobody's. */
	int member(MemberUri uri) {
		Integer known = this.numbers.get(uri);
		return (known != null && known <= this.size) ? known : 0;
	}

	MemberUri uri(int number) {
		return this.uris.get(number);
	}

	/** Returns the one rumor of all equal ones that views and tables keep. */
	Rumor intern(Rumor rumor) {
		Rumor first = this.known.putIfAbsent(rumor, rumor);
		return (first != null) ? first : rumor;
	}

}
