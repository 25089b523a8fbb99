package io.membership;

/**
 * Something changed in this node's view of the mesh. Events of one member arrive in the
 * order in which the changes happened; {@link Membership#members()} already shows a
 * change when its event is delivered.
 */
public sealed interface MembershipEvent
		permits MemberStatusChangedEvent, MemberPayloadChangedEvent, MemberIncarnationChangedEvent, MemberRemovedEvent {

	/**
	 * Returns the member that the event is about.
	 * @return the member as it was known right after the change
	 */
	Member member();

	/**
	 * Returns why the view changed.
	 * @return who said so, and how
	 */
	Evidence evidence();

}
