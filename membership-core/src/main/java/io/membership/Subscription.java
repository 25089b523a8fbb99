package io.membership;

import java.util.Map;

/**
 * A listener's tie to a {@link Membership}. Thread-safe.
 */
public interface Subscription extends AutoCloseable {

	/**
	 * Returns the members at the moment of the subscription. The listener receives every
	 * change that came after this snapshot, and none that is in it.
	 * @return an immutable map
	 */
	Map<MemberUri, Member> snapshot();

	/**
	 * Ends the subscription. The listener is not called again, except for a call that is
	 * under way. Closing twice does nothing.
	 */
	@Override
	void close();

}
