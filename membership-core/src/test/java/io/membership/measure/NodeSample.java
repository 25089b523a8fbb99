package io.membership.measure;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import io.membership.DropReason;
import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * A moment in the life of a node; a line of text between processes. All but the numbers
 * of members and bytes only grow.
 *
 * @param node the node
 * @param micros when, in microseconds since the epoch
 * @param cpuMicros how much processor time its process took
 * @param heapBytes what was in use of its heap after the last collection
 * @param received how many datagrams arrived
 * @param members how many members that exist it knows
 * @param madeUp how many members that do not exist it knows
 * @param failures how many unexpected errors there were
 * @param dropped how many datagrams and rumors were dropped, by reason
 */
record NodeSample(MemberUri node, long micros, long cpuMicros, long heapBytes, long received, int members, int madeUp,
		long failures, Map<DropReason, Long> dropped) {

	private static final String MARK = "#";

	static @Nullable NodeSample parse(String line) {
		String[] words = line.split(" ", -1);
		if (!words[0].equals(MARK)) {
			return null;
		}
		Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
		for (int i = 9; i < words.length; i += 2) {
			dropped.put(DropReason.valueOf(words[i]), Long.parseLong(words[i + 1]));
		}
		return new NodeSample(MemberUri.parse(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]),
				Long.parseLong(words[4]), Long.parseLong(words[5]), Integer.parseInt(words[6]),
				Integer.parseInt(words[7]), Long.parseLong(words[8]), dropped);
	}

	@Override
	public String toString() {
		StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%s %s %d %d %d %d %d %d %d", MARK, this.node,
				this.micros, this.cpuMicros, this.heapBytes, this.received, this.members, this.madeUp, this.failures));
		this.dropped.forEach((reason, count) -> line.append(' ').append(reason.name()).append(' ').append(count));
		return line.toString();
	}

	/** Describes what happened since an earlier moment, in numbers per second. */
	String since(NodeSample before) {
		double seconds = (this.micros - before.micros) / 1e6;
		StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
				"cpu=%.0f%% heap-after-gc=%.1fMB received=%.0f/s members=%d made-up=%d failures=%d",
				100 * (this.cpuMicros - before.cpuMicros) / 1e6 / seconds, this.heapBytes / 1e6,
				(this.received - before.received) / seconds, this.members, this.madeUp, this.failures));
		this.dropped.forEach((reason, count) -> {
			long more = count - before.dropped.getOrDefault(reason, 0L);
			if (more > 0) {
				text.append(String.format(Locale.ROOT, " %s=%.0f/s", reason, more / seconds));
			}
		});
		return text.toString();
	}

}
