package io.membership.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * How others reach this node.
 */
public class MembershipAdvertiseProperties {

	/**
	 * Name or address by which others reach this node. One of the host's own addresses
	 * when not set.
	 */
	private @Nullable String host;

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

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

}
