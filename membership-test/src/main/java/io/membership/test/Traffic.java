package io.membership.test;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

import io.membership.DropReason;
import io.membership.MembershipObserver.MessageType;

/**
 * What went over the network in some time, and what became of it. Immutable.
 *
 * @param datagrams how many datagrams were sent, by type
 * @param bytes how many bytes were sent, by type, without IP and UDP headers
 * @param rumors how many copies of rumors these datagrams carried, old news and new
 * @param largest the length of the largest datagram since the mesh exists, without
 * headers
 * @param fates how many datagrams met each fate
 * @param dropped how many datagrams and events members refused, by reason
 */
public record Traffic(Map<MessageType, Long> datagrams, Map<MessageType, Long> bytes, long rumors, int largest,
		Map<Fate, Long> fates, Map<DropReason, Long> dropped) {

	/** What becomes of a datagram on its way. */
	public enum Fate {

		/** It was delivered to its recipient, maybe into the receive buffer. */
		DELIVERED,
		/** The link lost it. */
		LOST,
		/** A cut or a partition was in its way. */
		CUT,
		/** It was larger than the link's MTU. */
		TOO_LARGE,
		/** A copy of it was delivered as well. */
		DUPLICATED,
		/** Bits of it were flipped. */
		CORRUPTED,
		/** The recipient's receive buffer was full. */
		OVERFLOWED,
		/** Nobody listened. */
		UNHEARD

	}

	/**
	 * Returns how many datagrams were sent.
	 * @return datagrams of all types
	 */
	public long totalDatagrams() {
		return sum(this.datagrams);
	}

	/**
	 * Returns how many bytes were sent.
	 * @param headerBytes the bytes of headers to count with each datagram,
	 * {@link Link#HEADERS} for those of IPv4 and UDP
	 * @return bytes
	 */
	public long totalBytes(int headerBytes) {
		return sum(this.bytes) + totalDatagrams() * headerBytes;
	}

	/**
	 * Returns how many datagrams met a fate.
	 * @param fate the fate
	 * @return datagrams
	 */
	public long count(Fate fate) {
		return this.fates.getOrDefault(fate, 0L);
	}

	/**
	 * Returns what happened since an earlier moment.
	 * @param earlier what had happened until then
	 * @return the difference; the largest datagram stays that of all time
	 */
	public Traffic since(Traffic earlier) {
		return new Traffic(difference(MessageType.class, this.datagrams, earlier.datagrams),
				difference(MessageType.class, this.bytes, earlier.bytes), this.rumors - earlier.rumors, this.largest,
				difference(Fate.class, this.fates, earlier.fates),
				difference(DropReason.class, this.dropped, earlier.dropped));
	}

	private static long sum(Map<?, Long> counts) {
		return counts.values().stream().mapToLong(Long::longValue).sum();
	}

	private static <E extends Enum<E>> Map<E, Long> difference(Class<E> type, Map<E, Long> now, Map<E, Long> before) {
		Map<E, Long> difference = new EnumMap<>(type);
		now.forEach((key, count) -> difference.put(key, count - before.getOrDefault(key, 0L)));
		return Collections.unmodifiableMap(difference);
	}

}
