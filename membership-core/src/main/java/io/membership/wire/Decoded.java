package io.membership.wire;

import io.membership.DropReason;
import io.membership.swim.Message;

/**
 * What came of a datagram: any byte string gives one of the two.
 */
public sealed interface Decoded {

	/**
	 * The datagram is a message.
	 *
	 * @param message what it says
	 * @param badEvents how many of its events and entries were skipped, each a
	 * {@link DropReason#BAD_EVENT}
	 */
	record Understood(Message message, int badEvents) implements Decoded {

	}

	/**
	 * The datagram is no message.
	 *
	 * @param reason {@link DropReason#UNDECRYPTABLE}, {@link DropReason#MALFORMED} or
	 * {@link DropReason#NOT_A_MESSAGE}
	 */
	record Dropped(DropReason reason) implements Decoded {

	}

}
