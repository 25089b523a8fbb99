package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The way into a mesh.
 */
class JoiningTests {

	private static final Duration A_MOMENT = Duration.ofMillis(2);

	private final VirtualMesh mesh = new VirtualMesh(3);

	private final VirtualNode node = this.mesh.node(1);

	private final FakePeer seed = this.mesh.peer(2);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void listenToTheLog() {
		this.log.start();
		logger().addAppender(this.log);
	}

	@AfterEach
	void close() {
		logger().detachAppender(this.log);
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(Joining.class);
	}

	@Test
	void everySeedIsGreetedAtOnce() {
		FakePeer other = this.mesh.peer(3);
		join(this.seed.uri(), other.uri());
		this.mesh.advance(A_MOMENT);
		assertThat(List.of(greetings(this.seed), greetings(other))).containsExactly(1, 1);
	}

	@Test
	void aGreetingIsAPingThatIntroducesThisNode() {
		join(this.seed.uri());
		this.mesh.advance(A_MOMENT);
		assertThat(this.seed.last(Message.Ping.class).events()).extracting(Rumor::uri).containsExactly(this.node.uri());
	}

	@Test
	void aSeedIsNoMemberBeforeItAnswers() {
		join(this.seed.uri());
		this.mesh.advance(Duration.ofSeconds(60));
		assertThat(this.node.statusOf(this.seed)).isNull();
	}

	@Test
	void aSeedThatAnswersIsAMember() {
		VirtualNode mate = this.mesh.node(3).begin();
		join(mate.uri());
		this.mesh.advance(A_MOMENT);
		assertThat(this.node.statusOf(mate)).isEqualTo(MemberStatus.ALIVE);
	}

	@Test
	void thisNodeIsNotGreetedIfItIsAmongTheSeeds() {
		join(this.node.uri());
		this.mesh.advance(Duration.ofMillis(900));
		int oneProbeOneSyncAndTheAnswers = 4;
		assertThat(this.mesh.datagrams()).isEqualTo(oneProbeOneSyncAndTheAnswers);
	}

	@Test
	void whereNobodyAnswersPausesDoubleUpToThirtySeconds() {
		join(this.seed.uri());
		assertThat(pauses(this.seed, 10)).extracting(Duration::toMillis)
			.satisfiesExactly(aboutSeconds(1), aboutSeconds(2), aboutSeconds(4), aboutSeconds(8), aboutSeconds(16),
					aboutSeconds(30), aboutSeconds(30), aboutSeconds(30), aboutSeconds(30), aboutSeconds(30));
	}

	@Test
	void whoIsAloneAfterSomeRoundsIsToldWhyThatMayBe() {
		join(this.seed.uri());
		this.mesh.advance(Duration.ofSeconds(3));
		assertThat(this.log.list).isEmpty();
		this.mesh.advance(Duration.ofSeconds(60));
		assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
			.singleElement(InstanceOfAssertFactories.STRING)
			.contains("no seed answers", this.seed.uri().toString());
	}

	@Test
	void whoHasNoSeedsIsAloneOnPurpose() {
		join(this.node.uri());
		this.mesh.advance(Duration.ofSeconds(60));
		assertThat(this.log.list).isEmpty();
	}

	@Test
	void whoHasCompanyIsToldNothing() {
		join(this.mesh.node(3).begin().uri(), this.seed.uri());
		this.mesh.advance(Duration.ofSeconds(60));
		assertThat(this.log.list).isEmpty();
	}

	@Test
	void pausesAreDifferentOnEveryNode() {
		join(this.seed.uri());
		VirtualNode other = this.mesh.node(4).begin();
		FakePeer otherSeed = this.mesh.peer(5);
		other.protocol().join(List.of(otherSeed.uri()), 0);
		this.mesh.until("both greet again", Duration.ofSeconds(3),
				() -> greetings(this.seed) + greetings(otherSeed) == 3);
		this.mesh.advance(A_MOMENT);
		assertThat(greetings(this.seed) + greetings(otherSeed)).isEqualTo(3);
	}

