package io.membership.swim;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.membership.DropReason;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * Passes probes and answers on to those they are meant for (SWIM §4.1). The reference
 * does that for anyone to anyone, so that one forged datagram can circle for ever; here
 * it is done only for members, never for what claims to come from this node itself, and
 * for each source at a bounded rate.
 */
final class Forwarding {

	/** How much one source may have passed on in one protocol period. */
	private static final int LIMIT = 64;

	/** How many sources are told apart in one period. */
	private static final int SOURCES = 4096;

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Messenger messenger;

	private final Map<MemberUri, Integer> forwarded = new HashMap<>();

	private long windowNanos;

	Forwarding(Environment environment, Supplier<MembershipOptions> options, MemberTable table, Messenger messenger) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.messenger = messenger;
		this.windowNanos = environment.nanoTime();
	}

	/**
	 * Passes a PING on to its target. The target may be its sender: that is a broadcast,
	 * and the sender learns of this node in this way.
	 * @return whether it was passed on
	 */
	boolean pass(Message.Ping ping) {
		MemberUri target = ping.data().target();
		boolean broadcast = target != null && target.equals(ping.sender());
		boolean passed = target != null && mayPass(ping.sender(), target, broadcast);
		if (target != null && passed) {
			this.messenger.forwardPing(target, ping.data());
		}
		return passed;
	}

	/** Passes an ACK on to the source of its probe. */
	void pass(Message.Ack ack) {
		MemberUri source = ack.data().source();
		if (source != null && mayPass(ack.sender(), source, false)) {
			this.messenger.forwardAck(source, ack.data());
		}
	}

	private boolean mayPass(@Nullable MemberUri sender, MemberUri to, boolean toStranger) {
		DropReason refusal = refusal(sender, to, toStranger);
		if (refusal != null) {
			this.environment.observer().dropped(refusal);
		}
		return refusal == null;
	}

	private @Nullable DropReason refusal(@Nullable MemberUri sender, MemberUri to, boolean toStranger) {
		if (this.table.isSelf(sender)) {
			return DropReason.LOOP;
		}
		if (sender == null || (this.table.get(to) == null && !toStranger)) {
			return DropReason.FORWARD_REFUSED;
		}
		return isWithinLimit(sender) ? null : DropReason.FORWARD_LIMITED;
	}

	private boolean isWithinLimit(MemberUri source) {
		long now = this.environment.nanoTime();
		if (now - this.windowNanos >= this.options.get().protocolPeriod().toNanos()) {
			this.windowNanos = now;
			this.forwarded.clear();
		}
		return (this.forwarded.size() < SOURCES || this.forwarded.containsKey(source))
				&& this.forwarded.merge(source, 1, Integer::sum) <= LIMIT;
	}

}
