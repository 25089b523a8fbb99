package io.membership.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.membership.MembershipBuilder;
import io.membership.MembershipPreset;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for cluster membership.
 */
@ConfigurationProperties(MembershipProperties.PREFIX)
public class MembershipProperties {

	static final String PREFIX = "membership";

	/**
	 * Whether to take part in a mesh.
	 */
	private boolean enabled = true;

	/**
	 * Local address that the UDP socket binds. All local addresses when not set.
	 */
	private @Nullable String address;

	/**
	 * UDP port that the socket binds. Use 0 for any free port.
	 */
	private int port = 3301;

	/**
	 * Whether to take the next free port when the port is in use.
	 */
	private boolean portAutoIncrement;

	/**
	 * Name of the mesh. Members of meshes with different names do not become members of
	 * each other by accident.
	 */
	private String clusterName = MembershipBuilder.DEFAULT_CLUSTER_NAME;

	/**
	 * Members to greet at the start, and again for as long as they are not alive, each as
	 * host:port.
	 */
	private List<String> seeds = new ArrayList<>();

	/**
	 * Members to which the view is restricted, each as host:port. All members are allowed
	 * when empty.
	 */
	private List<String> allowedMembers = new ArrayList<>();

	/**
	 * Networks from which datagrams are read, each as an IP address and the length of the
	 * prefix, such as 10.0.0.0/8. All others are dropped before anything else is done
	 * with them. All networks are allowed when empty.
	 */
	private List<String> allowedNetworks = new ArrayList<>();

	/**
	 * What this node says about itself to all others.
	 */
	private Map<String, String> payload = new LinkedHashMap<>();

	/**
	 * Kind of network that the options of the protocol suit, where they are not set.
	 */
	private MembershipPreset preset = MembershipPreset.LAN;

	/**
	 * Time from one probe to the next.
	 */
	private @Nullable Duration protocolPeriod;

	/**
	 * Time to wait for a direct answer to a probe before other members are asked to probe
	 * as well. At most the protocol period.
	 */
	private @Nullable Duration ackTimeout;

	/**
	 * Time from one exchange of full state to the next. At least the protocol period.
	 */
	private @Nullable Duration antiEntropyPeriod;

	/**
	 * Time that a suspected member has to refute before it is taken for dead. At least
	 * the protocol period.
	 */
	private @Nullable Duration suspectTimeout;

	/**
	 * Whether a member whose probe failed is suspected.
	 */
	private @Nullable Boolean suspicionEnabled;

	/**
	 * Number of members that are asked to probe a silent member as well.
	 */
	private @Nullable Integer indirectProbes;

	/**
	 * Largest datagram to send or to accept, after encryption.
	 */
	private @Nullable DataSize maxPacketSize;

	/**
	 * Whether a suspected member has more time to refute the larger the mesh is: the
	 * suspect timeout times the decimal logarithm of the number of members.
	 */
	private @Nullable Boolean suspicionScaling;

	/**
	 * Time that a suspected member has to refute when two members found that nothing
	 * listens at its address.
	 */
	private @Nullable Duration refusedTimeout;

	/**
	 * Time from one round of gossip to the next while there is news.
	 */
	private @Nullable Duration gossipPeriod;

	/**
	 * Time after which a member that is dead or left is forgotten. At least the suspect
	 * timeout.
	 */
	private @Nullable Duration forgetAfter;

	/**
	 * Number of members that are known at most, this node included. Members that are dead
	 * or left make room for others.
	 */
	private @Nullable Integer maxMembers;

	/**
	 * Number of datagrams that are read in a second from one source, a member or an
	 * address from which only junk came; more are dropped unread. Use 0 for any number.
	 */
	private @Nullable Integer maxDatagramsPerSource;

	/**
	 * File of this node's own in which it remembers its incarnation and the members that
	 * it knows, to find them again after a full outage. Nothing is kept when not set.
	 */
	private @Nullable Path snapshotFile;

	@NestedConfigurationProperty
	private final MembershipAdvertiseProperties advertise = new MembershipAdvertiseProperties();

	@NestedConfigurationProperty
	private final MembershipBroadcastProperties broadcast = new MembershipBroadcastProperties();

	@NestedConfigurationProperty
	private final MembershipEncryptionProperties encryption = new MembershipEncryptionProperties();

	@NestedConfigurationProperty
	private final MembershipExtensionProperties extensions = new MembershipExtensionProperties();

	private final Lifecycle lifecycle = new Lifecycle();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getAddress() {
		return this.address;
	}

	public void setAddress(@Nullable String address) {
		this.address = address;
	}

	public int getPort() {
		return this.port;
	}

	public void setPort(int port) {
		this.port = port;
	}

	public boolean isPortAutoIncrement() {
		return this.portAutoIncrement;
	}

	public void setPortAutoIncrement(boolean portAutoIncrement) {
		this.portAutoIncrement = portAutoIncrement;
	}

	public String getClusterName() {
		return this.clusterName;
	}

	public void setClusterName(String clusterName) {
		this.clusterName = clusterName;
	}

