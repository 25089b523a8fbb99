package io.membership.swim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * The exchange of full state with a random alive member, this node included (reference:
 * {@code anti_entropy_step}): one datagram of what this node knows, answered by one
 * datagram of what the other knows better. Members that compare views do so only with
 * those that do not; among themselves they exchange what differs ({@link RangeExchange}).
 */
final class AntiEntropy {

	/**
	 * How many are drawn in search of one that does not compare views. One of few is not
	 * asked much more often than in a mesh of its likes.
	 */
	private static final int DRAWS = 4;

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Gossip gossip;

	private final Peers peers;

	private boolean waiting;

	private @Nullable Cancellable next;

	AntiEntropy(Environment environment, Supplier<MembershipOptions> options, MemberTable table, Gossip gossip,
			Peers peers) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.gossip = gossip;
		this.peers = peers;
	}

	/** Asks a random member now, and goes on from there. */
	void begin() {
		stop();
		try {
			this.waiting = askSomebody();
		}
		finally {
			this.next = this.waiting ? this.environment.schedule(this.options.get().protocolPeriod(), this::unanswered)
					: this.environment.schedule(this.options.get().antiEntropyPeriod(), this::begin);
		}
	}

	void stop() {
		this.waiting = false;
		if (this.next != null) {
			this.next.cancel();
		}
	}

	private void unanswered() {
		this.waiting = false;
		this.next = this.environment.schedule(this.options.get().protocolPeriod(), this::begin);
	}

	/** Returns whether there is anybody to ask, reachable or not. */
	private boolean askSomebody() {
		boolean comparing = this.peers.has(Ability.VIEW_DIGEST);
		Sample<Rumor> members = this.table.sample();
		for (int drawn = 0; members.hasNext() && !(comparing && drawn == DRAWS); drawn++) {
			Rumor member = members.next();
			if (member.isAlive() && !(comparing && compares(member.uri()))) {
				ask(member.uri());
				return true;
			}
		}
		return !comparing;
	}

	private boolean compares(MemberUri member) {
		return this.table.isSelf(member) || this.peers.can(member, Ability.VIEW_DIGEST);
	}

	private void ask(MemberUri member) {
		send(member, (entries) -> new Message.SyncRequest(self(), entries, List.of()), (known) -> true);
	}

	/** Answers with what this node knows better. */
	void answer(Message.SyncRequest request) {
		adopt(request.sender(), request.entries());
		if (request.sender() != null) {
			Map<MemberUri, Rumor> theirs = new HashMap<>();
			request.entries().forEach((entry) -> theirs.put(entry.uri(), entry));
			send(request.sender(), (entries) -> new Message.SyncAck(self(), entries, List.of()),
					(known) -> known.isNewsTo(theirs.get(known.uri())));
		}
	}

	/** Takes in an answer, asked for or not. */
	void receive(Message.SyncAck answer) {
		adopt(answer.sender(), answer.entries());
		if (this.waiting) {
			stop();
			this.next = this.environment.schedule(this.options.get().antiEntropyPeriod(), this::begin);
		}
	}

	private void adopt(@Nullable MemberUri sender, List<Rumor> entries) {
		for (Rumor entry : entries) {
			this.gossip.hearKnown(entry, Evidence.reported(Cause.SYNC, sender));
		}
	}

	private MemberUri self() {
		return this.table.selfUri();
	}

	private void send(MemberUri to, Function<List<Rumor>, Message> message, Predicate<Rumor> condition) {
		WireFormat format = this.environment.format();
		int capacity = format.capacity(this.options.get().maxPacketSize());
		int size = format.sizeOf(message.apply(List.of()));
		List<Rumor> entries = new ArrayList<>();
		Sample<Rumor> members = this.table.sample();
		while (members.hasNext()) {
			Rumor entry = members.next();
			if (!condition.test(entry)) {
				continue;
			}
			int grown = size + format.sizeOfEntry(entry) + format.sizeOfArrayHeader(entries.size() + 1)
					- format.sizeOfArrayHeader(entries.size());
			if (grown > capacity) {
				break;
			}
			size = grown;
			entries.add(entry);
		}
		this.environment.send(to, message.apply(entries));
	}

}
