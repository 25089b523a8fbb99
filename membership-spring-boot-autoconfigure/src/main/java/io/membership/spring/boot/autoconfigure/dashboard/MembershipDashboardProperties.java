package io.membership.spring.boot.autoconfigure.dashboard;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for the live page.
 */
@ConfigurationProperties("membership.dashboard")
public class MembershipDashboardProperties {

	/**
	 * Whether to serve a live page of the mesh at /membership. It shows addresses and
	 * states of all members to whoever may read that path.
	 */
	private boolean enabled;

	/**
	 * Key of the payload by which members are grouped into zones. Members without such an
	 * entry are in the zone that discovery has for them. Nothing else of a payload is
	 * shown.
	 */
	private String zoneKey = "zone";

	/**
	 * Number of pages that are kept up to date at the same time. More are turned away
	 * until others are closed.
	 */
	private int maxClients = 32;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public String getZoneKey() {
		return this.zoneKey;
	}

	public void setZoneKey(String zoneKey) {
		this.zoneKey = zoneKey;
	}

	public int getMaxClients() {
		return this.maxClients;
	}

	public void setMaxClients(int maxClients) {
		this.maxClients = maxClients;
	}

}