	@Test
	void greetingGoesOnForEver() {
		join(this.seed.uri());
		this.mesh.advance(Duration.ofHours(10));
		this.seed.forget();
		this.mesh.advance(Duration.ofSeconds(37));
		assertThat(greetings(this.seed)).isPositive();
	}

	@Test
	void aSeedThatIsAliveIsNotGreetedAgain() {
		join(this.seed.answering().uri());
		this.seed.tell(this.node.uri(), this.seed.alive(1));
		this.mesh.advance(Duration.ofMillis(1500));
		int before = this.node.environment().counts().probed().size();
		this.mesh.advance(Duration.ofSeconds(60));
		assertThat(this.node.environment().counts().probed().size() - before).isEqualTo(60);
	}

	@Test
	void aSeedThatIsMissingIsGreetedEvenInCompany() {
		VirtualNode mate = this.mesh.node(3).begin();
		join(this.seed.uri(), mate.uri());
		this.mesh.advance(Duration.ofMinutes(10));
		this.seed.forget();
		this.mesh.advance(Duration.ofSeconds(37));
		assertThat(greetings(this.seed)).isPositive();
	}

	@Test
	void twoIslandsWhoseSeedComesUpLateBecomeOneMesh() {
		VirtualNode one = this.mesh.node(11);
		VirtualNode other = this.mesh.node(12);
		for (VirtualNode islander : List.of(one, other)) {
			VirtualNode mate = this.mesh.node(islander.equals(one) ? 13 : 14).begin();
			islander.begin();
			islander.protocol().join(List.of(this.node.uri(), mate.uri()), 0);
		}
		this.mesh.advance(Duration.ofMinutes(2));
		this.node.begin();
		this.mesh.advance(Duration.ofSeconds(50));
		assertThat(one.statusOf(other)).as("%s", this.mesh).isEqualTo(MemberStatus.ALIVE);
	}

	@Test
	void whoHasCompanyDoesNotBroadcast() {
		VirtualNode mate = this.mesh.node(3).begin();
		FakePeer network = joinWithBroadcast(mate);
		this.mesh.advance(Duration.ofSeconds(3));
		network.forget();
		this.mesh.advance(Duration.ofMinutes(5));
		assertThat(greetings(network)).isZero();
	}

	@Test
	void whoHasLostItsCompanyBroadcastsSoon() {
		VirtualNode mate = this.mesh.node(3).begin();
		FakePeer network = joinWithBroadcast(mate);
		this.mesh.advance(Duration.ofMinutes(5));
		network.forget();
		mate.crash();
		this.mesh.until("the mate is suspected", Duration.ofSeconds(10),
				() -> this.node.sees(mate, MemberStatus.SUSPECT));
		Duration greeted = this.mesh.until("the network is greeted", Duration.ofSeconds(10),
				() -> greetings(network) > 0);
		assertThat(greeted).isLessThan(Duration.ofMillis(1300));
	}

	@Test
	void whoHasLostItsCompanyBroadcastsLessAndLessOften() {
		VirtualNode mate = this.mesh.node(3).begin();
		FakePeer network = joinWithBroadcast(mate);
		this.mesh.advance(Duration.ofMinutes(5));
		mate.crash();
		network.forget();
		this.mesh.until("the network is greeted", Duration.ofSeconds(20), () -> greetings(network) > 0);
		assertThat(pauses(network, 3)).extracting(Duration::toMillis)
			.satisfiesExactly(aboutSeconds(2), aboutSeconds(4), aboutSeconds(8));
	}

	@Test
	void aSeedThatComesUpLateIsFound() {
		join(uri(7));
		this.mesh.advance(Duration.ofSeconds(100));
		VirtualNode late = this.mesh.node(7).begin();
		assertThat(this.mesh.until("the seed is a member", Duration.ofMinutes(1),
				() -> this.node.sees(late, MemberStatus.ALIVE)))
			.isLessThan(Duration.ofSeconds(37));
	}

