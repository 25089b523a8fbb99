package io.membership.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.membership.MemberUri;
import io.membership.MembershipObserver.MessageType;
import io.membership.swim.Message;
import io.membership.swim.ProbeData;
import io.membership.test.Traffic.Fate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who refuses datagrams, and when the sender hears of it.
 */
class RefusalTests {

	private static final Duration LATENCY = Duration.ofMillis(10);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final SimulatedMesh mesh = SimulatedMesh.builder()
		.size(5)
		.seed(42)
		.network(Link.LAN.withLatency(Latency.fixed(LATENCY)))
		.build()
		.startJoined();

	private final List<Duration> refused = new ArrayList<>();

	@Test
	void theHostOfACrashedMemberRefusesAfterARoundTrip() {
		this.mesh.crash(2);
		probe(1, 2).run(SECOND);
		assertThat(this.refused).containsExactly(LATENCY.multipliedBy(2));
	}

	@Test
	void aCrashedHostIsSilent() {
		this.mesh.crashHost(2);
		probe(1, 2).run(SECOND);
		assertThat(this.refused).isEmpty();
	}

	@Test
	void aHostLivesAgainWhenItsMemberStarts() {
		this.mesh.crashHost(2).restart(2).crash(2);
		probe(1, 2).run(SECOND);
		assertThat(this.refused).hasSize(1);
	}

	@Test
	void whoLeftIsRefused() {
		this.mesh.leave(2);
		probe(1, 2).run(SECOND);
		assertThat(this.refused).hasSize(1);
	}

	@Test
	void whoRunsIsReached() {
		Traffic before = this.mesh.traffic();
		probe(1, 2);
		assertThat(this.mesh.traffic().since(before).datagrams().get(MessageType.PING)).isEqualTo(1);
		Outcome outcome = this.mesh.run(Duration.ofMillis(25));
		assertThat(outcome.traffic().datagrams().get(MessageType.ACK)).isPositive();
		assertThat(this.refused).isEmpty();
	}

	@Test
	void whoIsFrozenDoesNotRefuse() {
		this.mesh.freeze(2);
		probe(1, 2).run(SECOND);
		assertThat(this.refused).isEmpty();
	}

	@Test
	void aFrozenSenderHearsOfARefusalWhenItIsThawed() {
		this.mesh.crash(2);
		probe(1, 2).freeze(1, Duration.ofMillis(500)).run(SECOND);
		assertThat(this.refused).containsExactly(Duration.ofMillis(500));
	}

	@Test
	void aSenderThatCrashedHearsNothing() {
		this.mesh.crash(2);
		probe(1, 2).crash(1).restart(1).run(SECOND);
		assertThat(this.refused).isEmpty();
	}

	@Test
	void aSlowRefusalComesTooLate() {
		this.mesh.crash(2);
		this.mesh.network().between(2, 1, Link.LAN.withLatency(Latency.fixed(SECOND)));
		probe(1, 2).run(SECOND.multipliedBy(3));
		assertThat(this.refused).isEmpty();
	}

	@Test
	void aDuplicateIsRefusedOnce() {
		this.mesh.crash(2).network().everywhere(Link.LAN.withDuplication(1));
		probe(1, 2).run(SECOND);
		assertThat(this.refused).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "1, 2", "2, 1" })
	void aCutInEitherDirectionHidesARefusal(int from, int to) {
		this.mesh.crash(2).network().cut(from, to);
		probe(1, 2).run(SECOND);
		assertThat(this.refused).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1, 2", "2, 1" })
	void aLossInEitherDirectionHidesARefusal(int from, int to) {
		this.mesh.crash(2).network().between(from, to, Link.LAN.withLoss(1));
		probe(1, 2).run(SECOND);
		assertThat(this.refused).isEmpty();
	}

	@Test
	void aPartitionHidesARefusal() {
		this.mesh.crash(2).network().isolate(List.of(2));
		probe(1, 2).run(SECOND);
		assertThat(this.refused).isEmpty();
	}

	@Test
	void aNameThatIsUnknownIsNotProbed() {
		this.mesh.crash(2).network().setResolvable(2, false);
		Traffic before = this.mesh.traffic();
		probe(1, 2);
		assertThat(this.mesh.traffic().since(before).totalDatagrams()).isZero();
		this.mesh.run(SECOND);
		assertThat(this.refused).isEmpty();
	}

	@Test
	void aHostOutsideTheMeshIsSilent() {
		Traffic before = this.mesh.traffic();
		this.mesh.world().life(1).probeRefusal(MemberUri.of("elsewhere", 1), ping(1, 2), this::noteRefusal);
		assertThat(this.mesh.traffic().since(before).count(Fate.UNHEARD)).isEqualTo(1);
		this.mesh.run(SECOND);
		assertThat(this.refused).isEmpty();
	}

	@Test
	void theSameSeedGivesTheSameRefusals() {
		assertThat(refusalsUnderLoss(7)).hasSizeBetween(20, 80).isEqualTo(refusalsUnderLoss(7));
	}

	private static List<Duration> refusalsUnderLoss(long seed) {
		RefusalTests tests = new RefusalTests();
		SimulatedMesh lossy = SimulatedMesh.builder().size(2).seed(seed).network(Link.LAN.withLoss(0.3)).build();
		List<Duration> refusals = new ArrayList<>();
		lossy.start(1);
		for (int i = 0; i < 100; i++) {
			lossy.world().life(1).probeRefusal(lossy.uri(2), tests.ping(1, 2), () -> refusals.add(lossy.elapsed()));
		}
		lossy.run(SECOND);
		return refusals;
	}

	private SimulatedMesh probe(int from, int to) {
		Duration begin = this.mesh.elapsed();
		this.mesh.world()
			.life(from)
			.probeRefusal(this.mesh.uri(to), ping(from, to), () -> this.refused.add(this.mesh.elapsed().minus(begin)));
		return this.mesh;
	}

	private Message ping(int from, int to) {
		return new Message.Ping(this.mesh.uri(from),
				new ProbeData(this.mesh.uri(from), this.mesh.uri(to), 7, ProbeData.UNKNOWN, Map.of()), List.of());
	}

	private void noteRefusal() {
		this.refused.add(this.mesh.elapsed());
	}

}
