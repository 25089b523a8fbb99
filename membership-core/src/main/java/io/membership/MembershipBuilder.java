package io.membership;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.membership.net.HostChoice;
import io.membership.net.NodeAddress;
import io.membership.net.Platform;
import org.jspecify.annotations.Nullable;

/**
 * Describes a node. Everything has a default, so {@code Membership.builder().start()}
 * starts a lonely node on port 3301 of all addresses. Not thread-safe; may be used again.
 */
public final class MembershipBuilder {

	/** The port that the reference's examples use. */
	public static final int DEFAULT_PORT = 3301;

	/** The name of a mesh that has no other. */
	public static final String DEFAULT_CLUSTER_NAME = "default";

	Platform platform = Platform.REAL;

	private @Nullable String bindAddress;

	private int port = DEFAULT_PORT;

	private boolean portAutoIncrement;

	private @Nullable String advertisedHost;

	private @Nullable HostChoice advertisedChoice;

	private int advertisedPort;

	MembershipOptions options = MembershipOptions.DEFAULTS;

	Encryption encryption = Encryption.NONE;

	String clusterName = DEFAULT_CLUSTER_NAME;

	final Map<String, @Nullable Object> payload = new LinkedHashMap<>();

	private final Set<Seed> seeds = new LinkedHashSet<>();

	private final List<Iterable<? extends SeedProvider>> seedProviders = new ArrayList<>();

	final Set<MemberUri> allowedMembers = new LinkedHashSet<>();

	final Set<CidrBlock> allowedNetworks = new LinkedHashSet<>();

	private int broadcastPort;

	MembershipObserver observer = MembershipObserver.NONE;

	@Nullable Path snapshotFile;

	final List<MembershipListener> listeners = new ArrayList<>();

	MembershipBuilder() {
	}

	/**
	 * Sets how others reach this node, and binds the same port of all local addresses.
	 * @param host a name or an address
	 * @param port the UDP port, 0 for any free one
	 * @return this builder
	 */
	public MembershipBuilder advertise(String host, int port) {
		MemberUri.checkPort(port);
		this.advertisedPort = 0;
		this.port = port;
		return advertisedHost(host);
	}

	/**
	 * Sets the host by which others reach this node, instead of this host's own address.
	 * @param host a name or an address
	 * @return this builder
	 */
	public MembershipBuilder advertisedHost(@Nullable String host) {
		this.advertisedHost = host;
		this.advertisedChoice = null;
		return this;
	}

	/**
	 * Lets others reach this node by the address of an interface, IPv4 before IPv6. It is
	 * looked for at each start.
	 * @param name the name of the interface, for example {@code eth0}
	 * @return this builder
	 */
	public MembershipBuilder advertisedInterface(String name) {
		advertisedHost(null).advertisedChoice = HostChoice.ofInterface(name);
		return this;
	}

	/**
	 * Lets others reach this node by the address of this host that is in a network. It is
	 * looked for at each start.
	 * @param network the network
	 * @return this builder
	 */
	public MembershipBuilder advertisedNetwork(CidrBlock network) {
		advertisedHost(null).advertisedChoice = HostChoice.inNetwork(network);
		return this;
	}

	/**
	 * Sets the port by which others reach this node, where it is not the bound one.
	 * @param port the UDP port, 0 for the bound one
	 * @return this builder
	 */
	public MembershipBuilder advertisedPort(int port) {
		this.advertisedPort = MemberUri.checkPort(port);
		return this;
	}

	/**
	 * Sets the local address that the socket binds.
	 * @param address a name or an address, {@code null} for all local addresses
	 * @return this builder
	 */
	public MembershipBuilder bindAddress(@Nullable String address) {
		this.bindAddress = address;
		return this;
	}

	/**
	 * Sets the UDP port that the socket binds.
	 * @param port the UDP port, 0 for any free one
	 * @return this builder
	 */
	public MembershipBuilder port(int port) {
		this.port = MemberUri.checkPort(port);
		return this;
	}

