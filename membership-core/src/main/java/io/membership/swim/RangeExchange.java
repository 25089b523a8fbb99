package io.membership.swim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.membership.DropReason;
import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * The exchange of what differs between two views: one side sums up the parts of its view,
 * the other tells all that it knows in those that differ, and the first tells what it
 * knows better.
 */
final class RangeExchange {

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Gossip gossip;

	private final SelfDescription self;

	private final Reconciliation reconciliation;

	private final PacedMail mail;

	private @Nullable Long reassertedNanos;

	RangeExchange(Environment environment, Supplier<MembershipOptions> options, MemberTable table, Gossip gossip,
			SelfDescription self, Reconciliation reconciliation) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.gossip = gossip;
		this.self = self;
		this.reconciliation = reconciliation;
		this.mail = new PacedMail(environment);
	}

	void stop() {
		this.mail.stop();
		this.reconciliation.stop();
	}

	/**
	 * Tells what this node knows where the views differ. Only members are told, and one
	 * answer at a time, because it is so much larger than the question.
	 */
	void answer(Message.SyncDigests question) {
		MemberUri sender = question.sender();
		if (sender == null || this.table.get(sender) == null) {
			this.environment.observer().dropped(DropReason.INCOMPLETE);
		}
		else if (!this.table.isSelf(sender) && !this.mail.isBusyWith(sender)) {
			HashedView view = HashedView.of(this.table);
			List<Message.SyncRange> answers = new ArrayList<>();
			for (HashedView.Range range : view.differences(question.digests())) {
				answers.addAll(pack(range, true, view.within(range)));
			}
			this.mail.send(sender, answers);
		}
	}

	/** Takes in what somebody knows of a range, and answers with what is known better. */
	void receive(Message.SyncRange range) {
		MemberUri sender = range.sender();
		long before = this.table.digest();
		adopt(range);
		if (sender == null || !this.reconciliation.isWith(sender)) {
			return;
		}
		List<HashedView.Entry> better = range.complete() ? better(range) : List.of();
		this.reconciliation.progressed(this.table.digest() != before || !better.isEmpty());
		if (!better.isEmpty()) {
			this.mail.send(sender, pack(new HashedView.Range(range.from(), range.to()), false, better));
		}
	}

	private void adopt(Message.SyncRange range) {
		for (Rumor entry : range.entries()) {
			this.gossip.hearKnown(entry, Evidence.reported(Cause.SYNC, range.sender()));
			if (this.table.isSelf(entry.uri())) {
				correct(entry);
			}
		}
	}

	/**
	 * Corrects somebody who knows this node in its present incarnation with another
	 * payload: from before a quick restart, or from one who added it by its URI only.
	 * Rumors of the same incarnation are not believed, so it takes a new one; not often,
	 * lest a payload that somebody mistakes causes no end of them.
	 */
	private void correct(Rumor entry) {
		Rumor mine = this.table.self();
		long now = this.environment.nanoTime();
		if (entry.status() == MemberStatus.ALIVE && mine.isAlive() && entry.incarnation() == mine.incarnation()
				&& Payload.hashOf(entry.payload()) != Payload.hashOf(mine.payload()) && (this.reassertedNanos == null
						|| now - this.reassertedNanos >= this.options.get().antiEntropyPeriod().toNanos())) {
			this.reassertedNanos = now;
			this.self.reassert();
		}
	}

	/** Returns what this node knows better than the entries that are all in a range. */
	private List<HashedView.Entry> better(Message.SyncRange range) {
		Map<MemberUri, Rumor> theirs = new HashMap<>();
		range.entries().forEach((entry) -> theirs.put(entry.uri(), entry));
		List<HashedView.Entry> better = new ArrayList<>();
		for (HashedView.Entry entry : this.reconciliation.within(new HashedView.Range(range.from(), range.to()))) {
			Rumor mine = this.table.get(entry.known().uri());
			if (mine != null && mine.isNewsTo(theirs.get(mine.uri()))) {
				better.add(new HashedView.Entry(entry.hash(), mine));
			}
		}
		return better;
	}

	private List<Message.SyncRange> pack(HashedView.Range range, boolean complete, List<HashedView.Entry> entries) {
		return RangePacking.pack(this.environment.format(), this.table.selfUri(), range, complete, entries,
				this.options.get().maxPacketSize());
	}

}
