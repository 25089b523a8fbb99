package io.membership.test;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.MemberStatus.ALIVE;
import static io.membership.MemberStatus.DEAD;
import static io.membership.MemberStatus.SUSPECT;
import static io.membership.test.Conditions.allSeeAll;
import static io.membership.test.Conditions.everyoneSees;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How soon a mesh with all extensions notices a death, and that it notices no other.
 */
class DetectionTests {

	private static final MembershipOptions EXTENDED = MembershipOptions.REFERENCE.toBuilder()
		.extensions(MembershipOptions.ALL_EXTENSIONS)
		.build();

	private static final Duration AT_MOST = Duration.ofMinutes(1);

	@ParameterizedTest
	@CsvSource({ "20, 30, 2.1", "100, 9, 2.5" })
	void aKilledProcessIsDeadForAll(int size, int seeds, double seconds) {
		assertThat(median(seeds, (mesh) -> mesh.crash(7), size, EXTENDED)).isLessThan(seconds);
	}

	@ParameterizedTest
	@CsvSource({ "20, 30, 5.0", "100, 9, 5.5" })
	void aHostThatIsGoneIsDeadForAll(int size, int seeds, double seconds) {
		assertThat(median(seeds, (mesh) -> mesh.crashHost(7), size, EXTENDED)).isLessThan(seconds);
	}

	@Test
	void manyDeadDoNotHideOneMore() {
		Set<MembershipExtension> others = EnumSet.copyOf(MembershipOptions.ALL_EXTENSIONS);
		others.remove(MembershipExtension.FORGETTING);
		UnaryOperator<SimulatedMesh> oneMore = (mesh) -> {
			IntStream.rangeClosed(11, 40).forEach(mesh::crash);
			mesh.run(Duration.ofSeconds(20));
			return mesh.crash(7);
		};
		double hidden = median(11, oneMore, 40, EXTENDED.toBuilder().extensions(others).build());
		double seen = median(11, oneMore, 40, EXTENDED);
		assertThat(seen).isLessThan(hidden);
	}

	@ParameterizedTest
	@CsvSource({ "0.02, 1, 0", "0.05, 2, 0", "0.1, 3, 5" })
	void lossKillsNobody(double loss, long seed, int suspected) {
		SimulatedMesh mesh = mesh(20, seed, Link.LAN.withLoss(loss));
		mesh.run(Duration.ofSeconds(5));
		Outcome outcome = mesh.run(Duration.ofMinutes(5));
		assertThat(outcome.changes((change) -> change.status() == DEAD)).as(mesh.toString()).isEmpty();
		assertThat(outcome.changes((change) -> change.status() == SUSPECT).stream().map(Change::subject).distinct())
			.as(mesh.toString())
			.hasSizeLessThanOrEqualTo(suspected);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
	void aProcessThatRestartsIsBackSoon(long seed) {
		SimulatedMesh mesh = mesh(20, seed, Link.LAN);
		mesh.run(Duration.ofMillis(5000 + seed * 97));
		mesh.crash(7).run(Duration.ofMillis(seed * 300));
		mesh.restart(7).runUntil(allSeeAll()).within(Duration.ofSeconds(5));
		mesh.run(Duration.ofSeconds(10));
		assertThat(IntStream.rangeClosed(1, 20).mapToObj((member) -> mesh.views().status(member, 7)))
			.as(mesh.toString())
			.containsOnly(ALIVE);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void aMeshOfWhichHalfIsReferenceNodesNoticesACrashToo(long seed) {
		SimulatedMeshBuilder builder = SimulatedMesh.builder().size(20).seed(seed).options(EXTENDED);
		IntStream.rangeClosed(1, 10).forEach((i) -> builder.options(2 * i, MembershipOptions.REFERENCE));
		SimulatedMesh mesh = builder.build().startJoined();
		mesh.run(Duration.ofMillis(20_000 + seed * 97));
		for (int victim : List.of(7, 8)) {
			mesh.crash(victim).runUntil(everyoneSees(victim, DEAD)).within(Duration.ofSeconds(12));
		}
	}

	/** Returns the median time until all know of a death, in seconds. */
	private static double median(int seeds, UnaryOperator<SimulatedMesh> death, int size, MembershipOptions options) {
		List<Duration> times = LongStream.rangeClosed(1, seeds).mapToObj((seed) -> {
			SimulatedMesh mesh = SimulatedMesh.builder().size(size).seed(seed).options(options).build().startJoined();
			mesh.run(Duration.ofMillis(5000 + seed * 97));
			return death.apply(mesh).runUntil(everyoneSees(7, DEAD)).within(AT_MOST).took();
		}).sorted().toList();
		return times.get(seeds / 2).toNanos() / 1e9;
	}

	private static SimulatedMesh mesh(int size, long seed, Link link) {
		return SimulatedMesh.builder().size(size).seed(seed).network(link).options(EXTENDED).build().startJoined();
	}

}
