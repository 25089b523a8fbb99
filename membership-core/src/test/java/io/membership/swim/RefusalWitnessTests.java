package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * It takes two members that were refused to shorten a suspicion.
 */
class RefusalWitnessTests {

	private static final MembershipOptions OPTIONS = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.REFUSAL_PROBE, MembershipExtension.NEGATIVE_ACKS,
				MembershipExtension.LOCAL_HEALTH))
		.build();

	private static final MembershipOptions WITHOUT_REFUSAL = OPTIONS.toBuilder()
		.extensions(Set.of(MembershipExtension.NEGATIVE_ACKS, MembershipExtension.DYNAMIC_SUSPICION))
		.build();

	private static final Duration A_MOMENT = Duration.ofMillis(2);

	private static final Duration PERIOD = Duration.ofSeconds(1);

	private final VirtualMesh mesh = new VirtualMesh(71);

	private final VirtualNode node = this.mesh.node(1, OPTIONS);

	private final FakePeer target = this.mesh.peer(2);

	@Nested
	class AHelper {

		private final FakePeer prober = mesh().peer(3).announcing(Ability.NEGATIVE_ACKS.bit());

		@Test
		void whoIsRefusedSaysSo() {
			begin(OPTIONS);
			mesh().refuse(target());
			ProbeData probe = ask();
			mesh().advance(Duration.ofMillis(50));
			assertThat(nacks()).isEmpty();
			mesh().advance(A_MOMENT);
			assertThat(nacks()).singleElement().satisfies((nack) -> {
				assertThat(nack.refused()).isTrue();
				assertThat(nack.data()).isEqualTo(probe);
				assertThat(nack.sender()).isEqualTo(node().uri());
			});
			mesh().advance(PERIOD);
			assertThat(nacks()).hasSize(1);
		}

		@Test
		void whoHearsNothingAtAllSaysOnlyThat() {
			begin(OPTIONS);
			ask();
			mesh().advance(PERIOD);
			assertThat(nacks()).extracting(Message.Nack::refused).containsExactly(false);
			assertThat(pings()).hasSize(2);
		}

		@Test
		void whoHearsTheTargetDoesNotPingItAgain() {
			begin(OPTIONS);
			ProbeData probe = ask();
			mesh().advance(A_MOMENT);
			target().ack(node().uri(), probe);
			mesh().advance(Duration.ofMillis(200));
			assertThat(pings()).hasSize(1);
			assertThat(nacks()).isEmpty();
		}

		@Test
		void whoHearsTheTargetLateSaysNothing() {
			begin(OPTIONS);
			ask();
			mesh().until("the second ping", PERIOD, () -> pings().size() == 2);
			target().ack(node().uri(), pings().get(1).data());
			mesh().advance(PERIOD);
			assertThat(this.prober.received(Message.Ack.class)).isNotEmpty();
			assertThat(nacks()).isEmpty();
		}

		@Test
		void withoutTheExtensionIsNotRefused() {
			begin(WITHOUT_REFUSAL);
			mesh().refuse(target());
			ask();
			mesh().advance(PERIOD);
			assertThat(nacks()).extracting(Message.Nack::refused).containsExactly(false);
		}

		@Test
		void doesNotPingForWhoWouldNotUnderstand() {
			this.prober.announcing(0);
			begin(OPTIONS);
			ask();
			mesh().advance(PERIOD);
			assertThat(pings()).hasSize(1);
		}

		/** The node itself accuses and probes nobody in these tests. */
		private void begin(MembershipOptions options) {
			MembershipOptions lazy = options.toBuilder()
				.protocolPeriod(Duration.ofMinutes(1))
				.antiEntropyPeriod(Duration.ofMinutes(1))
				.suspectTimeout(Duration.ofMinutes(1))
				.build();
			RefusalWitnessTests.this.begin(List.of(this.prober));
			node().protocol().setOptions(lazy);
			mesh().advance(Duration.ofSeconds(10));
			target().forget();
			this.prober.forget();
		}

		private ProbeData ask() {
			ProbeData probe = ProbeData.of(this.prober.uri(), target().uri(), mesh().time().micros());
			this.prober.send(node().uri(), new Message.Ping(this.prober.uri(), probe, List.of()));
			mesh().advance(Duration.ofNanos(200_000));
			return probe;
		}

		private List<Message.Nack> nacks() {
			return this.prober.received(Message.Nack.class);
		}

		/** Returns the PINGs of the prober's probe that reached the target. */
		private List<Message.Ping> pings() {
			return target().received(Message.Ping.class)
				.stream()
				.filter((ping) -> this.prober.uri().equals(ping.data().source()))
				.toList();
		}

	}

	@Nested
	class AProber {

		private final List<FakePeer> helpers = Stream.of(11, 12, 13)
			.map((n) -> mesh().peer(n).answering().announcing(Ability.NEGATIVE_ACKS.bit()))
			.toList();

		@Test
		void suspectsAtOnceWhenAHelperIsRefusedToo() {
			askedAboutARefusedTarget();
			nack(0, true);
			mesh().advance(A_MOMENT);
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.SUSPECT);
			assertThat(suspicion().refused()).containsExactlyInAnyOrder(node().uri(), uri(11));
			assertThat(evidence()).isEqualTo(Cause.REFUSED);
		}

		@Test
		void givesTwoWitnessesLittleTime() {
			askedAboutARefusedTarget();
			nack(0, true);
			mesh().until("suspect", PERIOD, () -> node().sees(target(), MemberStatus.SUSPECT));
			assertThat(untilDead()).isEqualTo(OPTIONS.refusedTimeout());
		}

		@Test
		void tellsTheOthersOfBoth() {
			askedAboutARefusedTarget();
			node().protocol().setOptions(OPTIONS.toBuilder().refusedTimeout(Duration.ofSeconds(3)).build());
			nack(0, true);
			mesh().advance(PERIOD.multipliedBy(3));
			assertThat(rumorsOfTarget(this.helpers.get(1))).extracting(Rumor::status, Rumor::supplement)
				.contains(tuple(MemberStatus.SUSPECT,
						Supplement.ofAccusers(List.of(node().uri(), uri(11)), List.of(node().uri(), uri(11)))));
		}

		@Test
		void doesNotDoubtItself() {
			askedAboutARefusedTarget();
			nack(0, true);
			mesh().advance(A_MOMENT);
			assertThat(node().environment().counts().multiplier()).isEqualTo(1);
		}

		@Test
		void waitsForThePeriodIfItIsTheOnlyOne() {
			askedAboutARefusedTarget();
			nack(0, false);
			mesh().advance(Duration.ofMillis(700));
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
			mesh().until("suspect", PERIOD, () -> node().sees(target(), MemberStatus.SUSPECT));
			assertThat(suspicion().isRefused()).isFalse();
			assertThat(untilDead()).isEqualTo(OPTIONS.suspectTimeout());
		}

		@Test
		void believesTwoHelpersThatWereRefused() {
			askedAboutASilentTarget();
			nack(0, true);
			mesh().advance(A_MOMENT);
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
			nack(2, true);
			mesh().advance(A_MOMENT);
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.SUSPECT);
			assertThat(suspicion().refused()).containsExactly(uri(11), uri(13));
		}

		@Test
		void believesTheRefutationOfARestartedProcess() {
			askedAboutARefusedTarget();
			nack(0, true);
			mesh().until("suspect", PERIOD, () -> node().sees(target(), MemberStatus.SUSPECT));
			target().tell(node().uri(), target().alive(9));
			mesh().advance(PERIOD);
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void givesMoreTimeToWhoAnswersAfterAll() {
			askedAboutARefusedTarget();
			nack(0, true);
			mesh().until("suspect", PERIOD, () -> node().sees(target(), MemberStatus.SUSPECT));
			target().ack(node().uri(), requests(this.helpers.get(0)).get(0).data());
			mesh().advance(PERIOD);
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.SUSPECT);
			assertThat(suspicion().isRefused()).isFalse();
		}

		@Test
		void addsItsOwnRefusalToThatOfAnother() {
			begin(this.helpers);
			mesh().refuse(target());
			tellOfARefusal(uri(11));
			assertThat(suspicion().isRefused()).isFalse();
			untilAsked();
			assertThat(suspicion().refused()).containsExactly(uri(11), node().uri());
			assertThat(untilDead()).isCloseTo(OPTIONS.refusedTimeout(), A_MOMENT);
		}

		@Test
		void countsOneThatIsRefusedTwiceOnce() {
			begin(this.helpers);
			tellOfARefusal(uri(11));
			tellOfARefusal(uri(11));
			assertThat(suspicion().isRefused()).isFalse();
		}

		@Test
		void withoutTheExtensionGivesAllTheTime() {
			begin(this.helpers);
			node().protocol().setOptions(WITHOUT_REFUSAL.toBuilder().suspicionEnabled(false).build());
			tellOfARefusal(uri(11), uri(12));
			assertThat(untilDead()).isGreaterThan(Duration.ofSeconds(5));
		}

		private void askedAboutARefusedTarget() {
			begin(this.helpers);
			mesh().refuse(target());
			untilAsked();
		}

		/** Only this node's second PING is lost, so nobody tells that it is refused. */
		private void askedAboutASilentTarget() {
			begin(this.helpers);
			untilAsked();
		}

		private void untilAsked() {
			mesh().until("helpers are asked", PERIOD.multipliedBy(10),
					() -> this.helpers.stream().noneMatch((helper) -> requests(helper).isEmpty()));
		}

		private void nack(int helper, boolean refused) {
			FakePeer peer = this.helpers.get(helper);
			peer.send(node().uri(), new Message.Nack(peer.uri(), requests(peer).get(0).data(), refused, List.of()));
		}

		private void tellOfARefusal(MemberUri... accusers) {
			Supplement accusation = Supplement.ofAccusers(List.of(accusers), List.of(accusers));
			this.helpers.get(0).tell(node().uri(), target().rumor(MemberStatus.SUSPECT, 1).with(accusation));
			mesh().advance(A_MOMENT);
		}

	}

	@Nested
	class AMesh {

		@Test
		void noticesACrashSooner() {
			assertThat(untilAllSeeACrash(OPTIONS, OPTIONS))
				.isLessThan(untilAllSeeACrash(WITHOUT_REFUSAL, WITHOUT_REFUSAL));
		}

		@Test
		void ofWhichHalfIsReferenceNodesNoticesIt() {
			assertThat(untilAllSeeACrash(OPTIONS, MembershipOptions.REFERENCE)).isLessThan(Duration.ofSeconds(8));
		}

		/** All run with the same seed. */
		private static Duration untilAllSeeACrash(MembershipOptions even, MembershipOptions odd) {
			VirtualMesh mesh = new VirtualMesh(72);
			List<VirtualNode> nodes = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				nodes.add(mesh.node(21 + i, (i % 2 == 0) ? even : odd));
			}
			nodes.forEach((each) -> each.begin(nodes.toArray(VirtualNode[]::new)));
			mesh.advance(Duration.ofSeconds(20));
			VirtualNode victim = nodes.remove(3);
			victim.protocol().stop();
			mesh.refuse(victim);
			return mesh.until("all see it dead", Duration.ofSeconds(30),
					() -> nodes.stream().allMatch((each) -> each.sees(victim, MemberStatus.DEAD)));
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

	private void begin(List<FakePeer> others) {
		this.node.begin(Stream.concat(Stream.of(this.target), others.stream()).toArray(FakePeer[]::new));
		others.forEach((other) -> other.tell(this.node.uri(), other.alive(2)));
		this.mesh.advance(A_MOMENT);
	}

	private Suspicion suspicion() {
		return this.node.protocol().suspicions().of(this.target.uri());
	}

	private Duration untilDead() {
		return this.mesh.until("dead", Duration.ofSeconds(60), () -> this.node.sees(this.target, MemberStatus.DEAD));
	}

	private List<Message.Ping> requests(FakePeer helper) {
		return helper.received(Message.Ping.class)
			.stream()
			.filter((ping) -> this.target.uri().equals(ping.data().target()))
			.toList();
	}

	private List<Rumor> rumorsOfTarget(FakePeer peer) {
		return peer.received()
			.stream()
			.flatMap((message) -> message.events().stream())
			.filter((rumor) -> rumor.uri().equals(this.target.uri()))
			.map((rumor) -> rumor.withTimeToLive(0))
			.toList();
	}

	private Cause evidence() {
		return this.node.events()
			.stream()
			.filter((event) -> event instanceof MemberStatusChangedEvent
					&& event.member().uri().equals(this.target.uri()))
			.reduce((first, second) -> second)
			.orElseThrow()
			.evidence()
			.cause();
	}

}
