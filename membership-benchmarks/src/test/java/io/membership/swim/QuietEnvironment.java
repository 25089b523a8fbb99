package io.membership.swim;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.membership.MemberUri;
import io.membership.MembershipEvent;
import io.membership.MembershipObserver;
import io.membership.wire.DatagramCodec;
import io.membership.wire.Sealing;

/**
 * A world that encodes what a node sends, and in which nothing else happens.
 */
final class QuietEnvironment implements Environment {

	private static final MembershipObserver NOBODY = new MembershipObserver() {
	};

	private final DatagramCodec codec = new DatagramCodec(Sealing.none());

	private final RandomGenerator random = new SplittableRandom(1);

	private byte[] lastSent = new byte[0];

	DatagramCodec codec() {
		return this.codec;
	}

	/** Returns the last datagram that was sent. */
	byte[] lastSent() {
		return this.lastSent;
	}

	@Override
	public long nowMicros() {
		return 1_700_000_000_000_000L;
	}

	@Override
	public long nanoTime() {
		return 0;
	}

	@Override
	public RandomGenerator random() {
		return this.random;
	}

	@Override
	public SendResult send(MemberUri to, Message message) {
		this.lastSent = this.codec.encode(message, to);
		return SendResult.SENT;
	}

	@Override
	public void probeRefusal(MemberUri to, Message message, Runnable onRefused) {
	}

	@Override
	public Cancellable schedule(Duration delay, Runnable task) {
		return () -> {
		};
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
	public void foreign(MemberUri peer) {
	}

	@Override
	public void show(Sighting member) {
	}

	@Override
	public void hide(MemberUri uri) {
	}

	@Override
	public void publish(Supplier<MembershipEvent> event) {
	}

	@Override
	public MembershipObserver observer() {
		return NOBODY;
	}

}
