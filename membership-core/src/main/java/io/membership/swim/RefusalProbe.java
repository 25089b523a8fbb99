package io.membership.swim;

import java.time.Duration;
import java.util.function.Supplier;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;

/**
 * Sends a PING that was not answered once more, in a way that reveals whether the
 * target's host lives and its process is gone (RFC 1122 §4.1.3.3). That is a second
 * chance where a datagram was lost, and the quickest way to notice a crash. A refusal is
 * no proof: a process that restarts refuses for a moment, and a firewall may refuse in
 * the name of others. So it takes two members that were refused to shorten a suspicion,
 * and the suspect can still refute.
 */
final class RefusalProbe {

	/** The part of an ack timeout that a second answer, or a refusal, has. */
	private static final int PATIENCE = 2;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Messenger messenger;

	RefusalProbe(Supplier<MembershipOptions> options, MemberTable table, Messenger messenger) {
		this.options = options;
		this.table = table;
		this.messenger = messenger;
	}

	/**
	 * Repeats a PING, unless that is switched off or would tell nothing new.
	 * @param ping the data of this node's probe, or of one that it passed on
	 * @param onRefused called if the target's host refuses it
	 * @return whether the PING was repeated
	 */
	boolean repeat(ProbeData ping, Runnable onRefused) {
		MemberUri target = ping.target();
		if (target == null || !this.options.get().uses(MembershipExtension.REFUSAL_PROBE) || !isWorthwhile(target)) {
			return false;
		}
		this.messenger.repeatPing(target, ping, onRefused);
		return true;
	}

	private boolean isWorthwhile(MemberUri target) {
		Rumor known = this.table.get(target);
		return known != null && known.status().compareTo(MemberStatus.DEAD) < 0 && !this.table.isSelf(target);
	}

	/**
	 * Returns how long to wait before others are asked if there is neither an answer nor
	 * a refusal. They need what is left of the period.
	 */
	static Duration patience(Duration ackTimeout, Duration period) {
		Duration left = period.minus(ackTimeout);
		Duration shorter = (left.compareTo(ackTimeout) < 0) ? left : ackTimeout;
		return shorter.isNegative() ? Duration.ZERO : shorter.dividedBy(PATIENCE);
	}

}