	@Test
	void twoHalvesOfAMeshThatThoughtEachOtherDeadMeetAgain() {
		VirtualNode mate = this.mesh.node(3).begin();
		join(mate.uri());
		this.mesh.advance(Duration.ofSeconds(3));
		this.mesh.cut(this.node.uri(), mate.uri());
		this.mesh.advance(Duration.ofMinutes(2));
		this.mesh.heal(this.node.uri(), mate.uri());
		this.mesh.advance(Duration.ofSeconds(4));
		assertThat(List.of(this.node.statusOf(mate), mate.statusOf(this.node))).as("%s", this.mesh)
			.containsOnly(MemberStatus.ALIVE);
	}

	@Test
	void theNetworksAreGreetedAsWell() {
		FakePeer broadcast = this.mesh.peer(8);
		this.node.environment().addNetwork(broadcast.uri());
		this.node.begin();
		this.node.protocol().join(List.of(), 3301);
		this.mesh.advance(Duration.ofSeconds(20));
		assertThat(greetings(broadcast)).isEqualTo(5);
	}

	@Test
	void withoutABroadcastPortTheNetworksAreNotGreeted() {
		FakePeer broadcast = this.mesh.peer(8);
		this.node.environment().addNetwork(broadcast.uri());
		join();
		this.mesh.advance(Duration.ofSeconds(20));
		assertThat(greetings(broadcast)).isZero();
	}

	@Test
	void whoStopsDoesNotGreet() {
		join(this.seed.uri());
		this.node.protocol().stop();
		this.mesh.advance(A_MOMENT);
		this.seed.forget();
		this.mesh.advance(Duration.ofMinutes(5));
		assertThat(this.seed.received()).isEmpty();
	}

	@Test
	void aLongPeriodIsTheShortestPause() {
		MembershipOptions slow = MembershipOptions.REFERENCE.toBuilder()
			.protocolPeriod(Duration.ofSeconds(60))
			.antiEntropyPeriod(Duration.ofSeconds(60))
			.suspectTimeout(Duration.ofSeconds(60))
			.build();
		VirtualNode patient = this.mesh.node(4, slow).begin();
		patient.protocol().join(List.of(this.seed.uri()), 0);
		assertThat(pauses(this.seed, 2)).extracting(Duration::toMillis)
			.satisfiesExactly(aboutSeconds(60), aboutSeconds(60));
	}

	@Test
	void whoIsFoundIsGreetedAtOnce() {
		find(this.seed.uri());
		join();
		this.mesh.advance(A_MOMENT.multipliedBy(2));
		assertThat(greetings(this.seed)).isOne();
	}

	@Test
	void whoIsFoundAndMissingIsGreetedAgainLikeAnySeed() {
		find(this.seed.uri());
		join();
		this.mesh.advance(A_MOMENT);
		assertThat(pauses(this.seed, 4)).extracting(Duration::toMillis)
			.satisfiesExactly(aboutSeconds(1), aboutSeconds(2), aboutSeconds(4), aboutSeconds(8));
	}

	@Test
	void whoHasNotFoundAnybodySearchesForEver() {
		join();
		this.mesh.advance(Duration.ofHours(10));
		int before = this.node.environment().searches();
		find(this.seed.uri());
		this.mesh.until("the seed is greeted", Duration.ofSeconds(31), () -> greetings(this.seed) > 0);
		assertThat(this.node.environment().searches() - before).isOne();
	}

	@Test
	void searchesAreRareEvenIfNobodyAnswers() {
		join();
		this.mesh.advance(Duration.ofHours(1));
		assertThat(this.node.environment().searches()).isBetween(120, 250);
	}

	@Test
	void whoMissesNobodySearchesEveryThirtySeconds() {
		VirtualNode mate = this.mesh.node(3).begin();
		find(mate.uri());
		join();
		this.mesh.advance(Duration.ofMinutes(1));
		int before = this.node.environment().searches();
		this.mesh.advance(Duration.ofMinutes(10));
		assertThat(this.node.environment().searches() - before).isBetween(19, 20);
	}

