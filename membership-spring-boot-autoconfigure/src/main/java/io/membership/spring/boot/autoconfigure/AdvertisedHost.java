package io.membership.spring.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.membership.CidrBlock;
import io.membership.MemberUri;
import io.membership.MembershipBuilder;
import io.membership.MembershipException;
import io.membership.NoAdvertisableAddressException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The host by which others reach this node, in one of the ways in which properties can
 * say it.
 */
final class AdvertisedHost {

	static final String HOST = "membership.advertise.host";

	static final String INTERFACE = "membership.advertise.interface";

	static final String NETWORK = "membership.advertise.network";

	private static final String ADDRESS = "membership.address";

	/** The property that says it, or {@code null} if none does. */
	private final @Nullable String property;

	private final String value;

	private final @Nullable String boundAddress;

	private AdvertisedHost(@Nullable String property, String value, @Nullable String boundAddress) {
		this.property = property;
		this.value = value;
		this.boundAddress = boundAddress;
	}

	/**
	 * Reads the properties. A placeholder with an empty default says that there is no
	 * value.
	 * @throws InvalidMembershipPropertyException if they contradict each other
	 */
	static AdvertisedHost of(MembershipProperties properties) {
		Map<String, @Nullable String> wishes = new LinkedHashMap<>();
		wishes.put(HOST, properties.getAdvertise().getHost());
		wishes.put(INTERFACE, properties.getAdvertise().getInterface());
		wishes.put(NETWORK, properties.getAdvertise().getNetwork());
		wishes.values().removeIf((value) -> !StringUtils.hasText(value));
		List<String> set = List.copyOf(wishes.keySet());
		if (set.size() > 1) {
			throw new InvalidMembershipPropertyException(set.get(1), wishes.get(set.get(1)),
					"'" + set.get(0) + "' is set as well, and a node has only one address for others",
					"Keep one of " + set.stream().map((name) -> "'" + name + "'").collect(Collectors.joining(", "))
							+ ", and remove the others.");
		}
		String property = set.isEmpty() ? null : set.get(0);
		String value = (property != null) ? String.valueOf(wishes.get(property)).trim() : "";
		return new AdvertisedHost(property, value, properties.getAddress());
	}

	/** Tells the node how to find it. */
	void configure(MembershipBuilder builder) {
		if (HOST.equals(this.property)) {
			check(() -> MemberUri.of(this.value, 0),
					"Use a host name or an IP address, without a port; the port is 'membership.advertise.port'.");
			builder.advertisedHost(this.value);
		}
		else if (INTERFACE.equals(this.property)) {
			builder.advertisedInterface(this.value);
		}
		else if (NETWORK.equals(this.property)) {
			check(() -> builder.advertisedNetwork(CidrBlock.parse(this.value)),
					"Write the network as an IP address and the length of its prefix, for example 10.0.0.0/8 or"
							+ " fd00::/8.");
		}
	}

	private void check(Runnable step, String remedy) {
		try {
			step.run();
		}
		catch (IllegalArgumentException ex) {
			throw invalid(ex, remedy);
		}
	}

	/** Returns what to say where there is no such address. */
	RuntimeException missing(NoAdvertisableAddressException failure) {
		if (this.property == null) {
			return failure;
		}
		return invalid(failure, "Set '" + this.property + "' to one that this host has an address of, or '" + HOST
				+ "' to a name or an address by which others reach this node.");
	}

	/** Returns what to say where others cannot use the address. */
	RuntimeException unroutable(MembershipException failure) {
		String remedy = "Set '" + HOST + "' to a name or an address by which others reach this host, or '" + INTERFACE
				+ "' or '" + NETWORK + "' to choose one of its addresses; in a mesh within this host, use seeds such"
				+ " as 127.0.0.1:3301.";
		if (this.property != null) {
			return invalid(failure, remedy);
		}
		return new InvalidMembershipPropertyException(ADDRESS, this.boundAddress, String.valueOf(failure.getMessage()),
				"Remove '" + ADDRESS + "' to bind all addresses, or set it to one that others reach. Or else: "
						+ remedy,
				failure);
	}

	private InvalidMembershipPropertyException invalid(Exception failure, String remedy) {
		return new InvalidMembershipPropertyException(String.valueOf(this.property), this.value,
				String.valueOf(failure.getMessage()), remedy, failure);
	}

}
