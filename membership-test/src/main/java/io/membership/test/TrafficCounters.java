package io.membership.test;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

import io.membership.DropReason;
import io.membership.MembershipObserver;
import io.membership.test.Traffic.Fate;

/**
 * Counts the datagrams of a whole mesh.
 */
final class TrafficCounters implements MembershipObserver {

	private final Map<MessageType, long[]> datagrams = counters(MessageType.class);

	private final Map<MessageType, long[]> bytes = counters(MessageType.class);

	private final Map<Fate, long[]> fates = counters(Fate.class);

	private final Map<DropReason, long[]> dropped = counters(DropReason.class);

	private long rumors;

	private int largest;

	private static <E extends Enum<E>> Map<E, long[]> counters(Class<E> type) {
		Map<E, long[]> counters = new EnumMap<>(type);
		for (E key : type.getEnumConstants()) {
			counters.put(key, new long[1]);
		}
		return counters;
	}

	@Override
	public void sent(MessageType type, int length) {
		add(this.datagrams, type, 1);
		add(this.bytes, type, length);
		this.largest = Math.max(this.largest, length);
	}

	@Override
	public void dropped(DropReason reason) {
		add(this.dropped, reason, 1);
	}

	void carried(int copies) {
		this.rumors += copies;
	}

	void met(Fate fate) {
		add(this.fates, fate, 1);
	}

	private static <E> void add(Map<E, long[]> counters, E key, long amount) {
		long[] counter = counters.get(key);
		if (counter != null) {
			counter[0] += amount;
		}
	}

	Traffic snapshot() {
		return new Traffic(values(MessageType.class, this.datagrams), values(MessageType.class, this.bytes),
				this.rumors, this.largest, values(Fate.class, this.fates), values(DropReason.class, this.dropped));
	}

	private static <E extends Enum<E>> Map<E, Long> values(Class<E> type, Map<E, long[]> counters) {
		Map<E, Long> values = new EnumMap<>(type);
		counters.forEach((key, counter) -> values.put(key, counter[0]));
		return Collections.unmodifiableMap(values);
	}

}
