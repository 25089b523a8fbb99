package io.membership.swim;

import java.time.Duration;
import java.util.function.Supplier;

import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;

/**
 * How long this node waits for the answer to a probe before it asks others. The option is
 * the longest time; with the adaptive timeout, members that are known to answer faster
 * have less, which is how TCP decides when to send again (RFC 6298 §2). Reference nodes
 * always have all of it: they do everything in one thread, which may be busy. A node that
 * doubts itself gives everybody more (Lifeguard §IV.A).
 */
final class AckTimeout {

	/**
	 * Nobody has less: a short pause of the member, or of this process, shall not cost
	 * datagrams.
	 */
	static final Duration SHORTEST = Duration.ofMillis(100);

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Peers peers;

	private final LocalHealth health;

	AckTimeout(Supplier<MembershipOptions> options, MemberTable table, Peers peers, LocalHealth health) {
		this.options = options;
		this.table = table;
		this.peers = peers;
		this.health = health;
	}

	/** Returns how long to wait for a member, 0 for not at all. */
	Duration of(MemberUri member) {
		return this.health.stretch(unstretched(member));
	}

	private Duration unstretched(MemberUri member) {
		Duration longest = this.options.get().ackTimeout();
		RoundTripTime roundTrip = this.table.contact(member).roundTripTime();
		if (roundTrip == null || !this.options.get().uses(MembershipExtension.ADAPTIVE_TIMEOUT)
				|| !this.peers.isCapable(member)) {
			return longest;
		}
		return shorter(longest, longer(SHORTEST, roundTrip.timeout()));
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

}
