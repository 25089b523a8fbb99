package io.membership;

/**
 * A member is no longer in this node's view.
 *
 * @param member the member as it was last known
 * @param evidence why it was removed
 */
public record MemberRemovedEvent(Member member, Evidence evidence) implements MembershipEvent {

}
