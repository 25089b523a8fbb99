package io.membership;

/**
 * Receives the changes of a node's view, one at a time, on the node's dispatcher thread.
 * A slow listener delays the other listeners, never the protocol. A listener may call any
 * method of {@link Membership}. One that throws is logged and counted, and the others are
 * called all the same.
 */
@FunctionalInterface
public interface MembershipListener {

	/**
	 * Called for each change.
	 * @param event the change
	 */
	void onEvent(MembershipEvent event);

}
