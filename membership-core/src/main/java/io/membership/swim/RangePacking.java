package io.membership.swim;

import java.util.ArrayList;
import java.util.List;

import io.membership.MemberUri;

/**
 * Divides what there is to say of a range of members into datagrams. Each is complete for
 * a range of its own, and so is useful whatever becomes of the others.
 */
final class RangePacking {

	private final WireFormat format;

	private final MemberUri sender;

	private final boolean complete;

	private final int capacity;

	private final int sizeOfEmpty;

	private final long last;

	private final List<Message.SyncRange> datagrams = new ArrayList<>();

	private List<Rumor> entries = new ArrayList<>();

	private long from;

	private int size;

	private RangePacking(WireFormat format, MemberUri sender, HashedView.Range range, boolean complete,
			int maxPacketSize) {
		this.format = format;
		this.sender = sender;
		this.complete = complete;
		this.capacity = format.capacity(maxPacketSize);
		this.from = range.from();
		this.last = range.to();
		this.sizeOfEmpty = format.sizeOf(message(this.last));
		this.size = this.sizeOfEmpty;
	}

	/**
	 * Returns the datagrams.
	 * @param range the range
	 * @param complete whether the entries are all that the sender knows there
	 * @param entries what to say, in the order of the hashes
	 */
	static List<Message.SyncRange> pack(WireFormat format, MemberUri sender, HashedView.Range range, boolean complete,
			List<HashedView.Entry> entries, int maxPacketSize) {
		RangePacking packing = new RangePacking(format, sender, range, complete, maxPacketSize);
		entries.forEach(packing::add);
		packing.datagrams.add(packing.message(packing.last));
		return packing.datagrams;
	}

	private void add(HashedView.Entry entry) {
		if (tryToAdd(entry.known())) {
			return;
		}
		if (!this.entries.isEmpty()) {
			end(entry.hash());
		}
		if (!tryToAdd(entry.known())) {
			// Its payload came in larger datagrams than this node may send
			tryToAdd(entry.known().withoutPayload());
		}
	}

	private boolean tryToAdd(Rumor known) {
		int count = this.entries.size();
		int grown = this.size + this.format.sizeOfEvent(known) + this.format.sizeOfArrayHeader(count + 1)
				- this.format.sizeOfArrayHeader(count);
		if (grown > this.capacity) {
			return false;
		}
		this.size = grown;
		return this.entries.add(known);
	}

	/** Ends a datagram just before the hash of the next entry. */
	private void end(long next) {
		this.datagrams.add(message(next - 1));
		this.entries = new ArrayList<>();
		this.from = next;
		this.size = this.sizeOfEmpty;
	}

	private Message.SyncRange message(long to) {
		return new Message.SyncRange(this.sender, this.from, to, this.complete, List.copyOf(this.entries), List.of());
	}

}