	/**
	 * Sets whether the next free port is taken when the port is in use.
	 * @param portAutoIncrement whether to try up to 100 ports
	 * @return this builder
	 */
	public MembershipBuilder portAutoIncrement(boolean portAutoIncrement) {
		this.portAutoIncrement = portAutoIncrement;
		return this;
	}

	/**
	 * Sets the options of the protocol.
	 * @param options the options
	 * @return this builder
	 */
	public MembershipBuilder options(MembershipOptions options) {
		this.options = options;
		return this;
	}

	/**
	 * Sets the name of the mesh. Members of meshes with different names do not become
	 * members of each other, even if they are seeds of each other by accident, as far as
	 * they can know: where datagrams are authenticated, or a member has extensions.
	 * @param clusterName any text that is not blank
	 * @return this builder
	 * @throws IllegalArgumentException if the name is blank
	 */
	public MembershipBuilder clusterName(String clusterName) {
		if (clusterName.isBlank()) {
			throw new IllegalArgumentException("A cluster must have a name");
		}
		this.clusterName = clusterName;
		return this;
	}

	/**
	 * Sets how datagrams are encrypted.
	 * @param encryption the encryption, {@link Encryption#NONE} unless set
	 * @return this builder
	 */
	public MembershipBuilder encryption(Encryption encryption) {
		this.encryption = encryption;
		return this;
	}

	/**
	 * Sets the key that all members share, and the cipher
	 * {@link MembershipCipher#AES_256_GCM} unless another one was set.
	 * @param key the pass phrase, or {@code null} for no encryption
	 * @return this builder
	 * @throws IllegalArgumentException if the pass phrase is blank
	 */
	public MembershipBuilder encryptionKey(@Nullable String key) {
		return encryptionKey((key != null) ? EncryptionKey.of(key) : (EncryptionKey) null);
	}

	/**
	 * Sets the key that all members share, see {@link #encryptionKey(String)}.
	 * @param key the key, or {@code null} for no encryption
	 * @return this builder
	 */
	public MembershipBuilder encryptionKey(@Nullable EncryptionKey key) {
		return encryption(this.encryption.withKey(key));
	}

	/**
	 * Sets one entry of this node's payload.
	 * @param key the entry's name
	 * @param value see {@link Membership#setPayload(Map)}
	 * @return this builder
	 */
	public MembershipBuilder payload(String key, @Nullable Object value) {
		this.payload.put(key, value);
		return this;
	}

	/**
	 * Sets the members to greet at the start, and again for as long as they are not
	 * alive.
	 * @param seeds any members of the mesh, and names that lead to some; this node itself
	 * may be among them
	 * @return this builder
	 */
	public MembershipBuilder seeds(Collection<? extends Seed> seeds) {
		this.seeds.clear();
		this.seeds.addAll(seeds);
		return this;
	}

	/**
	 * Sets the members to greet, see {@link #seeds(Collection)}.
	 * @param seeds members and names, see {@link Seed#parse}
	 * @return this builder
	 * @throws IllegalArgumentException if one is malformed
	 */
	public MembershipBuilder seeds(String... seeds) {
		return seeds(Stream.of(seeds).map(Seed::parse).toList());
	}

	/**
	 * Sets the members to greet, see {@link #seeds(Collection)}.
	 * @param seeds members and names
	 * @return this builder
	 */
	public MembershipBuilder seeds(Seed... seeds) {
		return seeds(List.of(seeds));
	}

	/**
	 * Adds somebody who tells more seeds, now and for as long as the node runs.
	 * @param provider tells seeds
	 * @return this builder
	 */
	public MembershipBuilder seedProvider(SeedProvider provider) {
		return seedProviders(List.of(provider));
	}

	/**
	 * Adds all those who tell more seeds, see {@link #seedProvider}.
	 * @param providers tell seeds; who they are is found out at each start
	 * @return this builder
	 */
	public MembershipBuilder seedProviders(Iterable<? extends SeedProvider> providers) {
		this.seedProviders.add(providers);
		return this;
	}

