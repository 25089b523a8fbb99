package io.membership.spring.boot.autoconfigure.metrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.membership.DropReason;
import io.membership.MemberStatus;
import io.membership.Membership;
import io.membership.MembershipObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * {@link MeterBinder} for this node: what it counts as an observer, and gauges of its
 * view. All meters are registered at once, so that none is missing before its first
 * event.
 */
public class MembershipMetrics implements MeterBinder, MembershipObserver {

	private final Supplier<Membership> membership;

	private final List<MembershipMeters> bound = new CopyOnWriteArrayList<>();

	private final AtomicInteger healthMultiplier = new AtomicInteger(1);

	/**
	 * Creates metrics.
	 * @param membership the node, which is not needed before the first registry is bound:
	 * it needs this observer to be created
	 */
	public MembershipMetrics(Supplier<Membership> membership) {
		this.membership = membership;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		MembershipGauges.register(registry, this.membership.get());
		Gauge.builder("membership.health.multiplier", this.healthMultiplier, AtomicInteger::get)
			.description("By how much this node stretches its timeouts because it doubts itself")
			.register(registry);
		this.bound.add(new MembershipMeters(registry));
	}

	@Override
	public void sent(MessageType type, int bytes) {
		for (MembershipMeters meters : this.bound) {
			meters.sent(type, bytes);
		}
	}

	@Override
	public void received(MessageType type) {
		for (MembershipMeters meters : this.bound) {
			meters.received(type);
		}
	}

	@Override
	public void receivedBytes(int bytes) {
		for (MembershipMeters meters : this.bound) {
			meters.receivedBytes(bytes);
		}
	}

	@Override
	public void dropped(DropReason reason) {
		for (MembershipMeters meters : this.bound) {
			meters.dropped(reason);
		}
	}

	@Override
	public void probed(ProbeOutcome outcome, Duration elapsed) {
		for (MembershipMeters meters : this.bound) {
			meters.probed(outcome, elapsed);
		}
	}

	@Override
	public void paused(Duration duration) {
		for (MembershipMeters meters : this.bound) {
			meters.paused(duration);
		}
	}

	@Override
	public void healthChanged(int multiplier) {
		this.healthMultiplier.set(multiplier);
	}

	@Override
	public void statusChanged(@Nullable MemberStatus from, MemberStatus to) {
		for (MembershipMeters meters : this.bound) {
			meters.statusChanged(from, to);
		}
	}

	@Override
	public void listenerFailed() {
		for (MembershipMeters meters : this.bound) {
			meters.listenerFailed();
		}
	}

	@Override
	public void eventsCoalesced() {
		for (MembershipMeters meters : this.bound) {
			meters.eventsCoalesced();
		}
	}

	@Override
	public void protocolFailed() {
		for (MembershipMeters meters : this.bound) {
			meters.protocolFailed();
		}
	}

	@Override
	public void seedsFailed() {
		for (MembershipMeters meters : this.bound) {
			meters.seedsFailed();
		}
	}

}
