package io.membership;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The tunable figures of the protocol. Immutable and thread-safe; all of them can be
 * changed while a node runs, see {@link Membership#updateOptions}.
 *
 * @param protocolPeriod time from one probe to the next (reference:
 * {@code PROTOCOL_PERIOD_SECONDS}, SWIM's T′); 1 ms or more
 * @param ackTimeout time to wait for a direct answer before helpers are asked (reference:
 * {@code ACK_TIMEOUT_SECONDS}); 0 to the protocol period
 * @param antiEntropyPeriod time from one exchange of full state to the next (reference:
 * {@code ANTI_ENTROPY_PERIOD_SECONDS}); the protocol period or more
 * @param suspectTimeout time that a suspect has to refute before it is dead (reference:
 * {@code SUSPECT_TIMEOUT_SECONDS}); the protocol period or more
 * @param suspicionEnabled whether failed probes make suspects (reference:
 * {@code SUSPICIOUSNESS})
 * @param indirectProbes how many helpers are asked to probe a silent member (reference:
 * {@code NUM_FAILURE_DETECTION_SUBGROUPS}, SWIM's k); 0 or more
 * @param maxPacketSize largest datagram to send or accept, in bytes, after encryption
 * (reference: {@code MAX_PACKET_SIZE}); 256 to 65,507
 * @param suspicionScaling whether suspects of large meshes have more time: the suspect
 * timeout times the decimal logarithm of the number of members, if that is above 1
 * (memberlist: {@code SuspicionMult})
 * @param refusedTimeout time that a suspect has to refute when two members found that
 * nothing listens at its address; more than 0 ({@link MembershipExtension#REFUSAL_PROBE})
 * @param gossipPeriod time from one round of gossip to the next while there are rumors to
 * pass on; 1 ms or more ({@link MembershipExtension#GOSSIP})
 * @param forgetAfter time after which a member that is dead or left is forgotten; the
 * suspect timeout or more ({@link MembershipExtension#FORGETTING})
 * @param maxMembers how many members are known at most, this node included; 2 or more
 * @param maxDatagramsPerSource how many datagrams are read in a second from one source,
 * the others being dropped unread; 0 for any number, otherwise 100 or more
 * @param extensions what this node does beyond the reference, immutable
 */
public record MembershipOptions(Duration protocolPeriod, Duration ackTimeout, Duration antiEntropyPeriod,
		Duration suspectTimeout, boolean suspicionEnabled, int indirectProbes, int maxPacketSize,
		boolean suspicionScaling, Duration refusedTimeout, Duration gossipPeriod, Duration forgetAfter, int maxMembers,
		int maxDatagramsPerSource, Set<MembershipExtension> extensions) {

	/** A datagram must hold two URIs twice and the clock readings; less is of no use. */
	private static final int SMALLEST_PACKET = 256;

	/** What fits an IPv4 packet: 65,535 bytes less the IP and UDP headers. */
	private static final int LARGEST_PACKET = 65507;

	private static final int FEWEST_MEMBERS = 2;

	/** Less would disturb the protocol of a large mesh. */
	private static final int FEWEST_DATAGRAMS = 100;

	private static final Duration SHORTEST_PERIOD = Duration.ofMillis(1);

	private static final Duration LONGEST = Duration.ofDays(1);

	private static final Duration LONGEST_MEMORY = Duration.ofDays(365);

	/** All extensions. */
	public static final Set<MembershipExtension> ALL_EXTENSIONS = Collections
		.unmodifiableSet(EnumSet.allOf(MembershipExtension.class));

	/** The reference's defaults, and no extensions: what a Tarantool node does. */
	public static final MembershipOptions REFERENCE = new MembershipOptions(Duration.ofSeconds(1),
			Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(3), true, 3, 1472, false,
			Duration.ofMillis(500), Duration.ofMillis(200), Duration.ofDays(1), 10_000, 5000, Set.of());

	/** The reference's figures, and all extensions. */
	public static final MembershipOptions DEFAULTS = REFERENCE.toBuilder().extensions(ALL_EXTENSIONS).build();

	/**
	 * Creates options.
	 * @throws InvalidOptionException if one is out of range, or two contradict each other
	 */
	public MembershipOptions {
		within("protocolPeriod", protocolPeriod, SHORTEST_PERIOD, "use a duration from 1ms to 1 day");
		within("ackTimeout", ackTimeout, Duration.ZERO, "use a duration from 0 to the protocol period");
		within("antiEntropyPeriod", antiEntropyPeriod, SHORTEST_PERIOD,
				"use a duration from the protocol period to 1 day");
		within("suspectTimeout", suspectTimeout, SHORTEST_PERIOD, "use a duration from the protocol period to 1 day");
		if (ackTimeout.compareTo(protocolPeriod) > 0) {
			throw new InvalidOptionException("ackTimeout", ackTimeout, "a probe ends after one protocol period ("
					+ text(protocolPeriod) + "), so the ack timeout must not be longer");
		}
		if (antiEntropyPeriod.compareTo(protocolPeriod) < 0) {
			throw new InvalidOptionException("antiEntropyPeriod", antiEntropyPeriod,
					"must not be shorter than the protocol period (" + text(protocolPeriod) + ")");
		}
		if (suspectTimeout.compareTo(protocolPeriod) < 0) {
			throw new InvalidOptionException("suspectTimeout", suspectTimeout,
					"must not be shorter than the protocol period (" + text(protocolPeriod)
							+ "), or a suspect has no time to refute");
		}
		if (indirectProbes < 0) {
			throw new InvalidOptionException("indirectProbes", indirectProbes, "use 0 or more helpers");
		}
		if (maxPacketSize < SMALLEST_PACKET || maxPacketSize > LARGEST_PACKET) {
			throw new InvalidOptionException("maxPacketSize", maxPacketSize,
					"use " + SMALLEST_PACKET + " to " + LARGEST_PACKET + " bytes; 1472 fits an Ethernet frame");
		}
		within("refusedTimeout", refusedTimeout, SHORTEST_PERIOD, "use a duration from 1ms to 1 day");
		within("gossipPeriod", gossipPeriod, SHORTEST_PERIOD, "use a duration from 1ms to 1 day");
		if (forgetAfter.compareTo(suspectTimeout) < 0 || forgetAfter.compareTo(LONGEST_MEMORY) > 0) {
			throw new InvalidOptionException("forgetAfter", forgetAfter,
					"use a duration from the suspect timeout (" + text(suspectTimeout) + ") to 365 days");
		}
		if (maxMembers < FEWEST_MEMBERS) {
			throw new InvalidOptionException("maxMembers", maxMembers,
					"use " + FEWEST_MEMBERS + " or more, this node included");
		}
		if (maxDatagramsPerSource != 0 && maxDatagramsPerSource < FEWEST_DATAGRAMS) {
			throw new InvalidOptionException("maxDatagramsPerSource", maxDatagramsPerSource,
					"use " + FEWEST_DATAGRAMS + " or more in a second, or 0 for any number");
		}
		EnumSet<MembershipExtension> copy = EnumSet.noneOf(MembershipExtension.class);
		copy.addAll(extensions);
		extensions = Collections.unmodifiableSet(copy);
	}

	/**
	 * Tells whether this node uses an extension.
	 * @param extension the extension
	 * @return whether it is switched on
	 */
	public boolean uses(MembershipExtension extension) {
		return this.extensions.contains(extension);
	}

	private static void within(String option, Duration value, Duration shortest, String remedy) {
		if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0) {
			throw new InvalidOptionException(option, value, remedy);
		}
	}

	private static String text(Duration duration) {
		return duration.toMillis() + " ms";
	}

	/**
	 * Returns a builder that starts from the defaults.
	 * @return a new builder
	 */
	public static Builder builder() {
		return DEFAULTS.toBuilder();
	}

	/**
	 * Returns a builder that starts from these options.
	 * @return a new builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/** Builds {@link MembershipOptions}. Not thread-safe. */
	public static final class Builder {

		private Duration protocolPeriod;

		private Duration ackTimeout;

		private Duration antiEntropyPeriod;

		private Duration suspectTimeout;

		private boolean suspicionEnabled;

		private int indirectProbes;

		private int maxPacketSize;

		private boolean suspicionScaling;

		private Duration refusedTimeout;

		private Duration gossipPeriod;

		private Duration forgetAfter;

		private int maxMembers;

		private int maxDatagramsPerSource;

		private Set<MembershipExtension> extensions;

		private Builder(MembershipOptions options) {
			this.protocolPeriod = options.protocolPeriod;
			this.ackTimeout = options.ackTimeout;
			this.antiEntropyPeriod = options.antiEntropyPeriod;
			this.suspectTimeout = options.suspectTimeout;
			this.suspicionEnabled = options.suspicionEnabled;
			this.indirectProbes = options.indirectProbes;
			this.maxPacketSize = options.maxPacketSize;
			this.suspicionScaling = options.suspicionScaling;
			this.refusedTimeout = options.refusedTimeout;
			this.gossipPeriod = options.gossipPeriod;
			this.forgetAfter = options.forgetAfter;
			this.maxMembers = options.maxMembers;
			this.maxDatagramsPerSource = options.maxDatagramsPerSource;
			this.extensions = options.extensions;
		}

		/**
		 * Sets the time from one probe to the next.
		 * @param protocolPeriod 1 ms or more
		 * @return this builder
		 */
		public Builder protocolPeriod(Duration protocolPeriod) {
			this.protocolPeriod = protocolPeriod;
			return this;
		}

		/**
		 * Sets the time to wait for a direct answer before helpers are asked.
		 * @param ackTimeout 0 to the protocol period
		 * @return this builder
		 */
		public Builder ackTimeout(Duration ackTimeout) {
			this.ackTimeout = ackTimeout;
			return this;
		}

		/**
		 * Sets the time from one exchange of full state to the next.
		 * @param antiEntropyPeriod the protocol period or more
		 * @return this builder
		 */
		public Builder antiEntropyPeriod(Duration antiEntropyPeriod) {
			this.antiEntropyPeriod = antiEntropyPeriod;
			return this;
		}

		/**
		 * Sets the time that a suspect has to refute before it is dead.
		 * @param suspectTimeout the protocol period or more
		 * @return this builder
		 */
		public Builder suspectTimeout(Duration suspectTimeout) {
			this.suspectTimeout = suspectTimeout;
			return this;
		}

		/**
		 * Sets whether failed probes make suspects.
		 * @param suspicionEnabled whether to suspect
		 * @return this builder
		 */
		public Builder suspicionEnabled(boolean suspicionEnabled) {
			this.suspicionEnabled = suspicionEnabled;
			return this;
		}

		/**
		 * Sets how many helpers are asked to probe a silent member.
		 * @param indirectProbes 0 or more
		 * @return this builder
		 */
		public Builder indirectProbes(int indirectProbes) {
			this.indirectProbes = indirectProbes;
			return this;
		}

		/**
		 * Sets the largest datagram to send or accept.
		 * @param maxPacketSize 256 to 65,507 bytes
		 * @return this builder
		 */
		public Builder maxPacketSize(int maxPacketSize) {
			this.maxPacketSize = maxPacketSize;
			return this;
		}

		/**
		 * Sets whether suspects of large meshes have more time.
		 * @param suspicionScaling whether the suspect timeout grows with the logarithm of
		 * the number of members
		 * @return this builder
		 */
		public Builder suspicionScaling(boolean suspicionScaling) {
			this.suspicionScaling = suspicionScaling;
			return this;
		}

		/**
		 * Sets the time that a suspect has when nothing listens at its address.
		 * @param refusedTimeout more than 0
		 * @return this builder
		 */
		public Builder refusedTimeout(Duration refusedTimeout) {
			this.refusedTimeout = refusedTimeout;
			return this;
		}

		/**
		 * Sets the time from one round of gossip to the next.
		 * @param gossipPeriod 1 ms or more
		 * @return this builder
		 */
		public Builder gossipPeriod(Duration gossipPeriod) {
			this.gossipPeriod = gossipPeriod;
			return this;
		}

		/**
		 * Sets the time after which a member that is dead or left is forgotten.
		 * @param forgetAfter the suspect timeout or more
		 * @return this builder
		 */
		public Builder forgetAfter(Duration forgetAfter) {
			this.forgetAfter = forgetAfter;
			return this;
		}

		/**
		 * Sets how many members are known at most.
		 * @param maxMembers 2 or more, this node included
		 * @return this builder
		 */
		public Builder maxMembers(int maxMembers) {
			this.maxMembers = maxMembers;
			return this;
		}

		/**
		 * Sets how many datagrams are read in a second from one source.
		 * @param maxDatagramsPerSource 100 or more, or 0 for any number
		 * @return this builder
		 */
		public Builder maxDatagramsPerSource(int maxDatagramsPerSource) {
			this.maxDatagramsPerSource = maxDatagramsPerSource;
			return this;
		}

		/**
		 * Sets what this node does beyond the reference.
		 * @param extensions the extensions, copied
		 * @return this builder
		 */
		public Builder extensions(Collection<MembershipExtension> extensions) {
			this.extensions = Set.copyOf(extensions);
			return this;
		}

		/**
		 * Returns the options.
		 * @return immutable options
		 * @throws InvalidOptionException if an option is out of range, or two contradict
		 * each other
		 */
		public MembershipOptions build() {
			return new MembershipOptions(this.protocolPeriod, this.ackTimeout, this.antiEntropyPeriod,
					this.suspectTimeout, this.suspicionEnabled, this.indirectProbes, this.maxPacketSize,
					this.suspicionScaling, this.refusedTimeout, this.gossipPeriod, this.forgetAfter, this.maxMembers,
					this.maxDatagramsPerSource, this.extensions);
		}

	}

}
