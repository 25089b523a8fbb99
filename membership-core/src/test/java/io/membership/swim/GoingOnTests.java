package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipEvent;
import io.membership.MembershipObserver;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A world in which for a while everything fails that can: afterwards each part of the
 * protocol goes on that runs by itself.
 */
class GoingOnTests {

	private static final MemberUri FRIEND = uri(2);

	private static final MemberUri SEED = uri(3);

	private static final MemberUri LOST = uri(4);

	private static final Duration FORGET_AFTER = Duration.ofMinutes(10);

	private final VirtualTime time = new VirtualTime();

	private final Mail mail = new Mail();

	private final FaultyWorld world = new FaultyWorld(
			new VirtualEnvironment(this.time, new SplittableRandom(3), this.mail));

	private final SwimProtocol protocol = new SwimProtocol(this.world,
			MembershipOptions.builder().forgetAfter(FORGET_AFTER).build(), uri(1));

	private int failures;

	@BeforeEach
	void begin() {
		this.protocol.appear(1, this.world.format().emptyPayload());
		this.protocol.begin();
	}

	@Test
	void membersAreProbed() {
		this.protocol.addMember(FRIEND);
		fail(Duration.ofMinutes(1));
		run(Duration.ofSeconds(20));
		assertThat(this.mail.to(FRIEND)).anyMatch(Message.Ping.class::isInstance);
	}

	@Test
	void fullStateIsExchanged() {
		this.protocol.setOptions(MembershipOptions.REFERENCE);
		this.protocol.addMember(FRIEND);
		fail(Duration.ofMinutes(1));
		run(Duration.ofSeconds(30));
		assertThat(this.mail.all()).anyMatch(Message.SyncRequest.class::isInstance);
	}

	@Test
	void seedsAreGreeted() {
		failing(() -> this.protocol.join(List.of(SEED), 0));
		fail(Duration.ofMinutes(1));
		run(Duration.ofSeconds(31));
		assertThat(this.mail.to(SEED)).anyMatch(Message.Ping.class::isInstance);
	}

	@Test
	void contactsAreGreeted() {
		failing(() -> this.protocol.rejoin(List.of(SEED, LOST)));
		fail(Duration.ofSeconds(1));
		run(Duration.ofMinutes(2));
		assertThat(this.mail.to(SEED)).anyMatch(Message.Ping.class::isInstance);
		assertThat(this.mail.to(LOST)).anyMatch(Message.Ping.class::isInstance);
	}

	@Test
	void rumorsArePassedOn() {
		this.protocol.addMember(FRIEND);
		fail(Duration.ofSeconds(2));
		run(Duration.ofSeconds(1));
		assertThat(this.mail.to(FRIEND)).anyMatch(Message.Leave.class::isInstance);
	}

	@Test
	void membersAreForgotten() {
		lose(uri(5));
		run(Duration.ofMinutes(5));
		lose(LOST);
		run(FORGET_AFTER.minusMinutes(6));
		fail(Duration.ofMinutes(3));
		assertThat(this.protocol.state().tombstones()).isZero();
		run(Duration.ofMinutes(5));
		assertThat(this.protocol.state().tombstones()).isEqualTo(1);
	}

	@Test
	void thoseAreAskedWhoMayBeBack() {
		membersAreForgotten();
		hear(rumor(LOST, MemberStatus.ALIVE, 1));
		fail(Duration.ofSeconds(1));
		hear(rumor(LOST, MemberStatus.ALIVE, 1));
		run(Duration.ofSeconds(3));
		assertThat(this.mail.to(LOST)).anyMatch(Message.Ping.class::isInstance);
	}

	@Test
	void whatWaitsInThePacedMailIsSent() {
		PacedMail paced = new PacedMail(this.world);
		List<Message> messages = List.of(message(), message(), message());
		failing(() -> paced.send(FRIEND, messages));
		fail(PacedMail.PAUSE);
		run(PacedMail.PAUSE.multipliedBy(4));
		assertThat(this.mail.to(FRIEND)).isNotEmpty();
		assertThat(paced.isBusyWith(FRIEND)).isFalse();
	}

