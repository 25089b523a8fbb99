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

	private final int size;

	private final Map<MemberUri, Integer> numbers = new HashMap<>();

	private final List<MemberUri> uris = new ArrayList<>();

	private final Map<Map<String, Object>, Integer> payloadNumbers = new HashMap<>();

	private final List<Map<String, Object>> payloads = new ArrayList<>();

	Census(int size) {
		this.size = size;
		number(MemberUri.of("nobody", 1));
		for (int member = 1; member <= size; member++) {
			number(MemberUri.of("10." + (member >> 16) + "." + (member >> 8 & 255) + "." + (member & 255), 3301));
		}
		payload(Map.of());
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
