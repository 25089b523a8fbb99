package io.membership.spring.boot.autoconfigure.metrics;

import io.membership.MemberStatus;
import io.membership.Membership;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Gauges of a node's view and of its queues.
 */
final class MembershipGauges {

	private MembershipGauges() {
	}

	static void register(MeterRegistry registry, Membership membership) {
		for (MemberStatus status : MemberStatus.values()) {
			Gauge.builder("membership.members", membership, (node) -> count(node, status))
				.description("Members that this node knows, itself included")
				.tag("status", status.displayName())
				.register(registry);
		}
		Gauge.builder("membership.rumors.pending", membership, (node) -> node.state().pendingRumors())
			.description("Rumors that wait to be passed on")
			.register(registry);
		Gauge.builder("membership.tombstones", membership, (node) -> node.state().tombstones())
			.description("Members that were forgotten and are still known to be gone")
			.register(registry);
		Gauge.builder("membership.incarnation", membership, (node) -> node.myself().incarnation())
			.description("This node's version of itself")
			.register(registry);
		Gauge.builder("membership.events.backlog", membership, (node) -> node.state().eventBacklog())
			.description("Events that wait for listeners")
			.register(registry);
	}

	private static long count(Membership membership, MemberStatus status) {
		return membership.members().values().stream().filter((member) -> member.status() == status).count();
	}

}
