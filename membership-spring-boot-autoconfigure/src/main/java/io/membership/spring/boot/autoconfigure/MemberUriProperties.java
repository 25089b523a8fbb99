package io.membership.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.membership.MemberUri;

/**
 * Reads properties that list members.
 */
final class MemberUriProperties {

	private MemberUriProperties() {
	}

	static List<MemberUri> parse(String property, List<String> values) {
		List<MemberUri> uris = new ArrayList<>(values.size());
		for (int i = 0; i < values.size(); i++) {
			String value = values.get(i).trim();
			MemberUri uri = MemberUri.tryParse(value);
			if (uri == null) {
				throw new InvalidMembershipPropertyException(property + "[" + i + "]", value,
						"It is not of the form host:port",
						"Write each member as host:port with a port from 1 to 65535, IPv6 addresses in brackets,"
								+ " for example [::1]:3301.");
			}
			uris.add(uri);
		}
		return List.copyOf(uris);
	}

}
