package io.membership;

/**
 * A member raised its incarnation and nothing else changed: it restarted quickly, or
 * refuted a rumor that this node never heard.
 *
 * @param member the member after the change
 * @param previous the incarnation before the change
 * @param evidence how the change became known
 */
public record MemberIncarnationChangedEvent(Member member, long previous,
		Evidence evidence) implements MembershipEvent {

}
