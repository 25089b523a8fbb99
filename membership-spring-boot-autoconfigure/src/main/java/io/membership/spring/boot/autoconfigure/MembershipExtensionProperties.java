package io.membership.spring.boot.autoconfigure;

import io.membership.MembershipExtensions;

/**
 * What goes beyond the reference.
 */
public class MembershipExtensionProperties {

	/**
	 * Whether to use extensions that the reference does not have. Without them this node
	 * behaves, and sends, as the reference does.
	 */
	private boolean enabled;

	/**
	 * Whether a node whose own probes fail doubts itself, probes less often and waits
	 * longer. Needs the extensions to be enabled.
	 */
	private boolean localHealth = true;

	/**
	 * Whether time in which this process itself stood still is taken for nobody's
	 * silence. Needs the extensions to be enabled.
	 */
	private boolean pauseAwareness = true;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public boolean isLocalHealth() {
		return this.localHealth;
	}

	public void setLocalHealth(boolean localHealth) {
		this.localHealth = localHealth;
	}

	public boolean isPauseAwareness() {
		return this.pauseAwareness;
	}

	public void setPauseAwareness(boolean pauseAwareness) {
		this.pauseAwareness = pauseAwareness;
	}

	/**
	 * Returns the extensions that are to be used.
	 */
	MembershipExtensions toExtensions() {
		return this.enabled ? new MembershipExtensions(this.localHealth, this.pauseAwareness)
				: MembershipExtensions.NONE;
	}

}
