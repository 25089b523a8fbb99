package io.membership.swim;

import java.util.List;

import io.membership.MemberUri;
import io.membership.MembershipObserver.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * What one datagram says. The sender is its advertised URI, not where the datagram came
 * from; it is {@code null} in a received message whose sender field is not a URI. The
 * events count whatever the message is.
 */
public sealed interface Message {

	/**
	 * Returns who sent the message.
	 * @return its advertised URI
	 */
	@Nullable MemberUri sender();

	/**
	 * Returns the rumors that ride along.
	 * @return an immutable list
	 */
	List<Rumor> events();

	/**
	 * Returns what kind of message this is.
	 * @return the type
	 */
	MessageType type();

	/**
	 * A probe of {@code data.target}, which may be somebody else than the recipient.
	 *
	 * @param sender who sent it
	 * @param data what the target returns
	 * @param events the rumors that ride along
	 */
	record Ping(@Nullable MemberUri sender, ProbeData data, List<Rumor> events) implements Message {

		@Override
		public MessageType type() {
			return MessageType.PING;
		}

	}

	/**
	 * The answer to the probe of {@code data.source}, which may be somebody else than the
	 * recipient.
	 *
	 * @param sender who sent it
	 * @param data the probe's data
	 * @param events the rumors that ride along
	 */
	record Ack(@Nullable MemberUri sender, ProbeData data, List<Rumor> events) implements Message {

		@Override
		public MessageType type() {
			return MessageType.ACK;
		}

	}

	/**
	 * A request for all that the recipient knows better.
	 *
	 * @param sender who sent it
	 * @param entries what the sender knows
	 * @param events the rumors that ride along
	 */
	record SyncRequest(@Nullable MemberUri sender, List<Rumor> entries, List<Rumor> events) implements Message {

		@Override
		public MessageType type() {
			return MessageType.SYNC_REQ;
		}

	}

	/**
	 * The answer to a {@link SyncRequest}.
	 *
	 * @param sender who sent it
	 * @param entries what the sender knows better
	 * @param events the rumors that ride along
	 */
	record SyncAck(@Nullable MemberUri sender, List<Rumor> entries, List<Rumor> events) implements Message {

		@Override
		public MessageType type() {
			return MessageType.SYNC_ACK;
		}

	}

	/**
	 * Nothing but rumors, usually that the sender left.
	 *
	 * @param sender who left, or in whose name somebody says so
	 * @param events the rumors
	 */
	record Leave(@Nullable MemberUri sender, List<Rumor> events) implements Message {

		@Override
		public MessageType type() {
			return MessageType.LEAVE;
		}

	}

	/**
	 * A message of a type that this version does not know; its rumors count.
	 *
	 * @param sender who sent it
	 * @param events the rumors that ride along
	 */
	record Unknown(@Nullable MemberUri sender, List<Rumor> events) implements Message {

		@Override
		public MessageType type() {
			return MessageType.UNKNOWN;
		}

	}

}
