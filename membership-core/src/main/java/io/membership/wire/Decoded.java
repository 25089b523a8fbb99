package io.membership.wire;

import io.membership.DropReason;
import io.membership.MemberUri;
import io.membership.swim.Message;
import org.jspecify.annotations.Nullable;

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
	 * @param reason why not
	 * @param sender who sent it, if that is known beyond doubt, or {@code null}
	 */
	record Dropped(DropReason reason, @Nullable MemberUri sender) implements Decoded {

		/**
		 * Creates the end of a datagram from nobody in particular.
		 * @param reason why it is no message
		 */
		public Dropped(DropReason reason) {
			this(reason, null);
		}

		/**
		 * Tells whether it may be a message all the same, of a member with another key.
		 * @return whether nothing is known of it
		 */
		public boolean isUnreadable() {
			return switch (this.reason) {
				case OVERSIZED, UNDECRYPTABLE, MALFORMED, NOT_A_MESSAGE -> true;
				default -> false;
			};
		}

	}

}
