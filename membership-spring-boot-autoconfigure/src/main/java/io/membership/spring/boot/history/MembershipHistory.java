package io.membership.spring.boot.history;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

import io.membership.Member;
import io.membership.MemberRemovedEvent;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.Membership;
import io.membership.MembershipEvent;
import io.membership.MembershipListener;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Remembers the last changes of the status of members, and why they happened. Changes of
 * payloads are not among them: they would push out what matters. Thread-safe.
 */
public final class MembershipHistory implements MembershipListener {

	private final int size;

	private final Clock clock;

	private final Deque<MembershipChange> changes = new ArrayDeque<>();

	private long lastId;

	/**
	 * Creates a history without changes, which grows with each event that it is told of.
	 * @param size how many changes to remember, at least 1; older ones are forgotten
	 * @param clock what tells when a change happens
	 * @see Membership#subscribe
	 */
	public MembershipHistory(int size, Clock clock) {
		Assert.isTrue(size >= 1, "size must be at least 1");
		this.size = size;
		this.clock = clock;
	}

	@Override
	public void onEvent(MembershipEvent event) {
		if (event instanceof MemberStatusChangedEvent change) {
			add(change, change.previous(), change.status());
		}
		else if (event instanceof MemberRemovedEvent removal) {
			add(removal, removal.member().status(), null);
		}
	}

	private synchronized void add(MembershipEvent event, @Nullable MemberStatus from, @Nullable MemberStatus to) {
		if (this.changes.size() == this.size) {
			this.changes.removeFirst();
		}
		Member member = event.member();
		this.lastId++;
		this.changes.addLast(new MembershipChange(this.lastId, this.clock.instant(), member.uri(), from, to,
				member.incarnation(), event.evidence()));
	}

	/**
	 * Returns the changes that are remembered.
	 * @return an immutable list, the oldest change first
	 */
	public List<MembershipChange> changes() {
		return changes((change) -> true);
	}

	/**
	 * Returns those of the changes that are remembered that match.
	 * @param filter what to look for; not to call this history
	 * @return an immutable list, the oldest change first
	 */
	public synchronized List<MembershipChange> changes(Predicate<MembershipChange> filter) {
		return this.changes.stream().filter(filter).toList();
	}

	/**
	 * Returns the number of the last change.
	 * @return its id, or 0 if there was none since the process started
	 */
	public synchronized long lastId() {
		return this.lastId;
	}

	/**
	 * Returns how many changes are remembered at most.
	 * @return at least 1
	 */
	public int size() {
		return this.size;
	}

}
