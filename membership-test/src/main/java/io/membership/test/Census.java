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

	private final int size;

	private final Map<MemberUri, Integer> numbers = new HashMap<>();

	private final List<MemberUri> uris = new ArrayList<>();

	private final Map<Rumor, Rumor> known = new HashMap<>();

	Census(int size) {
		this.size = size;
		number(MemberUri.of("nobody", 1));
		for (int member = 1; member <= size; member++) {
			number(MemberUri.of("10." + (member >> 16) + "." + (member >> 8 & 255) + "." + (member & 255), 3301));
		}
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
