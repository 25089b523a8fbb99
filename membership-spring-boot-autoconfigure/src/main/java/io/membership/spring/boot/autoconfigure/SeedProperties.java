package io.membership.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.membership.Seed;

/**
 * Reads properties that list seeds.
 */
final class SeedProperties {

	private SeedProperties() {
	}

	static List<Seed> parse(String property, List<String> values) {
		List<Seed> seeds = new ArrayList<>(values.size());
		for (int i = 0; i < values.size(); i++) {
			seeds.add(parse(property + "[" + i + "]", values.get(i).trim()));
		}
		return List.copyOf(seeds);
	}

	private static Seed parse(String property, String value) {
		try {
			return Seed.parse(value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidMembershipPropertyException(property, value,
					"It is not of the form host:port, dns:///name or dns+srv:///name",
					"Write a member as host:port with a port from 1 to 65535, IPv6 addresses in brackets, for example"
							+ " [::1]:3301; a name with the addresses of members as dns:///mesh.example.com or"
							+ " dns:///mesh.example.com:3301; and a service in DNS without a port, as"
							+ " dns+srv:///_membership._udp.example.com. There are always three slashes.",
					ex);
		}
	}

}
