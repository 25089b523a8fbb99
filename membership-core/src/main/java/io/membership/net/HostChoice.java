package io.membership.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.membership.CidrBlock;
import io.membership.NoAdvertisableAddressException;

/**
 * Which of a machine's addresses is advertised. Immutable and thread-safe.
 */
public final class HostChoice {

	private final String wish;

	private final Predicate<LocalAddress> isWished;

	private HostChoice(String wish, Predicate<LocalAddress> isWished) {
		this.wish = wish;
		this.isWished = isWished;
	}

	/**
	 * Chooses the first address of an interface, IPv4 before IPv6.
	 * @param name the name of the interface
	 * @return the choice
	 */
	public static HostChoice ofInterface(String name) {
		return new HostChoice("of the interface '" + name + "'", (local) -> local.networkInterface().equals(name));
	}

	/**
	 * Chooses the first address in a network.
	 * @param network the network
	 * @return the choice
	 */
	public static HostChoice inNetwork(CidrBlock network) {
		return new HostChoice("in the network " + network, (local) -> network.contains(local.address()));
	}

	/**
	 * Returns the address that is chosen. It may change as those of the machine do.
	 * @param platform the machine
	 * @return the address as the host of a URI, or nothing if the machine has none like
	 * it that others could use
	 */
	Optional<String> find(Platform platform) {
		return platform.ownAddresses()
			.stream()
			.filter(this.isWished)
			.map(LocalAddress::address)
			.filter((address) -> !address.isLinkLocalAddress() && !address.isMulticastAddress()
					&& !address.isAnyLocalAddress())
			.min(Comparator.comparing((InetAddress address) -> !(address instanceof Inet4Address)))
			.map((address) -> LocalNetworks.withoutScope(address).getHostAddress());
	}

	/**
	 * Returns the address that is chosen, see {@link #find}.
	 * @param platform the machine
	 * @return the address as the host of a URI
	 * @throws NoAdvertisableAddressException if there is none
	 */
	String get(Platform platform) {
		return find(platform).orElseThrow(() -> {
			List<LocalAddress> others = platform.ownAddresses();
			return new NoAdvertisableAddressException("This host has no address " + this.wish
					+ " that others could use, but " + (others.isEmpty() ? "none at all"
							: others.stream().map(LocalAddress::toString).collect(Collectors.joining(", "))));
		});
	}

}
