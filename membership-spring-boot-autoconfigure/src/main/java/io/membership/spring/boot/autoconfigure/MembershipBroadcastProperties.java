package io.membership.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Finding members by broadcast.
 */
public class MembershipBroadcastProperties {

	/**
	 * Whether to greet all hosts of the attached networks at the start, and again for as
	 * long as no other member is alive.
	 */
	private boolean enabled;

	/**
	 * UDP port that is greeted. The port that this node binds when not set.
	 */
	private @Nullable Integer port;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

}
