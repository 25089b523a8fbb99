package io.membership.test;

import io.membership.MembershipEvent;

/**
 * Hears what every member tells its application.
 */
@FunctionalInterface
public interface EventListener {

	/**
	 * A member's view changed.
	 * @param observer the member whose view it is
	 * @param event what changed
	 */
	void onEvent(int observer, MembershipEvent event);

}
