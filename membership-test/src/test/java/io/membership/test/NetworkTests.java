package io.membership.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.membership.DropReason;
import io.membership.MembershipOptions;
import io.membership.test.Traffic.Fate;
import org.junit.jupiter.api.Test;

import static io.membership.MemberStatus.ALIVE;
import static io.membership.MemberStatus.DEAD;
import static io.membership.test.Conditions.allSeeAll;
import static io.membership.test.Conditions.everyoneSees;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/**
 * Each fault of the network does what it says.
 */
class NetworkTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final SimulatedMesh mesh = SimulatedMesh.builder()
		.size(10)
		.seed(42)
		.options(MembershipOptions.REFERENCE)
		.build()
		.startJoined();

	@Test
	void withoutFaultsDeliversEverything() {
		Traffic traffic = this.mesh.run(MINUTE).traffic();
		assertThat(traffic.count(Fate.DELIVERED)).isCloseTo(traffic.totalDatagrams(), within(5L));
		assertThat(traffic.totalDatagrams() / 600.0).isBetween(2.15, 2.25);
	}

	@Test
	void losesTheShareThatItIsTold() {
		this.mesh.allow(Invariant.NO_FALSE_DEATHS);
		assertThat(shareOf(Fate.LOST, Link.LAN.withLoss(0.3))).isCloseTo(0.3, within(0.04));
	}

	@Test
	void duplicatesTheShareThatItIsTold() {
		assertThat(shareOf(Fate.DUPLICATED, Link.LAN.withDuplication(0.3))).isCloseTo(0.3, within(0.04));
	}

	@Test
	void corruptsTheShareThatItIsTold() {
		this.mesh.allow(Invariant.NO_FALSE_DEATHS);
		assertThat(shareOf(Fate.CORRUPTED, Link.LAN.withCorruption(0.15))).isCloseTo(0.15, within(0.04));
	}

	@Test
	void corruptedDatagramsAreMostlyRefused() {
		this.mesh.allow(Invariant.NO_FALSE_DEATHS);
		this.mesh.network().everywhere(Link.LAN.withCorruption(0.15));
		Traffic traffic = this.mesh.run(MINUTE).traffic();
		assertThat(traffic.dropped().values().stream().mapToLong(Long::longValue).sum()).isGreaterThan(20);
		assertThat(traffic.dropped().get(DropReason.MALFORMED)).isPositive();
	}

	@Test
	void losesWhatIsAboveTheMtu() {
		this.mesh.network().everywhere(Link.LAN.withMtu(250));
		this.mesh.allow(Invariant.NO_FALSE_DEATHS);
		assertThat(this.mesh.run(Duration.ofSeconds(5)).traffic().count(Fate.TOO_LARGE)).isGreaterThan(50);
	}

	@Test
	void latencyDelaysAnswers() {
		Link far = Link.LAN.withLatency(Latency.fixed(Duration.ofMillis(600)));
		this.mesh.allow(Invariant.NO_FALSE_DEATHS).network().everywhere(far);
		this.mesh.run(Duration.ofSeconds(3));
		assertThat(this.mesh.views().status(1, 2) == ALIVE && this.mesh.views().isRight(1)).isFalse();
	}

	@Test
	void aHeldUpDatagramIsOvertaken() {
		Link reordering = Link.LAN.withReordering(0.5, Duration.ofMillis(100));
		SplittableRandom random = new SplittableRandom(1);
		List<Long> ways = Stream.generate(() -> reordering.way(random)).limit(100).toList();
		assertThat(ways).anyMatch((way) -> way > 100_000_000).anyMatch((way) -> way < 1_000_000);
	}

	@Test
	void aLongTailIsWhereItIsTold() {
		Latency latency = Latency.longTailed(Duration.ofMillis(20), Duration.ofMillis(200));
		SplittableRandom random = new SplittableRandom(1);
		long[] sorted = LongStream.generate(() -> latency.draw(random)).limit(10_000).sorted().toArray();
		assertThat(sorted[5000] / 1e6).isCloseTo(20, within(1.5));
		assertThat(sorted[9900] / 1e6).isCloseTo(200, within(30.0));
	}

	@Test
	void aCutWorksInOneDirection() {
		this.mesh.network().cut(1, 2);
		assertThat(this.mesh.run(MINUTE).traffic().count(Fate.CUT)).isPositive();
		assertThat(this.mesh.views().isRight(2)).isTrue();
	}

	@Test
	void whoCannotSendIsDeadForTheOthers() {
		allowAccusationsOfTheFaulty();
		this.mesh.network().outOf(3, Link.LAN.withLoss(1));
		this.mesh.runUntil(everyoneSees(3, DEAD)).within(Duration.ofSeconds(20));
		this.mesh.network().heal();
		this.mesh.runUntil(allSeeAll()).within(Duration.ofSeconds(15));
	}

	@Test
	void theMostSpecialLinkCounts() {
		Link into = Link.LAN.withLoss(0.1);
		Link outOf = Link.LAN.withLoss(0.2);
		Link between = Link.LAN.withLoss(0.3);
		Network network = this.mesh.network().into(2, into).outOf(1, outOf).between(1, 2, between);
		assertThat(List.of(network.link(1, 2), network.link(3, 2), network.link(1, 3), network.link(3, 4)))
			.containsExactly(between, into, outOf, Link.LAN);
	}

	@Test
	void islandsHearNothingOfEachOther() {
		this.mesh.network().isolate(List.of(1, 2, 3));
		this.mesh.run(MINUTE);
		assertThat(this.mesh.views().alive(1)).isEqualTo(3);
		assertThat(this.mesh.views().alive(4)).isEqualTo(7);
	}

	@Test
	void whoseNameIsUnknownIsNotReached() {
		allowAccusationsOfTheFaulty();
		this.mesh.network().setResolvable(3, false);
		this.mesh.run(Duration.ofSeconds(30));
		assertThat(this.mesh.views().status(1, 3)).isEqualTo(DEAD);
	}

	@Test
	void countsByTypeWithAndWithoutHeaders() {
		Traffic traffic = this.mesh.run(MINUTE).traffic();
		assertThat(traffic.totalBytes(Link.HEADERS) - traffic.totalBytes(0)).isEqualTo(28 * traffic.totalDatagrams());
		assertThat(traffic.largest()).isBetween(100, MembershipOptions.DEFAULTS.maxPacketSize());
	}

	@Test
	void probabilitiesAreChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> Link.LAN.withLoss(1.5)).withMessageContaining("loss");
	}

	@Test
	void payloadsAreSeen() {
		this.mesh.setPayload(3, "k", "v")
			.runUntil(Conditions.everyoneSeesPayload(3, "k", "v"))
			.within(Duration.ofSeconds(10));
		assertThat(this.mesh.views().payload(1, 3)).isEqualTo(Map.of("k", "v"));
	}

	/** Who hears no answers takes healthy members for dead, and says so. */
	private void allowAccusationsOfTheFaulty() {
		this.mesh.allow(Invariant.NO_FALSE_DEATHS);
	}

	private double shareOf(Fate fate, Link link) {
		this.mesh.network().everywhere(link);
		Traffic traffic = this.mesh.run(MINUTE).traffic();
		return (double) traffic.count(fate) / (traffic.totalDatagrams() - traffic.count(Fate.UNHEARD));
	}

}
