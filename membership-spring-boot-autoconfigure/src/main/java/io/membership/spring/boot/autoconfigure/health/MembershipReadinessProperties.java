package io.membership.spring.boot.autoconfigure.health;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for the part of the mesh in the readiness of the application.
 */
@ConfigurationProperties(MembershipReadinessProperties.PREFIX)
public class MembershipReadinessProperties {

	static final String PREFIX = "membership.readiness";

	/**
	 * Number of members that have to be alive, this node included, before this
	 * application is ready. None are waited for when not set.
	 */
	private @Nullable Integer minimumMembers;

	/**
	 * Whether this application ceases to be ready when fewer members are alive later on.
	 * Otherwise it stays ready once there were enough.
	 */
	private boolean revocable;

	public @Nullable Integer getMinimumMembers() {
		return this.minimumMembers;
	}

	public void setMinimumMembers(@Nullable Integer minimumMembers) {
		this.minimumMembers = minimumMembers;
	}

	public boolean isRevocable() {
		return this.revocable;
	}

	public void setRevocable(boolean revocable) {
		this.revocable = revocable;
	}

}