	private static Message message() {
		return new Message.Leave(uri(1), List.of());
	}

	/** Somebody was alive and is dead. */
	private void lose(MemberUri uri) {
		hear(rumor(uri, MemberStatus.ALIVE, 1));
		hear(rumor(uri, MemberStatus.DEAD, 1));
	}

	private void hear(Rumor... rumors) {
		this.protocol.receive(new Message.Leave(FRIEND, List.of(rumors)));
	}

	/** Lets time pass in which everything fails, and forgets what was sent before. */
	private void fail(Duration duration) {
		int before = this.failures;
		failing(() -> run(duration));
		assertThat(this.failures).isGreaterThan(before);
		this.mail.forget();
	}

	private void failing(Runnable step) {
		this.world.faulty = true;
		try {
			step.run();
		}
		catch (StackOverflowError ex) {
			this.failures++;
		}
		this.world.faulty = false;
	}

	/**
	 * Lets time pass, as the event loop does: what a timer throws ends no more than it.
	 */
	private void run(Duration duration) {
		Duration end = this.time.elapsed().plus(duration);
		while (this.time.elapsed().compareTo(end) < 0) {
			try {
				this.time.advance(end.minus(this.time.elapsed()));
			}
			catch (StackOverflowError ex) {
				this.failures++;
			}
		}
	}

	/** Keeps what is sent. */
	private static final class Mail implements VirtualEnvironment.Post {

		private final List<Letter> letters = new ArrayList<>();

		@Override
		public SendResult send(MemberUri to, Message message, byte[] datagram) {
			this.letters.add(new Letter(to, message));
			return SendResult.SENT;
		}

		List<Message> to(MemberUri recipient) {
			return this.letters.stream()
				.filter((letter) -> letter.to.equals(recipient))
				.map((letter) -> letter.message)
				.toList();
		}

		List<Message> all() {
			return this.letters.stream().map((letter) -> letter.message).toList();
		}

		void forget() {
			this.letters.clear();
		}

	}

	private record Letter(MemberUri to, Message message) {

	}

	/** A world of which nothing can be relied on but time. */
	private static final class FaultyWorld implements Environment {

		private final Environment world;

		private boolean faulty;

		FaultyWorld(Environment world) {
			this.world = world;
		}

		private Environment orFail() {
			if (this.faulty) {
				throw new StackOverflowError("on purpose");
			}
			return this.world;
		}

		@Override
		public long nowMicros() {
			return this.world.nowMicros();
		}

		@Override
		public long nanoTime() {
			return this.world.nanoTime();
		}

		@Override
		public RandomGenerator random() {
			return this.world.random();
		}

		@Override
		public Cancellable schedule(Duration delay, Runnable task) {
			return this.world.schedule(delay, task);
		}

		@Override
		public SendResult send(MemberUri to, Message message) {
			return orFail().send(to, message);
		}

		@Override
		public void probeRefusal(MemberUri to, Message message, Runnable onRefused) {
			orFail().probeRefusal(to, message, onRefused);
		}

		@Override
		public WireFormat format() {
			return orFail().format();
		}

		@Override
		public void foreign(MemberUri peer) {
			orFail().foreign(peer);
		}

		@Override
		public List<MemberUri> broadcastAddresses(int port) {
			return orFail().broadcastAddresses(port);
		}

		@Override
		public void show(Sighting member) {
			orFail().show(member);
		}

		@Override
		public void hide(MemberUri uri) {
			orFail().hide(uri);
		}

		@Override
		public void publish(Supplier<MembershipEvent> event) {
			orFail().publish(event);
		}

		@Override
		public MembershipObserver observer() {
			return orFail().observer();
		}

	}

}