	/**
	 * Sets a port to broadcast to at the start, and again for as long as no other member
	 * is alive.
	 * @param port the UDP port, 0 for no broadcast
	 * @return this builder
	 */
	public MembershipBuilder broadcastPort(int port) {
		this.broadcastPort = MemberUri.checkPort(port);
		return this;
	}

	/**
	 * Sets the members to which the view is restricted.
	 * @param uris the allowed URIs; empty: all are allowed
	 * @return this builder
	 */
	public MembershipBuilder allowedMembers(Collection<MemberUri> uris) {
		this.allowedMembers.clear();
		this.allowedMembers.addAll(uris);
		return this;
	}

	/**
	 * Sets the networks from which datagrams are read. All others are dropped before
	 * anything else is done with them, but what this node sends to itself. Each member
	 * needs the networks of all others: whoever it does not hear is dead to it.
	 * @param networks the allowed networks; empty: all are allowed
	 * @return this builder
	 */
	public MembershipBuilder allowedNetworks(Collection<CidrBlock> networks) {
		this.allowedNetworks.clear();
		this.allowedNetworks.addAll(networks);
		return this;
	}

	/**
	 * Sets the networks from which datagrams are read, see
	 * {@link #allowedNetworks(Collection)}.
	 * @param networks for example {@code 10.0.0.0/8} or {@code fd00::/8}
	 * @return this builder
	 * @throws IllegalArgumentException if one is malformed
	 */
	public MembershipBuilder allowedNetworks(String... networks) {
		return allowedNetworks(Stream.of(networks).map(CidrBlock::parse).toList());
	}

	/**
	 * Sets the file in which the node remembers its incarnation and whom it knows. A
	 * process that starts with it is believed at once and greets some of them, so a mesh
	 * survives a full outage without seeds. A faulty file is logged and ignored.
	 * @param snapshotFile a file of this node's own in a directory that exists, or
	 * {@code null} to remember nothing
	 * @return this builder
	 */
	public MembershipBuilder snapshotFile(@Nullable Path snapshotFile) {
		this.snapshotFile = snapshotFile;
		return this;
	}

	/**
	 * Sets the machine that the node runs on, which tests simulate.
	 * @param platform the machine, {@link Platform#REAL} unless set
	 * @return this builder
	 */
	public MembershipBuilder platform(Platform platform) {
		this.platform = platform;
		return this;
	}

	/**
	 * Sets who counts what the node does.
	 * @param observer the observer
	 * @return this builder
	 */
	public MembershipBuilder observer(MembershipObserver observer) {
		this.observer = observer;
		return this;
	}

	/**
	 * Adds a listener that receives every event from the first start on.
	 * @param listener the listener
	 * @return this builder
	 */
	public MembershipBuilder listener(MembershipListener listener) {
		this.listeners.add(listener);
		return this;
	}

	/**
	 * Creates the node and does not start it.
	 * @return a node that is not running
	 * @throws InvalidPayloadException if the payload holds a value of an unknown type or
	 * does not fit one datagram
	 * @throws IllegalArgumentException if a host is malformed
	 */
	public Membership build() {
		return new MembershipFacade(this);
	}

	/**
	 * Creates the node and starts it.
	 * @return a running node
	 * @throws SocketBindException if the port is in use
	 * @throws MembershipException if no advertised host was given and none can be found,
	 * or it is one that members on other hosts could not reach
	 */
	public Membership start() {
		Membership membership = build();
		membership.start();
		return membership;
	}

	Seeds seeds() {
		return new Seeds(this.seeds, this.seedProviders, this.broadcastPort);
	}

	NodeAddress address() {
		return new NodeAddress(this.platform, this.bindAddress, this.port, this.portAutoIncrement, this.advertisedHost,
				this.advertisedPort)
			.advertise(this.advertisedChoice);
	}

}
