package io.membership;

import org.jspecify.annotations.Nullable;

/**
 * A member appeared, or its status changed.
 *
 * @param member the member after the change
 * @param previous the status before, or {@code null} if the member is new
 * @param evidence why this node believes so
 */
public record MemberStatusChangedEvent(Member member, @Nullable MemberStatus previous,
		Evidence evidence) implements MembershipEvent {

	/**
	 * Returns the status after the change.
	 * @return the member's status
	 */
	public MemberStatus status() {
		return this.member.status();
	}

}
