package io.membership.test;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.membership.MemberUri;
import io.membership.net.HostLiteral;

/**
 * The names that are known to a {@link VirtualNetwork}: any name is that of a host, and
 * may be given to others. Guarded by the lock of the network.
 */
final class VirtualNames {

	/** Loopback, because nothing leaves this process. */
	private static final int FIRST_ADDRESS = 127 << 24 | 18 << 16 | 1;

	private final Map<String, InetAddress> hosts = new HashMap<>();

	private final Map<String, List<InetAddress>> given = new HashMap<>();

	private final Map<String, List<MemberUri>> services = new HashMap<>();

	/** Returns the address of the host with a name, which has one from now on. */
	InetAddress host(String name) {
		return this.hosts.computeIfAbsent(name, this::allocate);
	}

	private InetAddress allocate(String name) {
		try {
			if (HostLiteral.is(name)) {
				return InetAddress.getByName(name);
			}
			int address = FIRST_ADDRESS + this.hosts.size();
			byte[] bytes = { (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address };
			return InetAddress.getByAddress(name, bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("Not an address: " + name, ex);
		}
	}

	/** Lets a name lead to other addresses than that of its host. */
	void give(String name, List<InetAddress> addresses) {
		this.given.put(name, addresses);
	}

	/** Lets a service be somewhere. */
	void serve(String service, List<MemberUri> where) {
		this.services.put(service, where);
	}

	/** Returns the addresses of a name, none if it does not resolve. */
	InetAddress[] lookUp(String name) {
		List<InetAddress> addresses = this.given.get(name);
		return (addresses != null) ? addresses.toArray(InetAddress[]::new) : new InetAddress[] { host(name) };
	}

	List<MemberUri> lookUpService(String service) {
		return this.services.getOrDefault(service, List.of());
	}

}
