package io.membership.spring.boot.autoconfigure.metrics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import io.membership.DropReason;
import io.membership.MemberStatus;
import io.membership.MembershipObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The counters and timers of one registry.
 */
final class MembershipMeters implements MembershipObserver {

	private static final String NO_STATUS = "none";

	private final Map<MessageType, Counter> sent;

	private final Map<MessageType, Counter> received;

	private final Counter bytesSent;

	private final Counter bytesReceived;

	private final Map<DropReason, Counter> dropped;

	private final Map<ProbeOutcome, Timer> probes;

	private final Timer pauses;

	private final Map<MemberStatus, Counter> appeared;

	private final Map<MemberStatus, Map<MemberStatus, Counter>> changed;

	private final Counter listenerErrors;

	private final Counter protocolErrors;

	private final Counter seedErrors;

	private final Counter coalescedEvents;

	MembershipMeters(MeterRegistry registry) {
		this.sent = each(MessageType.class, (type) -> messages(registry, type, "sent"));
		this.received = each(MessageType.class, (type) -> messages(registry, type, "received"));
		this.bytesSent = bytes(registry, "sent");
		this.bytesReceived = bytes(registry, "received");
		this.dropped = each(DropReason.class,
				(reason) -> Counter.builder("membership.datagrams.dropped")
					.description("Datagrams, or events in them, that came to nothing")
					.tag("reason", reason.displayName())
					.register(registry));
		this.probes = each(ProbeOutcome.class,
				(outcome) -> Timer.builder("membership.probe")
					.description("Probes, from the first ping to the answer or to giving up")
					.tag("outcome", lowerCase(outcome))
					.register(registry));
		this.pauses = Timer.builder("membership.pause")
			.description("Pauses of this process that the protocol noticed and discounted")
			.register(registry);
		this.appeared = each(MemberStatus.class, (to) -> statusChanges(registry, NO_STATUS, to));
		this.changed = each(MemberStatus.class, (from) -> statusChangesFrom(registry, from));
		this.listenerErrors = Counter.builder("membership.listener.errors")
			.description("Listeners that threw an exception")
			.register(registry);
		this.protocolErrors = Counter.builder("membership.protocol.errors")
			.description("Unexpected errors of the threads of this node")
			.register(registry);
		this.seedErrors = Counter.builder("membership.seed.errors")
			.description("Names of seeds that did not resolve, and seed providers that threw an exception")
			.register(registry);
		this.coalescedEvents = Counter.builder("membership.events.coalesced")
			.description("Events that were merged because listeners lag behind")
			.register(registry);
	}

	private static Counter messages(MeterRegistry registry, MessageType type, String direction) {
		return Counter.builder("membership.messages")
			.description("Messages that were sent, or received and understood")
			.tag("type", lowerCase(type))
			.tag("direction", direction)
			.register(registry);
	}

	private static Counter bytes(MeterRegistry registry, String direction) {
		return Counter.builder("membership.bytes")
			.description("Length of all datagrams, without IP and UDP headers")
			.baseUnit("bytes")
			.tag("direction", direction)
			.register(registry);
	}

	private static Map<MemberStatus, Counter> statusChangesFrom(MeterRegistry registry, MemberStatus from) {
		Map<MemberStatus, Counter> result = new EnumMap<>(MemberStatus.class);
		for (MemberStatus to : MemberStatus.values()) {
			if (to != from) {
				result.put(to, statusChanges(registry, from.displayName(), to));
			}
		}
		return result;
	}

	private static Counter statusChanges(MeterRegistry registry, String from, MemberStatus to) {
		return Counter.builder("membership.status.changes")
			.description("Changes of the status of members")
			.tag("from", from)
			.tag("to", to.displayName())
			.register(registry);
	}

	private static <K extends Enum<K>, V> Map<K, V> each(Class<K> type, Function<K, V> create) {
		Map<K, V> result = new EnumMap<>(type);
		for (K constant : type.getEnumConstants()) {
			result.put(constant, create.apply(constant));
		}
		return result;
	}

	private static String lowerCase(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	@Override
	public void sent(MessageType type, int bytes) {
		increment(this.sent, type);
		this.bytesSent.increment(bytes);
	}

	@Override
	public void received(MessageType type) {
		increment(this.received, type);
	}

	@Override
	public void receivedBytes(int bytes) {
		this.bytesReceived.increment(bytes);
	}

	@Override
	public void dropped(DropReason reason) {
		increment(this.dropped, reason);
	}

	@Override
	public void probed(ProbeOutcome outcome, Duration elapsed) {
		Timer timer = this.probes.get(outcome);
		if (timer != null) {
			timer.record(elapsed);
		}
	}

	@Override
	public void paused(Duration duration) {
		this.pauses.record(duration);
	}

	@Override
	public void statusChanged(@Nullable MemberStatus from, MemberStatus to) {
		Map<MemberStatus, Counter> counters = (from != null) ? this.changed.get(from) : this.appeared;
		if (counters != null) {
			increment(counters, to);
		}
	}

	@Override
	public void listenerFailed() {
		this.listenerErrors.increment();
	}

	@Override
	public void eventsCoalesced() {
		this.coalescedEvents.increment();
	}

	@Override
	public void protocolFailed() {
		this.protocolErrors.increment();
	}

	@Override
	public void seedsFailed() {
		this.seedErrors.increment();
	}

	private static <K> void increment(Map<K, Counter> counters, K key) {
		Counter counter = counters.get(key);
		if (counter != null) {
			counter.increment();
		}
	}

}
