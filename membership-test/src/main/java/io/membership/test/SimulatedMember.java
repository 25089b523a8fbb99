package io.membership.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.membership.DropReason;
import io.membership.Encryption;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipEvent;
import io.membership.MembershipExtension;
import io.membership.MembershipObserver;
import io.membership.MembershipOptions;
import io.membership.swim.Cancellable;
import io.membership.swim.Environment;
import io.membership.swim.Message;
import io.membership.swim.Payload;
import io.membership.swim.Rumor;
import io.membership.swim.SendResult;
import io.membership.swim.Sighting;
import io.membership.swim.SwimProtocol;
import io.membership.swim.WireFormat;
import io.membership.wire.DatagramCodec;
import io.membership.wire.Decoded;
import io.membership.wire.SealingContext;
import io.membership.wire.Senders;
import org.jspecify.annotations.Nullable;

/**
 * One life of a member, from its start to its end: the real protocol and the real
 * encoding in a world of virtual time.
 */
final class SimulatedMember implements Environment {

	private final World world;

	private final int number;

	private final MemberUri uri;

	private final MemberClock clock;

	private final RandomGenerator random;

	private final Worker worker;

	private final SwimProtocol protocol;

	private final View view;

	private final SealingContext sealing;

	private Encryption encryption = Encryption.NONE;

	private DatagramCodec codec;

	private boolean begun;

	private boolean ended;

	SimulatedMember(World world, int number, MembershipOptions options, String clusterName, RandomGenerator random,
			int bufferSize) {
		this.world = world;
		this.number = number;
		this.uri = world.census().uri(number);
		this.clock = world.clock(number);
		this.random = random;
		this.codec = world.plain();
		this.sealing = new SealingContext(clusterName, () -> this.uri, random, new Senders());
		this.view = new View(world.size());
		this.worker = new Worker(world.time(), bufferSize, this::read, this::guarded);
		this.protocol = new SwimProtocol(this, options, this.uri);
	}

	int number() {
		return this.number;
	}

	MemberUri uri() {
		return this.uri;
	}

	SwimProtocol protocol() {
		return this.protocol;
	}

	Worker worker() {
		return this.worker;
	}

	View view() {
		return this.view;
	}

	/** Begins at once, and greets others until they are alive. */
	void begin(Map<String, Object> payload, List<MemberUri> seeds) {
		appear(1, encode(payload), List.of());
		guarded(() -> {
			this.protocol.begin();
			this.protocol.join(seeds, 0);
		});
	}

	/** Appears at once as it was announced, and begins to ask others later. */
	void begin(Rumor self, List<Rumor> all, Duration delay) {
		Payload announced = Objects.requireNonNull(self.payload());
		appear(self.incarnation(), announced, all.stream().filter((rumor) -> !rumor.equals(self)).toList());
		schedule(delay, this.protocol::begin);
	}

	private void appear(long lowestIncarnation, Payload payload, List<Rumor> known) {
		guarded(() -> {
			this.protocol.remember(known);
			this.begun = true;
			this.protocol.appear(lowestIncarnation, payload);
		});
	}

	/** Returns what all know of this member when they begin together. */
	Rumor announcement(Map<String, Object> payload) {
		long incarnation = this.protocol.options().uses(MembershipExtension.IDENTITY)
				? TimeUnit.MICROSECONDS.toSeconds(nowMicros()) : 1;
		return new Rumor(this.uri, MemberStatus.ALIVE, incarnation, encode(payload), 0, this.protocol.supplement());
	}

	private Payload encode(Map<String, Object> payload) {
		return this.codec.emptyPayload().with(payload);
	}

	/** Changes the payload, unless it will be set at the beginning anyway. */
	void setPayload(String key, Object value) {
		if (this.begun) {
			guarded(() -> this.protocol.setPayload(Map.of(key, value)));
		}
	}

