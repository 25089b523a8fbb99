package io.membership.swim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.membership.DropReason;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * Sends PINGs and ACKs, each with as many rumors as the datagram holds: first what this
 * node thinks of the recipient, so that it can refute; then this node itself; then what
 * is pending; then any other members (reference: {@code send_message}).
 */
final class Messenger {

	/** How many rumors may be too large before the datagram counts as full. */
	private static final int MISFITS = 4;

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Dissemination dissemination;

	private final Peers peers;

	Messenger(Environment environment, Supplier<MembershipOptions> options, MemberTable table,
			Dissemination dissemination, Peers peers) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.dissemination = dissemination;
		this.peers = peers;
	}

	SendResult ping(MemberUri to, ProbeData data) {
		return send(to, (events) -> new Message.Ping(self(), data, events), true, needsFiller(to));
	}

	SendResult ack(MemberUri to, ProbeData data) {
		return send(to, (events) -> new Message.Ack(self(), data, events), true, needsFiller(to));
	}

	SendResult forwardPing(MemberUri to, ProbeData data) {
		return send(to, (events) -> new Message.Ping(self(), data, events), true, false);
	}

	SendResult forwardAck(MemberUri to, ProbeData data) {
		return send(to, (events) -> new Message.Ack(self(), data, events), true, false);
	}

	/**
	 * Sends a PING once more, to find out whether it is refused. It carries no more than
	 * the recipient needs to answer and to refute.
	 */
	void repeatPing(MemberUri to, ProbeData data, Runnable onRefused) {
		Function<List<Rumor>, Message> message = (events) -> new Message.Ping(self(), data, events);
		Draft draft = draft(message, this.dissemination::copyOf);
		addOpinionOf(to, true, draft);
		addMyself(true, draft);
		this.environment.probeRefusal(to, message.apply(draft.events()), onRefused);
	}

	SendResult nack(MemberUri to, ProbeData data, boolean refused) {
		return send(to, (events) -> new Message.Nack(self(), data, refused, events), true, false);
	}

	private MemberUri self() {
		return this.table.selfUri();
	}

	/**
	 * Sends pending rumors, first the one that the recipient can refute, and nothing
	 * else. Those that do not even fit such a datagram never will.
	 */
	void gossip(MemberUri to, Function<List<Rumor>, Message> message) {
		Draft draft = draft(message, Dissemination::lastCopyOf);
		draft.addCopyOf(this.dissemination.about(to));
		List<PendingRumor> misfits = addPending(draft);
		if (!draft.events().isEmpty()) {
			misfits.forEach(this.dissemination::postpone);
			deliver(to, message, draft);
			return;
		}
		for (PendingRumor misfit : misfits) {
			this.dissemination.forget(misfit);
			this.environment.observer().dropped(DropReason.TOO_LARGE);
		}
	}

	/** Who can compare views learns what it does not know when they differ. */
	private boolean needsFiller(MemberUri recipient) {
		return !this.peers.can(recipient, Ability.VIEW_DIGEST);
	}

	/**
	 * Sends a message of any other type.
	 * @param introduced whether the recipient shall hear of itself and of this node, even
	 * if there is nothing new
	 */
	SendResult send(MemberUri to, Function<List<Rumor>, Message> message, boolean introduced) {
		return send(to, message, introduced, false);
	}

	private SendResult send(MemberUri to, Function<List<Rumor>, Message> message, boolean introduced, boolean fill) {
		Draft draft = draft(message, this.dissemination::copyOf);
		addOpinionOf(to, introduced, draft);
		addMyself(introduced, draft);
		if (!isWasted(to)) {
			addPending(draft).forEach(this.dissemination::postpone);
		}
		if (fill) {
			addFiller(draft);
		}
		return deliver(to, message, draft);
	}

	private Draft draft(Function<List<Rumor>, Message> message, UnaryOperator<Rumor> copying) {
		return new Draft(this.environment.format(), message.apply(List.of()), this.options.get(), copying);
	}

	private SendResult deliver(MemberUri to, Function<List<Rumor>, Message> message, Draft draft) {
		SendResult result = this.environment.send(to, message.apply(draft.events()));
		if (result == SendResult.SENT && !isWasted(to)) {
			this.dissemination.sent(draft.copied);
		}
		return result;
	}

	/** What this node tells itself counts for the reference only. */
	private boolean isWasted(MemberUri to) {
		return this.table.isSelf(to) && this.dissemination.isEven();
	}

	private void addOpinionOf(MemberUri recipient, boolean always, Draft draft) {
		PendingRumor pending = this.dissemination.about(recipient);
		Rumor known = this.table.opinionOf(recipient);
		if (known != null && !draft.addCopyOf(pending) && (always || !known.isAlive())) {
			draft.add(known.withoutPayload());
		}
	}

	private void addMyself(boolean always, Draft draft) {
		Rumor self = this.table.self();
		PendingRumor pending = this.dissemination.about(self.uri());
		if (draft.holds(self.uri()) || draft.addCopyOf(pending) || (!always && self.isAlive())) {
			return;
		}
		if (!draft.add(self)) {
			draft.add(self.withoutPayload());
		}
	}

	/** Returns those that were too large, if it was worth trying. */
	private List<PendingRumor> addPending(Draft draft) {
		List<PendingRumor> misfits = new ArrayList<>();
		for (PendingRumor pending : this.dissemination.pending()) {
			if (!draft.holds(pending.rumor().uri()) && !draft.addCopyOf(pending)) {
				misfits.add(pending);
				if (misfits.size() == MISFITS) {
					break;
				}
			}
		}
		return misfits;
	}

	private void addFiller(Draft draft) {
		int misfits = 0;
		Sample<Rumor> members = this.table.sample();
		while (members.hasNext() && misfits < MISFITS) {
			Rumor known = members.next();
			if (!draft.holds(known.uri()) && !draft.append(known)) {
				misfits++;
			}
		}
	}

	/** A datagram that is being filled. No member is in it twice. */
	private static final class Draft {

		private final WireFormat format;

		private final int capacity;

		private final UnaryOperator<Rumor> copying;

		private final List<Rumor> events = new ArrayList<>();

		private final List<PendingRumor> copied = new ArrayList<>();

		private final Set<MemberUri> uris = new HashSet<>();

		private int size;

		/** What of this tells the number of rumors. */
		private int headerSize;

		Draft(WireFormat format, Message empty, MembershipOptions options, UnaryOperator<Rumor> copying) {
			this.format = format;
			this.capacity = format.capacity(options.maxPacketSize());
			this.size = format.sizeOf(empty);
			this.headerSize = format.sizeOfArrayHeader(0);
			this.copying = copying;
		}

		boolean holds(MemberUri uri) {
			return this.uris.contains(uri);
		}

		/** Adds a copy of a pending rumor, if there is one and it fits. */
		boolean addCopyOf(@Nullable PendingRumor pending) {
			if (pending == null) {
				return false;
			}
			boolean added = add(this.copying.apply(pending.rumor()));
			if (added) {
				this.copied.add(pending);
			}
			return added;
		}

		/** Adds a rumor about somebody else if it fits. */
		boolean add(Rumor rumor) {
			boolean added = append(rumor);
			if (added) {
				this.uris.add(rumor.uri());
			}
			return added;
		}

		/** Adds a rumor if it fits, about whom no other one will be offered. */
		boolean append(Rumor rumor) {
			int header = this.format.sizeOfArrayHeader(this.events.size() + 1);
			int grown = this.size - this.headerSize + header + this.format.sizeOfEvent(rumor);
			if (grown > this.capacity) {
				return false;
			}
			this.size = grown;
			this.headerSize = header;
			this.events.add(rumor);
			return true;
		}

		List<Rumor> events() {
			return this.events;
		}

	}

}