	public List<String> getSeeds() {
		return this.seeds;
	}

	public void setSeeds(List<String> seeds) {
		this.seeds = seeds;
	}

	public List<String> getAllowedMembers() {
		return this.allowedMembers;
	}

	public void setAllowedMembers(List<String> allowedMembers) {
		this.allowedMembers = allowedMembers;
	}

	public List<String> getAllowedNetworks() {
		return this.allowedNetworks;
	}

	public void setAllowedNetworks(List<String> allowedNetworks) {
		this.allowedNetworks = allowedNetworks;
	}

	public Map<String, String> getPayload() {
		return this.payload;
	}

	public void setPayload(Map<String, String> payload) {
		this.payload = payload;
	}

	public MembershipPreset getPreset() {
		return this.preset;
	}

	public void setPreset(MembershipPreset preset) {
		this.preset = preset;
	}

	public @Nullable Duration getProtocolPeriod() {
		return this.protocolPeriod;
	}

	public void setProtocolPeriod(@Nullable Duration protocolPeriod) {
		this.protocolPeriod = protocolPeriod;
	}

	public @Nullable Duration getAckTimeout() {
		return this.ackTimeout;
	}

	public void setAckTimeout(@Nullable Duration ackTimeout) {
		this.ackTimeout = ackTimeout;
	}

	public @Nullable Duration getAntiEntropyPeriod() {
		return this.antiEntropyPeriod;
	}

	public void setAntiEntropyPeriod(@Nullable Duration antiEntropyPeriod) {
		this.antiEntropyPeriod = antiEntropyPeriod;
	}

	public @Nullable Duration getSuspectTimeout() {
		return this.suspectTimeout;
	}

	public void setSuspectTimeout(@Nullable Duration suspectTimeout) {
		this.suspectTimeout = suspectTimeout;
	}

	public @Nullable Boolean getSuspicionEnabled() {
		return this.suspicionEnabled;
	}

	public void setSuspicionEnabled(@Nullable Boolean suspicionEnabled) {
		this.suspicionEnabled = suspicionEnabled;
	}

	public @Nullable Integer getIndirectProbes() {
		return this.indirectProbes;
	}

	public void setIndirectProbes(@Nullable Integer indirectProbes) {
		this.indirectProbes = indirectProbes;
	}

	public @Nullable DataSize getMaxPacketSize() {
		return this.maxPacketSize;
	}

	public void setMaxPacketSize(@Nullable DataSize maxPacketSize) {
		this.maxPacketSize = maxPacketSize;
	}

	public @Nullable Boolean getSuspicionScaling() {
		return this.suspicionScaling;
	}

	public void setSuspicionScaling(@Nullable Boolean suspicionScaling) {
		this.suspicionScaling = suspicionScaling;
	}

	public @Nullable Duration getRefusedTimeout() {
		return this.refusedTimeout;
	}

	public void setRefusedTimeout(@Nullable Duration refusedTimeout) {
		this.refusedTimeout = refusedTimeout;
	}

	public @Nullable Duration getGossipPeriod() {
		return this.gossipPeriod;
	}

	public void setGossipPeriod(@Nullable Duration gossipPeriod) {
		this.gossipPeriod = gossipPeriod;
	}

	public @Nullable Duration getForgetAfter() {
		return this.forgetAfter;
	}

	public void setForgetAfter(@Nullable Duration forgetAfter) {
		this.forgetAfter = forgetAfter;
	}

	public @Nullable Integer getMaxMembers() {
		return this.maxMembers;
	}

	public void setMaxMembers(@Nullable Integer maxMembers) {
		this.maxMembers = maxMembers;
	}

	public @Nullable Integer getMaxDatagramsPerSource() {
		return this.maxDatagramsPerSource;
	}

	public void setMaxDatagramsPerSource(@Nullable Integer maxDatagramsPerSource) {
		this.maxDatagramsPerSource = maxDatagramsPerSource;
	}

	public @Nullable Path getSnapshotFile() {
		return this.snapshotFile;
	}

	public void setSnapshotFile(@Nullable Path snapshotFile) {
		this.snapshotFile = snapshotFile;
	}

	public MembershipAdvertiseProperties getAdvertise() {
		return this.advertise;
	}

	public MembershipBroadcastProperties getBroadcast() {
		return this.broadcast;
	}

	public MembershipEncryptionProperties getEncryption() {
		return this.encryption;
	}

	public MembershipExtensionProperties getExtensions() {
		return this.extensions;
	}

	public Lifecycle getLifecycle() {
		return this.lifecycle;
	}

	/**
	 * When this node joins and leaves.
	 */
	public static class Lifecycle {

		/**
		 * Phase in which this node joins and leaves. After the start of the web server,
		 * and before its graceful shutdown when not set.
		 */
		private int phase = SmartLifecycle.DEFAULT_PHASE - 512;

		public int getPhase() {
			return this.phase;
		}

		public void setPhase(int phase) {
			this.phase = phase;
		}

	}

}
