package io.membership.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * How others reach this node.
 */
public class MembershipAdvertiseProperties {

	/**
	 * Name or address by which others reach this node. One of the host's own addresses
	 * when neither this nor an interface nor a network is set.
	 */
	private @Nullable String host;

	/** The name of the property is a word that Java keeps for itself. */
	private @Nullable String interfaceName;

	/**
	 * Network, such as 10.0.0.0/8, of the address of this host by which others reach this
	 * node.
	 */
	private @Nullable String network;

	/**
	 * UDP port by which others reach this node. The bound port when not set.
	 */
	private @Nullable Integer port;

	public @Nullable String getHost() {
		return this.host;
	}

	public void setHost(@Nullable String host) {
		this.host = host;
	}

	public @Nullable String getInterface() {
		return this.interfaceName;
	}

	public void setInterface(@Nullable String interfaceName) {
		this.interfaceName = interfaceName;
	}

	public @Nullable String getNetwork() {
		return this.network;
	}

	public void setNetwork(@Nullable String network) {
		this.network = network;
	}

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

}
