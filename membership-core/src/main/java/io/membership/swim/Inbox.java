package io.membership.swim;

import io.membership.DropReason;
import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import io.membership.MemberUri;

/**
 * Hands each message to the part of the protocol that it concerns. Its rumors count
 * first, whatever it is, so that the answer already knows of them.
 */
final class Inbox {

	private final Environment environment;

	private final MemberTable table;

	private final Gossip gossip;

	private final Peers peers;

	private final FailureDetector detector;

	private final ProbeExchange exchange;

	private final ShortForm shortForm;

	private final AntiEntropy antiEntropy;

	private final RangeExchange ranges;

	private final DuplicateUri duplicate;

	private final Awakening awakening;

	Inbox(Environment environment, MemberTable table, Gossip gossip, Peers peers, FailureDetector detector,
			ProbeExchange exchange, ShortForm shortForm, AntiEntropy antiEntropy, RangeExchange ranges,
			DuplicateUri duplicate, Awakening awakening) {
		this.environment = environment;
		this.table = table;
		this.gossip = gossip;
		this.peers = peers;
		this.detector = detector;
		this.exchange = exchange;
		this.shortForm = shortForm;
		this.antiEntropy = antiEntropy;
		this.ranges = ranges;
		this.duplicate = duplicate;
		this.awakening = awakening;
	}

	/** A dead member that sends what cannot be read lives, with another key. */
	void receiveUnreadable(MemberUri uri) {
		Rumor known = this.table.get(uri);
		this.table.gone().heardFrom(uri, this.environment.nanoTime());
		if (known != null) {
			this.table.unreadable().heardFrom(uri, this.environment.nanoTime());
		}
		if (known != null && known.status() == MemberStatus.DEAD) {
			this.gossip.start(uri, MemberStatus.NON_DECRYPTABLE, known.incarnation(), null,
					Evidence.own(Cause.UNREADABLE_DATAGRAM));
		}
	}

	void receive(Message message) {
		this.awakening.check();
		if (this.peers.isForeign(message)) {
			this.environment.foreign(message.sender());
			return;
		}
		this.duplicate.hear(message);
		Evidence evidence = Evidence.reported(Cause.RUMOR, message.sender());
		for (Rumor rumor : message.events()) {
			this.gossip.hear(rumor,
					isGoodbye(rumor, message) ? Evidence.reported(Cause.LEAVE, message.sender()) : evidence);
		}
		if (!receiveReference(message) && !receiveExtended(message)) {
			this.environment.observer().dropped(DropReason.UNKNOWN_TYPE);
		}
	}

	/** A goodbye is said in the name of who left; all else in a LEAVE is gossip. */
	private static boolean isGoodbye(Rumor rumor, Message message) {
		return message instanceof Message.Leave && rumor.status() == MemberStatus.LEFT
				&& rumor.uri().equals(message.sender());
	}

	/** Takes in a message that the reference knows; returns whether it is one. */
	private boolean receiveReference(Message message) {
		if (message instanceof Message.Ping ping) {
			this.exchange.receive(ping);
		}
		else if (message instanceof Message.Ack ack) {
			this.exchange.receive(ack);
		}
		else if (message instanceof Message.SyncRequest request) {
			this.antiEntropy.answer(request);
		}
		else if (message instanceof Message.SyncAck answer) {
			this.antiEntropy.receive(answer);
		}
		else {
			return message instanceof Message.Leave;
		}
		return true;
	}

	/** Takes in a message of an extension; returns whether this node uses it. */
	private boolean receiveExtended(Message message) {
		if (message instanceof Message.Gossip) {
			return this.peers.has(Ability.GOSSIP);
		}
		if (message instanceof Message.Nack nack) {
			boolean understood = this.peers.has(Ability.NEGATIVE_ACKS);
			if (understood) {
				this.detector.receive(nack);
			}
			return understood;
		}
		return this.peers.has(Ability.VIEW_DIGEST) && receiveComparing(message);
	}

	private boolean receiveComparing(Message message) {
		if (message instanceof Message.ShortPing ping) {
			this.shortForm.answer(ping);
		}
		else if (message instanceof Message.ShortAck ack) {
			this.exchange.receive(ack);
		}
		else if (message instanceof Message.SyncDigests digests) {
			this.ranges.answer(digests);
		}
		else if (message instanceof Message.SyncRange range) {
			this.ranges.receive(range);
		}
		else {
			return false;
		}
		return true;
	}

}
