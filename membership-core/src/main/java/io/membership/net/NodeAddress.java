package io.membership.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

import io.membership.MemberUri;
import io.membership.MembershipException;
import io.membership.NoAdvertisableAddressException;
import io.membership.SocketBindException;
import org.jspecify.annotations.Nullable;

/**
 * Where a node listens and by which URI others reach it; the two differ on hosts with
 * several addresses and behind port mappings. A port that was free once is kept for the
 * next run. Not thread-safe.
 */
public final class NodeAddress {

	private static final int PORTS_TO_TRY = 100;

	private final Platform platform;

	private final @Nullable String bindHost;

	private final boolean portAutoIncrement;

	private final boolean anyPort;

	private int port;

	private @Nullable String advertisedHost;

	private @Nullable HostChoice advertisedChoice;

	private int advertisedPort;

	/**
	 * Creates an address.
	 * @param platform the machine
	 * @param bindHost the local address to listen on, or {@code null} for all
	 * @param port the port to listen on, 0 for any free one
	 * @param portAutoIncrement whether the next free port will do
	 * @param advertisedHost the host of the URI, or {@code null} for this host's own
	 * address
	 * @param advertisedPort the port of the URI, or 0 for the port it listens on
	 * @throws IllegalArgumentException if the advertised host is malformed
	 */
	public NodeAddress(Platform platform, @Nullable String bindHost, int port, boolean portAutoIncrement,
			@Nullable String advertisedHost, int advertisedPort) {
		this.platform = platform;
		this.bindHost = bindHost;
		this.port = port;
		this.anyPort = port == 0;
		this.portAutoIncrement = portAutoIncrement;
		this.advertisedHost = (advertisedHost != null) ? MemberUri.of(advertisedHost, 0).host() : null;
		this.advertisedPort = advertisedPort;
	}

	/**
	 * Sets which of the machine's addresses is the host of the URI, if none was given.
	 * @param choice the choice, or {@code null} for the bound address or else any
	 * @return this address
	 */
	public NodeAddress advertise(@Nullable HostChoice choice) {
		this.advertisedChoice = choice;
		return this;
	}

	/**
	 * Returns the URI as far as it is known without a socket.
	 * @return the URI, with port 0 if any free port will do
	 */
	public MemberUri expectedUri() {
		if (this.advertisedHost != null) {
			return uri(this.advertisedHost);
		}
		if (this.advertisedChoice != null) {
			return uri(this.advertisedChoice.find(this.platform).orElseGet(NodeAddress::loopback));
		}
		InetAddress literal = (this.bindHost != null && HostLiteral.is(this.bindHost)) ? bindAddress() : null;
		if (literal != null && !literal.isAnyLocalAddress()) {
			return uri(literal.getHostAddress());
		}
		return uri(this.platform.ownHost().orElseGet(NodeAddress::loopback));
	}

	private static String loopback() {
		return InetAddress.getLoopbackAddress().getHostAddress();
	}

	/**
	 * Binds a socket and settles the port.
	 * @return the socket
	 * @throws SocketBindException if the port is in use
	 * @throws MembershipException if the local address does not resolve
	 */
	public DatagramPort bind() {
		DatagramPort socket;
		try {
			socket = bind(this.port, this.portAutoIncrement ? PORTS_TO_TRY : 1);
		}
		catch (SocketBindException ex) {
			if (!this.anyPort || this.port == 0) {
				throw ex;
			}
			socket = bind(0, 1);
		}
		this.port = socket.localAddress().getPort();
		return socket;
	}

	private DatagramPort bind(int firstPort, int attempts) {
		try {
			return this.platform.bind(bindAddress(), firstPort, attempts);
		}
		catch (IOException ex) {
			throw new SocketBindException(firstPort, ex);
		}
	}

	private @Nullable InetAddress bindAddress() {
		try {
			return (this.bindHost != null) ? this.platform.names().allByName(this.bindHost)[0] : null;
		}
		catch (UnknownHostException ex) {
			throw new MembershipException("The address to bind, '" + this.bindHost + "', does not resolve", ex);
		}
	}

	/**
	 * Returns the URI that belongs to the bound socket.
	 * @return the URI by which others reach this node
	 * @throws NoAdvertisableAddressException if no host was given and there is only
	 * loopback, or nothing of what was chosen
	 */
	public MemberUri boundUri() {
		if (this.advertisedHost != null) {
			return uri(this.advertisedHost);
		}
		if (this.advertisedChoice != null) {
			return uri(this.advertisedChoice.get(this.platform));
		}
		InetAddress address = bindAddress();
		if (address == null || address.isAnyLocalAddress()) {
			return uri(this.platform.ownHost().orElseThrow(NoAdvertisableAddressException::new));
		}
		return uri(address.getHostAddress());
	}

	private MemberUri uri(String host) {
		return MemberUri.of(host, (this.advertisedPort != 0) ? this.advertisedPort : this.port);
	}

	/**
	 * Changes the host of the URI, and the port to listen on and to advertise.
	 * @param uri the new host and port, where port 0 keeps the one in use
	 * @param bound the socket in use, or {@code null} if there is none
	 * @return the socket to use from now on, which is a new one if the port changes
	 * @throws SocketBindException if the port is in use; nothing is changed then
	 */
	public @Nullable DatagramPort moveTo(MemberUri uri, @Nullable DatagramPort bound) {
		DatagramPort socket = bound;
		if (uri.port() != 0 && uri.port() != this.port) {
			socket = (bound != null) ? bind(uri.port(), 1) : null;
			this.port = uri.port();
		}
		this.advertisedHost = uri.host();
		this.advertisedPort = 0;
		return socket;
	}

}
