package io.membership.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The networks that this host is attached to. */
public final class LocalNetworks {

	private static final Logger logger = LoggerFactory.getLogger(LocalNetworks.class);

	private LocalNetworks() {
	}

	/**
	 * Returns where to broadcast to.
	 * @return for every IPv4 address of an interface that is up the broadcast address of
	 * its network, or the address itself where the network has none
	 */
	public static List<InetAddress> broadcastAddresses() {
		List<InetAddress> addresses = new ArrayList<>();
		for (NetworkInterface networkInterface : interfaces()) {
			for (InterfaceAddress address : networkInterface.getInterfaceAddresses()) {
				if (address.getAddress() instanceof Inet4Address) {
					addresses.add((address.getBroadcast() != null) ? address.getBroadcast() : address.getAddress());
				}
			}
		}
		return addresses;
	}

	/**
	 * Returns an address by which other hosts can reach this one: of the first interface
	 * that has one, IPv4 before IPv6, and without the name of the interface.
	 * @return the address, or nothing if there is only loopback
	 */
	public static Optional<InetAddress> ownAddress() {
		return ownAddresses().stream()
			.map(LocalAddress::address)
			.filter((address) -> !address.isLoopbackAddress() && !address.isLinkLocalAddress()
					&& !address.isMulticastAddress() && !address.isAnyLocalAddress())
			.min(Comparator.comparing((InetAddress address) -> !(address instanceof Inet4Address)))
			.map(LocalNetworks::withoutScope);
	}

	/**
	 * Returns the addresses of all interfaces that are up, those of the first one first.
	 * @return the addresses
	 */
	static List<LocalAddress> ownAddresses() {
		return interfaces().stream()
			.sorted(Comparator.comparingInt(NetworkInterface::getIndex))
			.flatMap((networkInterface) -> networkInterface.inetAddresses()
				.map((address) -> new LocalAddress(networkInterface.getName(), address)))
			.toList();
	}

	/**
	 * Tells whether other hosts can reach an address at all: link-local addresses of IPv6
	 * only mean something together with an interface.
	 */
	static boolean isRoutable(InetAddress address) {
		boolean isOnSomeLink = address instanceof Inet6Address ipv6 && ipv6.isLinkLocalAddress()
				&& ipv6.getScopeId() == 0 && ipv6.getScopedInterface() == null;
		return !address.isLoopbackAddress() && !address.isAnyLocalAddress() && !isOnSomeLink;
	}

	/**
	 * Returns an address as others may write it. Java notes at every IPv6 address of an
	 * interface which one it is, but that name means something only on this host.
	 */
	static InetAddress withoutScope(InetAddress address) {
		try {
			return InetAddress.getByAddress(address.getAddress());
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("An address has the length of an address", ex);
		}
	}

	private static List<NetworkInterface> interfaces() {
		try {
			List<NetworkInterface> up = new ArrayList<>();
			for (NetworkInterface networkInterface : NetworkInterface.networkInterfaces().toList()) {
				if (networkInterface.isUp()) {
					up.add(networkInterface);
				}
			}
			return up;
		}
		catch (SocketException ex) {
			logger.warn("The network interfaces cannot be listed: {}", ex.getMessage());
			return List.of();
		}
	}

}
