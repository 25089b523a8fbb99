package io.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * All that happened to one member while the listeners lagged behind, as if it had
 * happened at once: from the state before the first event to the state after the last.
 */
final class MergedChange {

	/** The member before the first event, or {@code null} if it was new. */
	private @Nullable Member before;

	private final MembershipEvent first;

	private MembershipEvent last;

	MergedChange(MembershipEvent first) {
		this.before = memberBefore(first);
		this.first = first;
		this.last = first;
	}

	private static @Nullable Member memberBefore(MembershipEvent event) {
		Member after = event.member();
		if (event instanceof MemberStatusChangedEvent change) {
			return (change.previous() != null) ? copy(after, change.previous(), after.incarnation()) : null;
		}
		if (event instanceof MemberIncarnationChangedEvent change) {
			return copy(after, after.status(), change.previous());
		}
		if (event instanceof MemberPayloadChangedEvent change) {
			return withPayload(after, change.previous());
		}
		return after;
	}

	private static Member copy(Member member, MemberStatus status, long incarnation) {
		return new Member(member.uri(), status, incarnation, member.payload(), member.timestamp(), member.clockDelta(),
				member.roundTripTime(), member.evidence());
	}

	private static Member withPayload(Member member, Map<String, @Nullable Object> payload) {
		return new Member(member.uri(), member.status(), member.incarnation(), payload, member.timestamp(),
				member.clockDelta(), member.roundTripTime(), member.evidence());
	}

	/**
	 * Adds the next event. A change of status and payload at once is two events with the
	 * same member, and only the second one tells the payload before.
	 */
	void add(MembershipEvent event) {
		this.last = event;
		if (this.before != null && event instanceof MemberPayloadChangedEvent change
				&& event.member().equals(this.first.member())) {
			this.before = withPayload(this.before, change.previous());
		}
	}

	/** Returns what to tell the listeners; nothing if all is as it was. */
	List<MembershipEvent> events() {
		Member after = this.last.member();
		Evidence evidence = this.last.evidence();
		if (this.last instanceof MemberRemovedEvent) {
			return (this.before != null) ? List.of(this.last) : List.of();
		}
		if (this.before == null) {
			return List.of(new MemberStatusChangedEvent(after, null, evidence));
		}
		List<MembershipEvent> events = new ArrayList<>();
		if (after.status() != this.before.status()) {
			events.add(new MemberStatusChangedEvent(after, this.before.status(), evidence));
		}
		if (!after.payload().equals(this.before.payload())) {
			events.add(new MemberPayloadChangedEvent(after, this.before.payload(), evidence));
		}
		if (events.isEmpty() && after.incarnation() != this.before.incarnation()) {
			events.add(new MemberIncarnationChangedEvent(after, this.before.incarnation(), evidence));
		}
		return events;
	}

}
