package io.membership.swim;

import java.util.function.Supplier;

import io.membership.DropReason;
import io.membership.MemberUri;
import io.membership.MembershipOptions;

/**
 * The short form of direct probes and answers between members that both understand it.
 * The digests of the two views stand for what the full form repeats each time: who both
 * are, and what each thinks of the other. Only when views differ is that told as well.
 * <p>
 * It is never passed on, and who was replaced by a reference node does not answer it. So
 * whatever follows on silence is in the full form, of the same probe.
 */
final class ShortForm {

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Messenger messenger;

	private final Probes probes;

	private final Peers peers;

	private final Agreement agreement;

	ShortForm(Environment environment, Supplier<MembershipOptions> options, MemberTable table, Messenger messenger,
			Probes probes, Peers peers, Agreement agreement) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.messenger = messenger;
		this.probes = probes;
		this.peers = peers;
		this.agreement = agreement;
	}

	/**
	 * Sends the first PING of a probe, in the short form if its target understands it.
	 */
	SendResult ping(Probe probe) {
		Long digest = this.peers.digest();
		if (digest == null || !suits(probe.target())) {
			return this.messenger.ping(probe.target(), probe.data());
		}
		int sequence = this.probes.number(probe);
		return this.messenger.send(probe.target(),
				(events) -> new Message.ShortPing(this.table.selfUri(), sequence, digest, events),
				!this.agreement.holds());
	}

	/**
	 * Whether the short form will do. Who is not alive may have come back as something
	 * else, and without a timeout there is no time for a second try.
	 */
	private boolean suits(MemberUri target) {
		Rumor known = this.table.get(target);
		return known != null && known.isAlive() && this.table.self().isAlive()
				&& this.peers.can(target, Ability.VIEW_DIGEST) && !this.options.get().ackTimeout().isZero();
	}

	/**
	 * Sends a probe once more in the full form, if the short one was not answered.
	 * @return whether the full one is on its way
	 */
	boolean insist(Probe probe) {
		return probe.takeSecondTry() && this.messenger.ping(probe.target(), probe.data()) == SendResult.SENT;
	}

	/** Answers a probe, with what its source needs to know if the views differ. */
	void answer(Message.ShortPing ping) {
		MemberUri source = ping.sender();
		Long digest = this.peers.digest();
		if (source == null || digest == null) {
			this.environment.observer().dropped((source == null) ? DropReason.INCOMPLETE : DropReason.UNKNOWN_TYPE);
			return;
		}
		this.agreement.heard(source, ping.digest());
		this.messenger.send(source, (events) -> new Message.ShortAck(this.table.selfUri(), ping.sequence(), digest,
				this.environment.nowMicros(), events), !this.agreement.isMine(ping.digest()));
	}

}
