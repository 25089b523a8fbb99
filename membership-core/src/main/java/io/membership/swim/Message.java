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
	 * The short form of a probe of its recipient by its sender. Only for those who
	 * announced that they understand it; never passed on.
	 *
	 * @param sender who probes
	 * @param sequence tells which probe the answer belongs to, 0 to 2<sup>32</sup>−1
	 * @param digest the sender's view in one number
	 * @param events the rumors that ride along
	 */
	record ShortPing(@Nullable MemberUri sender, long sequence, long digest, List<Rumor> events) implements Message {

		@Override
		public MessageType type() {
			return MessageType.PING;
		}

	}

	/**
	 * The short form of an answer to a {@link ShortPing}.
	 *
	 * @param sender who answers
	 * @param sequence which probe it answers
	 * @param digest the sender's view in one number
	 * @param answeredAt the time by the sender's clock, in microseconds since the epoch
	 * @param events the rumors that ride along
	 */
	record ShortAck(@Nullable MemberUri sender, long sequence, long digest, long answeredAt,
			List<Rumor> events) implements Message {

		@Override
		public MessageType type() {
			return MessageType.ACK;
		}

	}

	/**
	 * A helper's word to {@code data.source} that it, too, hears nothing from
	 * {@code data.target} (Lifeguard §IV.A).
	 *
	 * @param sender the helper
	 * @param data the data of the probe that the helper was asked for
	 * @param refused whether nothing listens at the target's address
	 * @param events the rumors that ride along
	 */
	record Nack(@Nullable MemberUri sender, ProbeData data, boolean refused, List<Rumor> events) implements Message {

		@Override
		public MessageType type() {
			return MessageType.NACK;
		}

	}

	/**
	 * Nothing but rumors, from one who goes on to be a member.
	 *
	 * @param sender who sent it
	 * @param events the rumors
	 */
	record Gossip(@Nullable MemberUri sender, List<Rumor> events) implements Message {

		@Override
		public MessageType type() {
			return MessageType.GOSSIP;
		}

	}

	/**
	 * The sender's view, summed up: the range of all URI hashes is divided into equal
	 * parts, each with the digest of the members in it.
	 *
	 * @param sender who sent it
	 * @param digests one digest for each part, their number a power of two
	 * @param events the rumors that ride along
	 */
	record SyncDigests(@Nullable MemberUri sender, List<Long> digests, List<Rumor> events) implements Message {

		@Override
		public MessageType type() {
			return MessageType.SYNC_DIGESTS;
		}

	}

	/**
	 * What the sender knows of the members whose URI hashes are in a range.
	 *
	 * @param sender who sent it
	 * @param from the lowest hash of the range, unsigned
	 * @param to the highest hash of the range, unsigned
	 * @param complete whether the entries are all that the sender knows in this range, so
	 * that the recipient shall answer with what it knows better
	 * @param entries what the sender knows
	 * @param events the rumors that ride along
	 */
	record SyncRange(@Nullable MemberUri sender, long from, long to, boolean complete, List<Rumor> entries,
			List<Rumor> events) implements Message {

		@Override
		public MessageType type() {
			return MessageType.SYNC_RANGE;
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
