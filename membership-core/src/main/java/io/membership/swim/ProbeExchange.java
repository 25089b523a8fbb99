package io.membership.swim;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.membership.DropReason;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import io.membership.ProbeResult;
import org.jspecify.annotations.Nullable;

/**
 * PINGs and ACKs: a PING to this node is answered, an ACK for it ends a probe, and all
 * others are passed on. Also the probes that the application asks for.
 */
final class ProbeExchange {

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Messenger messenger;

	private final Probes probes;

	private final LocalHealth health;

	private final Peers peers;

	private final Agreement agreement;

	private final Reconciliation reconciliation;

	private final Forwarding forwarding;

	private final NegativeAcks negativeAcks;

	ProbeExchange(Environment environment, Supplier<MembershipOptions> options, MemberTable table, Messenger messenger,
			Probes probes, LocalHealth health, Peers peers, Agreement agreement, Reconciliation reconciliation,
			Deadlines deadlines) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.messenger = messenger;
		this.probes = probes;
		this.health = health;
		this.peers = peers;
		this.agreement = agreement;
		this.reconciliation = reconciliation;
		this.forwarding = new Forwarding(environment, options, table, messenger);
		this.negativeAcks = new NegativeAcks(options, messenger, peers, deadlines,
				new RefusalProbe(options, table, messenger));
	}

	void stop() {
		this.negativeAcks.stop();
	}

	void receive(Message.Ping ping) {
		if (ping.data().target() == null || ping.sender() == null) {
			this.environment.observer().dropped(DropReason.INCOMPLETE);
		}
		else if (this.table.isSelf(ping.data().target())) {
			Long digest = Introduction.digestOf(this.peers.heardSource(ping.data()));
			if (digest != null && ping.data().source() != null) {
				this.agreement.heard(ping.data().source(), digest);
			}
			this.messenger.ack(ping.sender(), this.peers.answer(ping.data()));
		}
		else if (this.forwarding.pass(ping)) {
			this.negativeAcks.passedOn(ping);
		}
	}

	void receive(Message.Ack ack) {
		if (ack.data().source() == null) {
			this.environment.observer().dropped(DropReason.INCOMPLETE);
		}
		else if (this.table.isSelf(ack.data().source())) {
			receiveAnswer(ack.data());
		}
		else {
			this.forwarding.pass(ack);
			this.negativeAcks.answered(ack.data());
		}
	}

	private void receiveAnswer(ProbeData data) {
		Probe probe = this.probes.answeredBy(data);
		if (probe != null) {
			end(probe, data, Introduction.digestOf(this.peers.heardTarget(data)));
		}
	}

	/** Takes in an answer in the short form. */
	void receive(Message.ShortAck ack) {
		Probe probe = this.probes.answeredBy(ack.sender(), ack.sequence());
		if (probe != null) {
			end(probe, (ack.answeredAt() > 0) ? probe.data().answered(ack.answeredAt()) : probe.data(), ack.digest());
		}
	}

	private void end(Probe probe, ProbeData answer, @Nullable Long digest) {
		Duration roundTrip = probe.roundTrip(this.environment.nanoTime());
		this.table.heardFrom(probe.target(), answer.clockDelta(this.environment.nowMicros()), roundTrip);
		if (roundTrip != null) {
			this.environment.confirmAddress(probe.target(), roundTrip);
		}
		if (!probe.isRequested() && !this.table.isSelf(probe.target())) {
			this.health.better();
		}
		this.probes.conclude(probe, true, SendResult.SENT);
		if (digest != null) {
			this.reconciliation.heard(probe.target(), digest);
		}
	}

	void probe(MemberUri uri, Consumer<ProbeResult> whenDone) {
		Probe probe = this.probes.begin(this.table.selfUri(), uri,
				(conclusion) -> whenDone.accept(conclusion.toResult()));
		SendResult sent = this.messenger.ping(uri, probe.data());
		if (sent == SendResult.SENT) {
			this.environment.schedule(this.options.get().ackTimeout(), () -> this.probes.conclude(probe, false, sent));
		}
		else {
			this.probes.conclude(probe, false, sent);
		}
	}

	/**
	 * Pings, in its own name and with itself as the target, whoever listens on a port.
	 */
	int broadcast(int port) {
		MemberUri self = this.table.selfUri();
		int networks = 0;
		for (MemberUri address : this.environment.broadcastAddresses(port)) {
			if (this.messenger.ping(address, this.probes.stamp(self, self)) == SendResult.SENT) {
				networks++;
			}
		}
		return networks;
	}

}
