package io.membership.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.membership.MemberStatus;
import io.membership.MembershipEvent;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.MemberStatus.DEAD;
import static io.membership.MemberStatus.SUSPECT;
import static io.membership.test.Conditions.allSeeAll;
import static io.membership.test.Conditions.both;
import static io.membership.test.Conditions.everyoneSees;
import static io.membership.test.Conditions.viewsAreEqual;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the engine must do in the usual calamities; each scenario takes seconds at most.
 */
class ScenarioTests {

	private static final int CRASHES = 40;

	private static final MembershipOptions REFERENCE = MembershipOptions.REFERENCE;

	/** Medians that were measured on nodes of the reference, in seconds. */
	@ParameterizedTest
	@CsvSource({ "5, 1.94, 4.95, 5.48", "10, 1.85, 4.86, 5.69", "20, 1.91, 4.91, 6.54" })
	void aCrashIsNoticedAsSoonAsByTheReference(int size, double suspected, double dead, double deadAtAll) {
		List<Outcome> crashes = LongStream.rangeClosed(1, CRASHES).mapToObj((seed) -> crash(size, seed)).toList();
		assertThat(medianMillis(crashes.stream().map((crash) -> crash.first(size, SUSPECT).orElseThrow()).toList()))
			.isBetween(suspected * 1000 - 400, suspected * 1000 + 400);
		assertThat(medianMillis(crashes.stream().map((crash) -> crash.first(size, DEAD).orElseThrow()).toList()))
			.isBetween(dead * 1000 - 400, dead * 1000 + 400);
		assertThat(medianMillis(crashes.stream().map(Outcome::took).toList())).isBetween(deadAtAll * 1000 - 800,
				deadAtAll * 1000 + 800);
	}

	private static Outcome crash(int size, long seed) {
		SimulatedMesh mesh = SimulatedMesh.builder().size(size).seed(seed).options(REFERENCE).build().startJoined();
		mesh.run(Duration.ofMillis(5000 + seed * 97));
		return mesh.crash(size).runUntil(everyoneSees(size, DEAD)).within(Duration.ofSeconds(60));
	}

	private static double medianMillis(List<Duration> times) {
		return times.stream().sorted().toList().get(times.size() / 2).toNanos() / 1e6;
	}

	@ParameterizedTest
	@EnumSource
	void inAMeshThatIsLeftAloneNobodyIsSuspected(MembershipExtension extension) {
		MembershipOptions options = REFERENCE.toBuilder().extensions(Set.of(extension)).build();
		SimulatedMesh mesh = SimulatedMesh.builder().size(100).seed(1).options(options).build();
		List<MembershipEvent> suspicions = new ArrayList<>();
		mesh.listen((observer, event) -> {
			if (event.member().status() == SUSPECT) {
				suspicions.add(event);
			}
		});
		mesh.startJoined().run(Duration.ofSeconds(20));
		assertThat(suspicions).as(mesh.toString()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void halvesOfAPartitionFindEachOther(long seed) {
		SimulatedMesh mesh = SimulatedMesh.builder().size(16).seed(seed).build().startJoined();
		mesh.network().isolate(range(1, 8));
		mesh.run(Duration.ofSeconds(60));
		assertThat(IntStream.rangeClosed(1, 16).map(mesh.views()::alive)).containsOnly(8);
		mesh.network().heal();
		mesh.runUntil(both(allSeeAll(), viewsAreEqual())).within(Duration.ofSeconds(20));
	}

	/** Without encryption nothing tells a flipped bit in a URI from another member. */
	@Test
	void plainCorruptionBreaksNoInvariantButInventsMembers() {
		SimulatedMesh mesh = SimulatedMesh.builder()
			.size(10)
			.seed(15)
			.network(Link.LAN.withCorruption(0.15))
			.build()
			.startJoined();
		Traffic traffic = mesh.allow(Invariant.NO_FALSE_DEATHS).run(Duration.ofMinutes(2)).traffic();
		assertThat(traffic.count(Traffic.Fate.CORRUPTED)).isGreaterThan(150);
		assertThat(traffic.dropped().values().stream().mapToLong(Long::longValue).sum()).isGreaterThan(50);
		assertThat(mesh.views().known(1)).isGreaterThan(10);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void noLivingMemberStaysDeadAfterAMassRestart(long seed) {
		SimulatedMesh mesh = SimulatedMesh.builder().size(30).seed(seed).build().startJoined();
		SplittableRandom random = new SplittableRandom(seed);
		for (int member = 1; member <= mesh.size(); member++) {
			int restarting = member;
			long crash = random.nextLong(4000);
			mesh.after(Duration.ofMillis(crash), (world) -> world.crash(restarting));
			mesh.after(Duration.ofMillis(crash + 100 + random.nextLong(900)),
					(world) -> world.start(restarting, 1, 2, 3));
		}
		mesh.run(Duration.ofSeconds(5));
		mesh.runUntil(both(allSeeAll(), viewsAreEqual())).within(Duration.ofSeconds(60));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2 })
	void nobodyDiesOfShortPauses(long seed) {
		SimulatedMesh mesh = SimulatedMesh.builder().size(20).seed(seed).build().startJoined();
		SplittableRandom random = new SplittableRandom(seed);
		for (int second = 5; second < 120; second += 5) {
			int paused = random.nextInt(1, 21);
			Duration pause = Duration.ofMillis(random.nextLong(100, 1000));
			mesh.after(Duration.ofSeconds(second), (world) -> world.freeze(paused, pause));
		}
		Outcome outcome = mesh.run(Duration.ofMinutes(2));
		assertThat(outcome.changes((change) -> change.status() == MemberStatus.DEAD)).as("%s", mesh).isEmpty();
	}

	@Test
	void aHundredJoin() {
		SimulatedMesh mesh = SimulatedMesh.builder().size(100).seed(100).build().startAll();
		Outcome joined = mesh.runUntil(allSeeAll()).within(Duration.ofSeconds(15));
		assertThat(joined.traffic().largest()).isBetween(1400, 1472);
	}

	@Test
	void aThousandKnowEachOther() {
		SimulatedMesh mesh = SimulatedMesh.builder().size(1000).seed(1).build().startJoined();
		mesh.runUntil(both(allSeeAll(), viewsAreEqual())).within(Duration.ofSeconds(3));
		mesh.leave(7).runUntil(allSeeAll()).within(Duration.ofSeconds(5));
	}

	private static List<Integer> range(int first, int last) {
		return IntStream.rangeClosed(first, last).boxed().toList();
	}

}
