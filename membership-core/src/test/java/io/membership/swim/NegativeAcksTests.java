package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.membership.DropReason;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import io.membership.MembershipObserver.ProbeOutcome;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * A helper says when it hears nothing either (Lifeguard §IV.A).
 */
class NegativeAcksTests {

	private static final MembershipOptions WITH_NACK = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.NEGATIVE_ACKS, MembershipExtension.LOCAL_HEALTH,
				MembershipExtension.DYNAMIC_SUSPICION))
		.build();

	private static final Duration A_MOMENT = Duration.ofMillis(2);

	private static final Duration PERIOD = Duration.ofSeconds(1);

	private static final Duration PATIENCE = Duration.ofMillis(160);

	private final VirtualMesh mesh = new VirtualMesh(43);

	private final VirtualNode node = this.mesh.node(1, WITH_NACK);

	private final FakePeer target = this.mesh.peer(2);

	@Nested
	class AHelper {

		private final FakePeer prober = mesh().peer(3);

		@Test
		void saysSoAfterMostOfTheAckTimeout() {
			ProbeData probe = ask();
			mesh().advance(PATIENCE);
			assertThat(nacks()).isEmpty();
			mesh().advance(A_MOMENT);
			assertThat(nacks()).extracting(Message.Nack::sender, Message.Nack::data, Message.Nack::refused)
				.containsExactly(tuple(node().uri(), probe, false));
		}

		@Test
		void passesTheProbeOnAllTheSame() {
			ProbeData probe = ask();
			mesh().advance(A_MOMENT);
			assertThat(target().last(Message.Ping.class).data()).isEqualTo(probe);
		}

		@Test
		void saysNothingIfTheAnswerPassesBy() {
			ProbeData probe = ask();
			mesh().advance(A_MOMENT);
			target().ack(node().uri(), probe);
			mesh().advance(PERIOD);
			assertThat(this.prober.received(Message.Ack.class)).hasSize(1);
			assertThat(nacks()).isEmpty();
		}

		@Test
		void isNotSilencedByTheAnswerToAnotherProbe() {
			ProbeData probe = ask();
			mesh().advance(A_MOMENT);
			target().ack(node().uri(), ProbeData.of(this.prober.uri(), target().uri(), probe.sentAt() + 1));
			mesh().advance(PERIOD);
			assertThat(nacks()).hasSize(1);
		}

		@Test
		void saysItOnceForADatagramThatComesTwice() {
			ProbeData probe = ask();
			mesh().advance(A_MOMENT);
			this.prober.send(node().uri(), new Message.Ping(this.prober.uri(), probe, List.of()));
			mesh().advance(PERIOD);
			assertThat(nacks()).hasSize(1);
		}

		@Test
		void saysNothingToWhoDidNotAnnounceToUnderstandIt() {
			begin(List.of(this.prober));
			ping(this.prober.uri());
			mesh().advance(PERIOD);
			assertThat(nacks()).isEmpty();
			assertThat(target().received(Message.Ping.class)).isNotEmpty();
		}

		@Test
		void saysNothingToWhoOnlyPassedItOn() {
			FakePeer other = mesh().peer(4);
			begin(List.of(capable(this.prober), other));
			ping(other.uri());
			mesh().advance(PERIOD);
			assertThat(nacks()).isEmpty();
			assertThat(other.received(Message.Nack.class)).isEmpty();
		}

		@Test
		void saysNothingOfWhoIsNoMember() {
			begin(List.of(capable(this.prober)));
			node().protocol().removeMember(target().uri());
			ping(this.prober.uri());
			mesh().advance(PERIOD);
			assertThat(nacks()).isEmpty();
		}

		@Test
		void saysNothingWithoutTheExtension() {
			begin(List.of(capable(this.prober)));
			node().protocol().setOptions(MembershipOptions.REFERENCE);
			ping(this.prober.uri());
			mesh().advance(PERIOD);
			assertThat(nacks()).isEmpty();
		}

		@Test
		void saysNothingWhenItIsSwitchedOffMeanwhile() {
			ask();
			mesh().advance(A_MOMENT);
			node().protocol().setOptions(MembershipOptions.REFERENCE);
			mesh().advance(PERIOD);
			assertThat(nacks()).isEmpty();
		}

		@Test
		void saysNothingWhenItHasLeft() {
			ask();
			mesh().advance(A_MOMENT);
			node().protocol().leave();
			mesh().advance(PERIOD);
			assertThat(nacks()).isEmpty();
		}

		@Test
		void remembersABoundedNumber() {
			List<FakePeer> probers = IntStream.range(0, 20).mapToObj((i) -> capable(mesh().peer(100 + i))).toList();
			begin(probers);
			for (FakePeer each : probers) {
				for (int i = 0; i < 64; i++) {
					each.send(node().uri(),
							new Message.Ping(each.uri(), ProbeData.of(each.uri(), target().uri(), i), List.of()));
				}
			}
			mesh().advance(PERIOD);
			assertThat(probers.stream().mapToInt((each) -> each.received(Message.Nack.class).size()).sum())
				.isEqualTo(1024);
		}

		/** Asks the node to probe the target. */
		private ProbeData ask() {
			begin(List.of(capable(this.prober)));
			return ping(this.prober.uri());
		}

		private ProbeData ping(MemberUri sender) {
			ProbeData probe = this.prober.data(this.prober.uri(), target().uri(), Map.of());
			this.prober.send(node().uri(), new Message.Ping(sender, probe, List.of()));
			mesh().advance(Duration.ofNanos(200_000));
			return probe;
		}

		private List<Message.Nack> nacks() {
			return this.prober.received(Message.Nack.class);
		}

	}

	@Nested
	class AProber {

		@Test
		void asksFirstWhoCanSaySo() {
			List<FakePeer> others = peers(20);
			FakePeer capable = capable(others.get(7));
			begin(others);
			node().protocol().setOptions(WITH_NACK.toBuilder().indirectProbes(1).build());
			for (int i = 0; i < 5; i++) {
				askedAbout(List.of(capable));
				assertThat(requests(capable)).as(mesh().toString()).hasSize(1);
				others.forEach(FakePeer::forget);
				target().ack(node().uri(), target().last(Message.Ping.class).data());
				mesh().advance(A_MOMENT);
			}
		}

		@Test
		void suspectsAtOnceWhenAllHearNothing() {
			List<FakePeer> helpers = beginWithCapable(3);
			askedAbout(helpers);
			helpers.forEach(NegativeAcksTests.this::nack);
			mesh().advance(A_MOMENT);
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.SUSPECT);
		}

		@Test
		void namesThoseWhoHearNothingAsAccusers() {
			List<FakePeer> helpers = beginWithCapable(2);
			askedAbout(helpers);
			helpers.forEach(NegativeAcksTests.this::nack);
			mesh().advance(A_MOMENT);
			assertThat(node().protocol().suspicions().of(target().uri()).accusers())
				.containsExactlyInAnyOrder(node().uri(), helpers.get(0).uri(), helpers.get(1).uri())
				.startsWith(node().uri());
		}

		@Test
		void waitsForThePeriodIfOneIsSilent() {
			List<FakePeer> helpers = beginWithCapable(3);
			askedAbout(helpers);
			nack(helpers.get(0));
			nack(helpers.get(1));
			mesh().advance(Duration.ofMillis(700));
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
			mesh().advance(PERIOD.multipliedBy(2));
			assertThat(node().protocol().suspicions().of(target().uri()).accusers()).hasSize(3);
		}

		@Test
		void waitsForThePeriodIfOneCannotSay() {
			List<FakePeer> helpers = peers(2);
			capable(helpers.get(0));
			begin(helpers);
			askedAbout(helpers);
			nack(helpers.get(0));
			mesh().advance(Duration.ofMillis(700));
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
			mesh().until("suspect", PERIOD, () -> node().sees(target(), MemberStatus.SUSPECT));
		}

		@Test
		void doesNotListenToWhoWasNotAsked() {
			List<FakePeer> helpers = beginWithCapable(1);
			FakePeer stranger = mesh().peer(77);
			askedAbout(helpers);
			stranger.send(node().uri(),
					new Message.Nack(stranger.uri(), requests(helpers.get(0)).get(0).data(), false, List.of()));
			mesh().advance(Duration.ofMillis(500));
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void takesALateAnswerForASignOfLife() {
			List<FakePeer> helpers = beginWithCapable(2);
			askedAbout(helpers);
			helpers.forEach(NegativeAcksTests.this::nack);
			mesh().advance(Duration.ofMillis(100));
			long before = node().protocol().suspicions().of(target().uri()).sinceNanos();
			target().ack(node().uri(), requests(helpers.get(0)).get(0).data());
			mesh().advance(A_MOMENT);
			assertThat(node().environment().counts().probed()).last().isEqualTo(ProbeOutcome.INDIRECT);
			assertThat(node().protocol().suspicions().of(target().uri()).sinceNanos() - before)
				.isGreaterThan(Duration.ofMillis(90).toNanos());
		}

		@Test
		void accusesOnceForOneProbe() {
			List<FakePeer> helpers = beginWithCapable(2);
			askedAbout(helpers);
			helpers.forEach(NegativeAcksTests.this::nack);
			mesh().advance(A_MOMENT);
			target().tell(node().uri(), target().alive(2));
			mesh().advance(PERIOD);
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
		}

		@ParameterizedTest
		@CsvSource({ "3, 0, 4", "3, 1, 3", "3, 2, 2", "3, 3, 1", "0, 0, 2" })
		void doubtsItselfForEachThatIsSilent(int capable, int nacks, int multiplier) {
			List<FakePeer> helpers = peers(3);
			helpers.stream().limit(capable).forEach(NegativeAcksTests.this::capable);
			begin(helpers);
			askedAbout(helpers);
			assertThat(node().environment().counts().multiplier()).isEqualTo(1);
			helpers.stream().limit(nacks).forEach(NegativeAcksTests.this::nack);
			mesh().until("the probe is over", PERIOD.multipliedBy(2),
					() -> node().environment().counts().probed().contains(ProbeOutcome.FAILED));
			assertThat(node().environment().counts().multiplier()).isEqualTo(multiplier);
		}

		@Test
		void doesNotKnowItWithoutTheExtension() {
			List<FakePeer> helpers = beginWithCapable(2);
			node().protocol().setOptions(MembershipOptions.REFERENCE);
			askedAbout(helpers);
			helpers.forEach(NegativeAcksTests.this::nack);
			mesh().advance(Duration.ofMillis(500));
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
			assertThat(node().environment().counts().dropped()).containsOnly(DropReason.UNKNOWN_TYPE).hasSize(2);
		}

		private List<FakePeer> beginWithCapable(int count) {
			List<FakePeer> helpers = peers(count);
			helpers.forEach(NegativeAcksTests.this::capable);
			begin(helpers);
			return helpers;
		}

		private List<FakePeer> peers(int count) {
			return IntStream.range(0, count).mapToObj((i) -> mesh().peer(11 + i).answering()).toList();
		}

	}

	@Nested
	class AMixedMesh {

		/** What reference helpers cannot say is neither waited for nor held against. */
		@Test
		void findsTheDeadAsTheReferenceDoes() {
			List<VirtualNode> nodes = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				nodes.add(mesh().node(11 + i, (i % 2 == 0) ? WITH_NACK : MembershipOptions.REFERENCE));
			}
			nodes.forEach((each) -> each.begin(nodes.toArray(VirtualNode[]::new)));
			mesh().advance(Duration.ofSeconds(20));
			assertThat(nodes).allMatch((each) -> each.environment().counts().multiplier() == 1);
			VirtualNode victim = nodes.get(1);
			victim.crash();
			Duration dead = mesh().until("dead everywhere", Duration.ofSeconds(20),
					() -> nodes.stream()
						.filter((each) -> each != victim)
						.allMatch((each) -> each.sees(victim, MemberStatus.DEAD)));
			assertThat(dead).as(mesh().toString()).isLessThan(Duration.ofSeconds(8));
			assertThat(nodes).as(mesh().toString())
				.noneMatch((each) -> each.environment().counts().dropped().contains(DropReason.UNKNOWN_TYPE));
		}

		@Test
		void suspectsSoonerWhereAllCanSay() {
			List<VirtualNode> nodes = mesh().star(5, WITH_NACK);
			mesh().advance(Duration.ofSeconds(30));
			VirtualNode victim = nodes.get(3);
			victim.crash();
			mesh().until("somebody suspects", Duration.ofSeconds(20),
					() -> nodes.stream().anyMatch((each) -> each.sees(victim, MemberStatus.SUSPECT)));
			VirtualNode first = nodes.stream()
				.filter((each) -> each.sees(victim, MemberStatus.SUSPECT))
				.findFirst()
				.get();
			assertThat(first.protocol().suspicions().of(victim.uri()).accusers()).as(mesh().toString()).hasSize(4);
		}

	}

	private VirtualMesh mesh() {
		return this.mesh;
	}

	private VirtualNode node() {
		return this.node;
	}

	private FakePeer target() {
		return this.target;
	}

	private FakePeer capable(FakePeer peer) {
		return peer.announcing(Ability.NEGATIVE_ACKS.bit());
	}

	/** Begins with the target and others, who have told what they can. */
	private void begin(List<FakePeer> others) {
		this.node.begin(Stream.concat(Stream.of(this.target), others.stream()).toArray(FakePeer[]::new));
		others.forEach((other) -> other.tell(this.node.uri(), other.alive(2)));
		this.mesh.advance(A_MOMENT);
	}

	/** Goes on until helpers are asked about the target. */
	private void askedAbout(List<FakePeer> helpers) {
		this.mesh.until("helpers are asked", Duration.ofSeconds(60),
				() -> helpers.stream().noneMatch((helper) -> requests(helper).isEmpty()));
	}

	private List<Message.Ping> requests(FakePeer helper) {
		return helper.received(Message.Ping.class)
			.stream()
			.filter((ping) -> this.target.uri().equals(ping.data().target()))
			.toList();
	}

	private void nack(FakePeer helper) {
		ProbeData probe = requests(helper).get(0).data();
		helper.send(this.node.uri(), new Message.Nack(helper.uri(), probe, false, List.of()));
	}

}
