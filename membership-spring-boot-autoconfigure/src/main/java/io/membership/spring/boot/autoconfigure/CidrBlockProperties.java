package io.membership.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.membership.CidrBlock;

/**
 * Reads properties that list networks.
 */
final class CidrBlockProperties {

	private CidrBlockProperties() {
	}

	static List<CidrBlock> parse(String property, List<String> values) {
		List<CidrBlock> networks = new ArrayList<>(values.size());
		for (int i = 0; i < values.size(); i++) {
			networks.add(parse(property + "[" + i + "]", values.get(i).trim()));
		}
		return List.copyOf(networks);
	}

	private static CidrBlock parse(String property, String value) {
		try {
			return CidrBlock.parse(value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidMembershipPropertyException(property, value, String.valueOf(ex.getMessage()),
					"Write each network as an IP address and the length of its prefix, for example 10.0.0.0/8 or"
							+ " fd00::/8, or as one IP address; or remove 'membership.allowed-networks' to allow all.",
					ex);
		}
	}

}