	@Test
	void whoHasLostEverybodyAsksAgainSoon() {
		VirtualNode mate = this.mesh.node(3).begin();
		find(mate.uri());
		join();
		this.mesh.advance(Duration.ofMinutes(5));
		find(this.seed.uri());
		mate.crash();
		this.mesh.until("the mate is suspected", Duration.ofSeconds(10),
				() -> this.node.sees(mate, MemberStatus.SUSPECT));
		Duration greeted = this.mesh.until("the new seed is greeted", Duration.ofSeconds(10),
				() -> greetings(this.seed) > 0);
		assertThat(greeted).isLessThan(Duration.ofMillis(1300));
	}

	@Test
	void whoIsNotFoundAnyMoreIsNotGreetedAnyMore() {
		find(this.seed.uri());
		join();
		this.mesh.advance(Duration.ofMinutes(1));
		find();
		this.mesh.advance(Duration.ofSeconds(31));
		this.seed.forget();
		this.mesh.advance(Duration.ofMinutes(5));
		assertThat(greetings(this.seed)).isZero();
	}

	@Test
	void ofManyWhoAreFoundSomeAreGreetedEachTime() {
		List<FakePeer> many = IntStream.range(100, 200).mapToObj(this.mesh::peer).toList();
		find(many.stream().map(FakePeer::uri).toArray(MemberUri[]::new));
		join();
		this.mesh.advance(Duration.ofMillis(100));
		assertThat(many.stream().filter((peer) -> greetings(peer) > 0)).hasSize(Joining.MOST_GREETED);
		this.mesh.advance(Duration.ofMinutes(30));
		assertThat(many).allSatisfy((peer) -> assertThat(greetings(peer)).isPositive());
	}

	@Test
	void whoIsAMemberByAnotherNameIsNotMissing() {
		VirtualNode mate = this.mesh.node(3).begin();
		this.node.environment().setAt(this.seed.uri(), mate.uri());
		find(this.seed.uri(), mate.uri());
		join();
		this.mesh.advance(Duration.ofMinutes(1));
		this.seed.forget();
		this.mesh.advance(Duration.ofMinutes(5));
		assertThat(greetings(this.seed)).isZero();
	}

	@Test
	void thisNodeIsNotGreetedIfItIsFound() {
		find(this.node.uri());
		join();
		this.mesh.advance(Duration.ofMillis(900));
		int oneProbeOneSyncAndTheAnswers = 4;
		assertThat(this.mesh.datagrams()).isEqualTo(oneProbeOneSyncAndTheAnswers);
	}

	@Test
	void whoStopsDoesNotGreetWhomItFindsThen() {
		find(this.seed.uri());
		join();
		this.node.protocol().stop();
		this.mesh.advance(Duration.ofMinutes(5));
		assertThat(this.seed.received()).isEmpty();
	}

	private void find(MemberUri... seeds) {
		this.node.environment().setSeeds(List.of(seeds));
	}

	private void join(MemberUri... seeds) {
		this.node.begin();
		this.node.protocol().join(List.of(seeds), 0);
	}

	private FakePeer joinWithBroadcast(VirtualNode mate) {
		FakePeer network = this.mesh.peer(8);
		this.node.environment().addNetwork(network.uri());
		this.node.begin();
		this.node.protocol().join(List.of(mate.uri()), 3301);
		return network;
	}

	/** Returns the times between this greeting of somebody and the next ones. */
	private List<Duration> pauses(FakePeer peer, int count) {
		this.mesh.until("the peer is greeted", A_MOMENT, () -> greetings(peer) > 0);
		List<Duration> pauses = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int before = greetings(peer);
			pauses.add(this.mesh.until("the peer is greeted again", Duration.ofMinutes(2),
					() -> greetings(peer) > before));
		}
		return pauses;
	}

	private static ThrowingConsumer<Long> aboutSeconds(long seconds) {
		return (millis) -> assertThat(millis).isBetween(seconds * 500, seconds * 1050);
	}

	private static int greetings(FakePeer peer) {
		return peer.received(Message.Ping.class).size();
	}

}
