package io.membership.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.membership.MembershipBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.context.SmartLifecycle;

/**
 * Configuration properties for cluster membership.
 */
@ConfigurationProperties(MembershipProperties.PREFIX)
public class MembershipProperties extends MembershipProtocolProperties {

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
	 * host:port; dns:///name or dns:///name:port for all addresses of a name;
	 * dns+srv:///_service._udp.name for the records of a service. Names are looked up
	 * again for ever.
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
