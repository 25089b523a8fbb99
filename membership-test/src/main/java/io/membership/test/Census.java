package io.membership.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.membership.MemberUri;

/**
 * Gives small numbers to what many views hold many times: the URIs of members, and their
 * payloads. URIs that belong to nobody, born of corruption, get numbers above those of
 * the members.
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

	private final Map<Map<String, Object>, Integer> payloadNumbers = new HashMap<>();

	private final List<Map<String, Object>> payloads = new ArrayList<>();

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
		payload(Map.of());
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

	/** Returns the number of a payload, 0 for an empty one. */
	int payload(Map<String, Object> payload) {
		if (payload.isEmpty() && !this.payloads.isEmpty()) {
			return 0;
		}
		Integer known = this.payloadNumbers.get(payload);
		if (known != null) {
			return known;
		}
		this.payloadNumbers.put(payload, this.payloads.size());
		this.payloads.add(payload);
		return this.payloads.size() - 1;
	}

	Map<String, Object> payload(int number) {
		return this.payloads.get(number);
	}

}
