package io.membership.swim;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a helper owes those who asked it to probe somebody: if the target does not answer
 * it either, it says so while that is still of use (Lifeguard §IV.A). Who hears that
 * knows that its own ears are good.
 * <p>
 * The time does not follow the helper's own doubts: a word that comes too late would tell
 * the other that it hears badly.
 */
final class NegativeAcks {

	/** Which part of the ack timeout to wait, in percent (memberlist). */
	private static final int PATIENCE = 80;

	/**
	 * Which part of the ack timeout to wait before the probe is repeated, in percent: one
	 * that lives has usually answered by then.
	 */
	private static final int REPETITION = 25;

	/** More probes at a time are passed on without a promise. */
	private static final int MOST = 1024;

	private final Supplier<MembershipOptions> options;

	private final Messenger messenger;

	private final Peers peers;

	private final Deadlines deadlines;

	private final RefusalProbe refusalProbe;

	private final Map<Request, Cancellable> unanswered = new HashMap<>();

	NegativeAcks(Supplier<MembershipOptions> options, Messenger messenger, Peers peers, Deadlines deadlines,
			RefusalProbe refusalProbe) {
		this.options = options;
		this.messenger = messenger;
		this.peers = peers;
		this.deadlines = deadlines;
		this.refusalProbe = refusalProbe;
	}

	/**
	 * A probe was passed on. Only the prober itself is told of what comes of it, and only
	 * if it announced that it understands that.
	 */
	void passedOn(Message.Ping ping) {
		Request request = Request.of(ping.data());
		if (request == null || !request.source.equals(ping.sender()) || this.options.get().ackTimeout().isZero()
				|| !this.peers.can(request.source, Ability.NEGATIVE_ACKS) || this.unanswered.size() == MOST
				|| this.unanswered.containsKey(request)) {
			return;
		}
		await(request, REPETITION, () -> repeat(request, ping.data()));
	}

	private void await(Request request, int percentage, Runnable task) {
		Duration patience = this.options.get().ackTimeout().multipliedBy(percentage).dividedBy(100);
		this.unanswered.put(request, this.deadlines.schedule(patience, task));
	}

	/** The helper's own socket has sent the PING first. */
	private void repeat(Request request, ProbeData ping) {
		this.refusalProbe.repeat(ping, () -> tell(request, ping, true));
		await(request, PATIENCE - REPETITION, () -> tell(request, ping, false));
	}

	/** An answer was passed on. */
	void answered(ProbeData ack) {
		Request request = Request.of(ack);
		if (request != null) {
			take(request);
		}
	}

	private void tell(Request request, ProbeData data, boolean refused) {
		if (take(request) && this.peers.can(request.source, Ability.NEGATIVE_ACKS)) {
			this.messenger.nack(request.source, data, refused);
		}
	}

	private boolean take(Request request) {
		Cancellable timer = this.unanswered.remove(request);
		if (timer != null) {
			timer.cancel();
		}
		return timer != null;
	}

	void stop() {
		this.unanswered.values().forEach(Cancellable::cancel);
		this.unanswered.clear();
	}

	/** Tells one probe of one member from all others. */
	private record Request(MemberUri source, MemberUri target, long sentAt) {

		static @Nullable Request of(ProbeData data) {
			return (data.source() != null && data.target() != null)
					? new Request(data.source(), data.target(), data.sentAt()) : null;
		}

	}

}
