package io.membership.spring.boot.autoconfigure;

import java.util.EnumSet;
import java.util.Set;

import io.membership.MembershipExtension;

/**
 * What goes beyond the reference.
 */
public class MembershipExtensionProperties {

	/**
	 * Whether to use extensions that the reference does not have. Without them this node
	 * behaves, and sends, as the reference does.
	 */
	private boolean enabled = true;

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

	/**
	 * Whether a suspect has more time to refute the fewer members accuse it. Needs the
	 * extensions to be enabled.
	 */
	private boolean dynamicSuspicion = true;

	/**
	 * Whether a member that was asked to probe another says so when it, too, hears
	 * nothing. Needs the extensions to be enabled.
	 */
	private boolean negativeAcks = true;

	/**
	 * Whether a silent member is asked once more in a way that reveals that its process
	 * is gone while its host lives. Needs the extensions to be enabled.
	 */
	private boolean refusalProbe = true;

	/**
	 * Whether the ack timeout follows the round trips that were measured to each member.
	 * Needs the extensions to be enabled.
	 */
	private boolean adaptiveTimeout = true;

	/**
	 * Whether rumors are passed on between the probes too. Needs the extensions to be
	 * enabled.
	 */
	private boolean gossip = true;

	/**
	 * Whether members compare digests of their views, say little while these are equal,
	 * and exchange what differs. Needs the extensions to be enabled.
	 */
	private boolean viewDigest = true;

	/**
	 * Whether members that are dead or left for long are forgotten. Needs the extensions
	 * to be enabled.
	 */
	private boolean forgetting = true;

	/**
	 * Whether a process starts with an incarnation above those of its predecessors, and
	 * two processes with one URI notice each other. Needs the extensions to be enabled.
	 */
	private boolean identity = true;

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

	public boolean isDynamicSuspicion() {
		return this.dynamicSuspicion;
	}

	public void setDynamicSuspicion(boolean dynamicSuspicion) {
		this.dynamicSuspicion = dynamicSuspicion;
	}

	public boolean isNegativeAcks() {
		return this.negativeAcks;
	}

	public void setNegativeAcks(boolean negativeAcks) {
		this.negativeAcks = negativeAcks;
	}

	public boolean isRefusalProbe() {
		return this.refusalProbe;
	}

	public void setRefusalProbe(boolean refusalProbe) {
		this.refusalProbe = refusalProbe;
	}

	public boolean isAdaptiveTimeout() {
		return this.adaptiveTimeout;
	}

	public void setAdaptiveTimeout(boolean adaptiveTimeout) {
		this.adaptiveTimeout = adaptiveTimeout;
	}

	public boolean isGossip() {
		return this.gossip;
	}

	public void setGossip(boolean gossip) {
		this.gossip = gossip;
	}

	public boolean isViewDigest() {
		return this.viewDigest;
	}

	public void setViewDigest(boolean viewDigest) {
		this.viewDigest = viewDigest;
	}

	public boolean isForgetting() {
		return this.forgetting;
	}

	public void setForgetting(boolean forgetting) {
		this.forgetting = forgetting;
	}

	public boolean isIdentity() {
		return this.identity;
	}

	public void setIdentity(boolean identity) {
		this.identity = identity;
	}

	/**
	 * Returns the extensions that are to be used.
	 */
	Set<MembershipExtension> toExtensions() {
		Set<MembershipExtension> extensions = EnumSet.noneOf(MembershipExtension.class);
		if (this.enabled) {
			for (MembershipExtension extension : MembershipExtension.values()) {
				if (isOn(extension)) {
					extensions.add(extension);
				}
			}
		}
		return extensions;
	}

	private boolean isOn(MembershipExtension extension) {
		return switch (extension) {
			case LOCAL_HEALTH -> this.localHealth;
			case PAUSE_AWARENESS -> this.pauseAwareness;
			case DYNAMIC_SUSPICION -> this.dynamicSuspicion;
			case NEGATIVE_ACKS -> this.negativeAcks;
			case REFUSAL_PROBE -> this.refusalProbe;
			case ADAPTIVE_TIMEOUT -> this.adaptiveTimeout;
			case GOSSIP -> this.gossip;
			case VIEW_DIGEST -> this.viewDigest;
			case FORGETTING -> this.forgetting;
			case IDENTITY -> this.identity;
		};
	}

}
