package io.membership.swim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

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

	private MemberUri self() {
		return this.table.selfUri();
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
		Draft draft = new Draft(this.environment.format(), message.apply(List.of()), this.options.get());
		addOpinionOf(to, introduced, draft);
		addMyself(introduced, draft);
		addPending(draft);
		if (fill) {
			addFiller(draft);
		}
		SendResult result = this.environment.send(to, message.apply(draft.events()));
		if (result == SendResult.SENT) {
			draft.copies.forEach(this.dissemination::sent);
		}
		return result;
	}

	private void addOpinionOf(MemberUri recipient, boolean always, Draft draft) {
		Rumor pending = this.dissemination.about(recipient);
		Rumor known = this.table.get(recipient);
		if (known != null && !draft.addCopyOf(pending) && (always || !known.isAlive())) {
			draft.add(known.withoutPayload());
		}
	}

	private void addMyself(boolean always, Draft draft) {
		Rumor self = this.table.self();
		Rumor pending = this.dissemination.about(self.uri());
		if (draft.holds(self.uri()) || draft.addCopyOf(pending) || (!always && self.isAlive())) {
			return;
		}
		if (!draft.add(self)) {
			draft.add(self.withoutPayload());
		}
	}

	private void addPending(Draft draft) {
		List<Rumor> misfits = new ArrayList<>();
		for (Rumor rumor : this.dissemination.pending()) {
			if (!draft.holds(rumor.uri()) && !draft.addCopyOf(rumor)) {
				misfits.add(rumor);
				if (misfits.size() == MISFITS) {
					break;
				}
			}
		}
		misfits.forEach(this.dissemination::postpone);
	}

	private void addFiller(Draft draft) {
		int misfits = 0;
		Sample<Rumor> members = this.table.sample();
		while (members.hasNext() && misfits < MISFITS) {
			Rumor known = members.next();
			if (!draft.holds(known.uri()) && !draft.add(known)) {
				misfits++;
			}
		}
	}

	/** A datagram that is being filled. No member is in it twice. */
	private static final class Draft {

		private final WireFormat format;

		private final int capacity;

		private final List<Rumor> events = new ArrayList<>();

		private final List<Rumor> copies = new ArrayList<>();

		private final Set<MemberUri> uris = new HashSet<>();

		private int size;

		Draft(WireFormat format, Message empty, MembershipOptions options) {
			this.format = format;
			this.capacity = format.capacity(options.maxPacketSize());
			this.size = format.sizeOf(empty);
		}

		boolean holds(MemberUri uri) {
			return this.uris.contains(uri);
		}

		/** Adds a copy of a pending rumor, if there is one and it fits. */
		boolean addCopyOf(@Nullable Rumor pending) {
			if (pending == null) {
				return false;
			}
			Rumor copy = Dissemination.copyOf(pending);
			boolean added = add(copy);
			if (added) {
				this.copies.add(copy);
			}
			return added;
		}

		/** Adds a rumor if it fits. */
		boolean add(Rumor rumor) {
			if (holds(rumor.uri())) {
				return false;
			}
			int count = this.events.size();
			int grown = this.size + this.format.sizeOfEvent(rumor) + this.format.sizeOfArrayHeader(count + 1)
					- this.format.sizeOfArrayHeader(count);
			if (grown > this.capacity) {
				return false;
			}
			this.size = grown;
			this.events.add(rumor);
			this.uris.add(rumor.uri());
			return true;
		}

		List<Rumor> events() {
			return this.events;
		}

	}

}
