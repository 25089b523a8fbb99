package io.membership.swim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What a node knew at one moment, by the hashes of the URIs. The range of all hashes can
 * be divided into parts that all members divide alike, whoever they know. Not
 * thread-safe.
 */
final class HashedView {

	/** The highest hash, unsigned. */
	static final long HIGHEST = -1L;

	/** In the order of hashes as soon as somebody asks for a range. */
	private final Entry[] entries;

	private boolean sorted;

	private HashedView(Entry[] entries) {
		this.entries = entries;
	}

	/** Takes what is known now. */
	static HashedView of(MemberTable table) {
		Entry[] entries = table.all()
			.map((known) -> new Entry(ViewDigest.hash(known.uri()), known))
			.toArray(Entry[]::new);
		return new HashedView(entries);
	}

	int size() {
		return this.entries.length;
	}

	/**
	 * Returns the digest of each part.
	 * @param parts how many parts there are, a power of two
	 */
	List<Long> digests(int parts) {
		long[] digests = new long[parts];
		for (Entry entry : this.entries) {
			digests[partOf(entry.hash(), parts)] += ViewDigest.contribution(entry.hash(), entry.known());
		}
		List<Long> list = new ArrayList<>(parts);
		for (long digest : digests) {
			list.add(digest);
		}
		return Collections.unmodifiableList(list);
	}

	/** Returns what was known of the members in a range, in the order of hashes. */
	List<Entry> within(Range range) {
		if (!this.sorted) {
			Arrays.sort(this.entries, (one, other) -> Long.compareUnsigned(one.hash(), other.hash()));
			this.sorted = true;
		}
		int begin = firstFrom(range.from());
		int end = begin;
		while (end < this.entries.length && range.contains(this.entries[end].hash())) {
			end++;
		}
		return Collections.unmodifiableList(Arrays.asList(this.entries).subList(begin, end));
	}

	/** Returns the place of the first entry whose hash is not lower. */
	private int firstFrom(long hash) {
		int low = 0;
		int high = this.entries.length;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (Long.compareUnsigned(this.entries[middle].hash(), hash) < 0) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

	/**
	 * Returns the parts in which this view differs from another, as the fewest ranges.
	 * @param digests the digest of each part of the other view
	 */
	List<Range> differences(List<Long> digests) {
		List<Long> mine = digests(digests.size());
		List<Range> ranges = new ArrayList<>();
		int part = 0;
		while (part < mine.size()) {
			int end = part;
			while (end < mine.size() && !mine.get(end).equals(digests.get(end))) {
				end++;
			}
			if (end > part) {
				ranges.add(Range.ofParts(part, end, mine.size()));
			}
			part = end + 1;
		}
		return ranges;
	}

	private static int partOf(long hash, int parts) {
		return (parts == 1) ? 0 : (int) (hash >>> shift(parts));
	}

	/** Returns how far to shift a hash, for two parts or more. */
	private static int shift(int parts) {
		return Long.SIZE - Integer.numberOfTrailingZeros(parts);
	}

	/**
	 * What was known of a member.
	 *
	 * @param hash the hash of its URI
	 * @param known what was known
	 */
	record Entry(long hash, Rumor known) {

	}

	/**
	 * A range of hashes, unsigned.
	 *
	 * @param from the lowest hash
	 * @param to the highest hash
	 */
	record Range(long from, long to) {

		/** Returns the range of some parts, from one up to another exclusively. */
		static Range ofParts(int first, int end, int parts) {
			if (parts == 1) {
				return new Range(0, HIGHEST);
			}
			long to = (end == parts) ? HIGHEST : ((long) end << shift(parts)) - 1;
			return new Range((long) first << shift(parts), to);
		}

		boolean contains(long hash) {
			return Long.compareUnsigned(this.from, hash) <= 0 && Long.compareUnsigned(hash, this.to) <= 0;
		}

	}

}
