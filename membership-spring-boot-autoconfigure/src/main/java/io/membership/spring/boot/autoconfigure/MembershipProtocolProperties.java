package io.membership.spring.boot.autoconfigure;

import java.time.Duration;

import io.membership.MembershipPreset;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * Options of the protocol, where they differ from those of a preset.
 */
public abstract class MembershipProtocolProperties {

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

	@NestedConfigurationProperty
	private final MembershipExtensionProperties extensions = new MembershipExtensionProperties();

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

	public MembershipExtensionProperties getExtensions() {
		return this.extensions;
	}

}
