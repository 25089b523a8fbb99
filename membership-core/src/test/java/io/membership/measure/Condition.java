package io.membership.measure;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.EnumMap;
import java.util.Map;

import com.sun.management.GcInfo;
import com.sun.management.OperatingSystemMXBean;
import io.membership.DropReason;
import io.membership.Member;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipObserver;
import io.membership.process.Sighting;

/**
 * How a node and its process are doing.
 */
final class Condition implements MembershipObserver {

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);

	private long received;

	@Override
	public synchronized void receivedBytes(int bytes) {
		this.received++;
	}

	@Override
	public synchronized void dropped(DropReason reason) {
		this.dropped.merge(reason, 1L, Long::sum);
	}

	synchronized NodeSample sample(Membership node) {
		Map<MemberUri, Member> members = node.members();
		long madeUp = members.keySet().stream().filter(LiarProcess::isMadeUp).count();
		return new NodeSample(node.myself().uri(), Sighting.now(), this.system.getProcessCpuTime() / 1000,
				heapAfterCollection(), this.received, members.size() - (int) madeUp, (int) madeUp,
				node.state().failures(), Map.copyOf(this.dropped));
	}

	/** Returns what was in use after the last collection of garbage, of whatever kind. */
	private static long heapAfterCollection() {
		GcInfo last = null;
		for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
			GcInfo info = (collector instanceof com.sun.management.GarbageCollectorMXBean detailed)
					? detailed.getLastGcInfo() : null;
			if (info != null && (last == null || info.getEndTime() > last.getEndTime())) {
				last = info;
			}
		}
		// The pools that are not of the heap do not matter here, and are none of the old
		return (last != null) ? heap(last) : 0;
	}

	private static long heap(GcInfo info) {
		return info.getMemoryUsageAfterGc()
			.entrySet()
			.stream()
			.filter((pool) -> !pool.getKey().matches(".*(Code|Metaspace|Compressed).*"))
			.map(Map.Entry::getValue)
			.mapToLong(MemoryUsage::getUsed)
			.sum();
	}

}