	/** Does something on the member's thread, which takes no time even if it is slow. */
	void guarded(Runnable task) {
		if (this.ended) {
			return;
		}
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			throw this.world.failure("Member " + this.number + " failed: " + ex, ex);
		}
		this.world.invariants().afterEvent(this);
	}

	/** Falls silent and deaf. */
	void end() {
		this.ended = true;
		this.protocol.stop();
	}

	/** Changes the encryption. Those who have none share one encoding, to need less. */
	void seal(Encryption changed) {
		this.encryption = changed;
		this.codec = changed.equals(Encryption.NONE) ? this.world.plain() : DatagramCodec.of(changed, this.sealing);
		if (this.begun) {
			guarded(this.protocol::encryptionChanged);
		}
	}

	private void read(Datagram datagram) {
		MembershipObserver observer = observer();
		byte[] bytes = datagram.bytes();
		boolean fits = bytes.length <= this.protocol.options().maxPacketSize();
		Decoded decoded = fits ? this.codec.decode(bytes, bytes.length) : new Decoded.Dropped(DropReason.OVERSIZED);
		if (decoded instanceof Decoded.Understood understood) {
			for (int i = 0; i < understood.badEvents(); i++) {
				observer.dropped(DropReason.BAD_EVENT);
			}
			this.protocol.receive(understood.message());
		}
		else if (decoded instanceof Decoded.Dropped dropped) {
			observer.dropped(dropped.reason());
			if (dropped.isUnreadable()) {
				this.protocol.receiveUnreadable(this.world.census().uri(datagram.from()));
			}
		}
	}

	// The environment of the protocol

	@Override
	public long nowMicros() {
		return this.clock.micros();
	}

	@Override
	public long nanoTime() {
		return this.clock.nanoTime();
	}

	@Override
	public long cluster() {
		return this.sealing.cluster();
	}

	@Override
	public List<Integer> keys() {
		return this.encryption.fingerprints();
	}

	@Override
	public void foreign(@Nullable MemberUri peer) {
		observer().dropped(DropReason.OTHER_CLUSTER);
	}

	@Override
	public RandomGenerator random() {
		return this.random;
	}

	@Override
	public SendResult send(MemberUri to, Message message) {
		byte[] bytes = this.codec.encode(message, recipient(to));
		if (bytes.length > this.protocol.options().maxPacketSize()) {
			observer().dropped(DropReason.TOO_LARGE);
			this.world.invariants().tooLarge(this, bytes.length);
			return SendResult.TOO_LARGE;
		}
		SendResult result = this.world.post().send(this.number, to, message.type(), bytes);
		if (result == SendResult.SENT) {
			this.world.counters().carried(message.events().size());
		}
		return result;
	}

	@Override
	public void probeRefusal(MemberUri to, Message message, Runnable onRefused) {
		byte[] bytes = this.codec.encode(message, recipient(to));
		if (bytes.length <= this.protocol.options().maxPacketSize()) {
			this.world.post().probeRefusal(this.number, to, message.type(), bytes, once(onRefused));
		}
	}

	/** Returns whom only a datagram is for, as a real node does. */
	private @Nullable MemberUri recipient(MemberUri to) {
		return (this.view.known(this.world.census().member(to)) != null) ? to : null;
	}

	/** The socket of a probe is closed when it is refused, and when the process ends. */
	private Runnable once(Runnable onRefused) {
		AtomicBoolean refused = new AtomicBoolean();
		return () -> {
			if (!this.ended && refused.compareAndSet(false, true)) {
				this.worker.receiveRefusal(onRefused);
			}
		};
	}

	@Override
	public Cancellable schedule(Duration delay, Runnable task) {
		return this.worker.schedule(this.clock.dueAfter(delay), task);
	}

	@Override
	public WireFormat format() {
		return this.codec;
	}

	@Override
	public List<MemberUri> broadcastAddresses(int port) {
		return List.of();
	}

	@Override
	public Rumor intern(Rumor known) {
		return this.world.census().intern(known);
	}

	@Override
	public void show(Sighting sighting) {
		Rumor after = sighting.known();
		int subject = this.world.census().number(after.uri());
		Rumor before = this.view.put(subject, after);
		// What it knew before it began is no change, and would be 10^8 of them in a large
		// mesh
		if (!this.begun || after.equals(before)) {
			return;
		}
		if (before == null || before.status() != after.status()) {
			this.world.changed(this.number, subject, after.status());
		}
		else {
			this.world.changed();
		}
		this.world.invariants().afterChange(this, subject, before, after);
	}

	@Override
	public void hide(MemberUri hidden) {
		int subject = this.world.census().number(hidden);
		this.view.remove(subject);
		this.world.changed(this.number, subject, null);
	}

	@Override
	public void publish(Supplier<MembershipEvent> event) {
		this.world.publish(this.number, event);
	}

	@Override
	public MembershipObserver observer() {
		return this.world.counters();
	}

	@Override
	public String toString() {
		return this.number + " (" + this.uri + ")";
	}

}
