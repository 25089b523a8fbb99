package io.membership.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import io.membership.Evidence.Cause;
import io.membership.MemberRemovedEvent;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.MemberStatus.DEAD;
import static io.membership.test.Conditions.allSeeAll;
import static io.membership.test.Conditions.both;
import static io.membership.test.Conditions.everyoneSees;
import static io.membership.test.Conditions.viewsAreEqual;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Meshes in which members are forgotten, and come back.
 */
class ForgettingScenarioTests {

	private static final Duration FORGET_AFTER = Duration.ofMinutes(2);

	private static final int SIZE = 16;

	/** Who has which extensions. */
	private enum Kind {

		ALL, ONLY_FORGETTING, HALF_REFERENCE;

		private SimulatedMesh mesh(long seed) {
			SimulatedMeshBuilder builder = SimulatedMesh.builder().size(SIZE).seed(seed).options(options());
			if (this == HALF_REFERENCE) {
				IntStream.rangeClosed(1, SIZE)
					.filter((member) -> member % 2 == 0)
					.forEach((member) -> builder.options(member, MembershipOptions.REFERENCE));
			}
			SimulatedMesh mesh = builder.build().startAll();
			mesh.runUntil(both(allSeeAll(), viewsAreEqual())).within(Duration.ofSeconds(30));
			return mesh;
		}

		private MembershipOptions options() {
			return MembershipOptions.REFERENCE.toBuilder()
				.extensions((this == ONLY_FORGETTING) ? Set.of(MembershipExtension.FORGETTING)
						: MembershipOptions.ALL_EXTENSIONS)
				.forgetAfter(FORGET_AFTER)
				.build();
		}

		/** Returns how many members those know that forget. */
		private List<Integer> known(SimulatedMesh mesh) {
			return IntStream.rangeClosed(1, SIZE).filter(this::forgets).mapToObj(mesh.views()::known).toList();
		}

		private boolean forgets(int member) {
			return this != HALF_REFERENCE || member % 2 == 1;
		}

	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void halvesThatForgotEachOtherMeetAgainWhereTheirSeedIs(Kind kind) {
		for (long seed = 1; seed <= 3; seed++) {
			SimulatedMesh mesh = kind.mesh(seed);
			mesh.network().isolate(IntStream.rangeClosed(1, SIZE / 2).boxed().toList());
			mesh.run(FORGET_AFTER.multipliedBy(2));
			assertThat(kind.known(mesh)).as("%s", mesh).allMatch((known) -> known <= SIZE / 2 + 1);
			mesh.network().heal();
			Outcome merged = mesh.runUntil(both(allSeeAll(), viewsAreEqual())).within(Duration.ofSeconds(40));
			if (kind != Kind.HALF_REFERENCE) {
				assertThat(merged.changes((change) -> change.status() == DEAD)).as("%s", mesh).isEmpty();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void whoIsForgottenStaysForgotten(Kind kind) {
		SimulatedMesh mesh = kind.mesh(7);
		Map<Integer, Integer> removals = new HashMap<>();
		mesh.listen((observer, event) -> {
			if (event instanceof MemberRemovedEvent removed && removed.evidence().cause() == Cause.FORGOTTEN) {
				removals.merge(observer, 1, Integer::sum);
			}
		});
		mesh.crashHost(9).runUntil(everyoneSees(9, DEAD)).within(Duration.ofSeconds(30));
		mesh.run(FORGET_AFTER.multipliedBy(10));
		for (int member = 1; member <= SIZE; member++) {
			if (mesh.isRunning(member)) {
				assertThat(mesh.views().status(member, 9)).as("%d in %s", member, mesh)
					.isEqualTo(kind.forgets(member) ? null : DEAD);
				assertThat(removals.getOrDefault(member, 0)).as("%d in %s", member, mesh)
					.isEqualTo(kind.forgets(member) ? 1 : 0);
			}
		}
	}

	/** Even without an incarnation from the clock. */
	@ParameterizedTest
	@EnumSource(Kind.class)
	void whoIsForgottenAndStartsAnewIsBackSoon(Kind kind) {
		SimulatedMesh mesh = kind.mesh(8);
		mesh.clock(9).setOffset(Duration.ofDays(-365 * 60));
		mesh.crashHost(9).run(FORGET_AFTER.plusMinutes(1));
		mesh.restart(9).runUntil(both(allSeeAll(), viewsAreEqual())).within(Duration.ofSeconds(15));
	}

	@Test
	void aProcessThatReplacesAnotherNeedsNotRefute() {
		SimulatedMesh mesh = Kind.ALL.mesh(3);
		List<Cause> causes = new ArrayList<>();
		mesh.listen((observer, event) -> causes.add(event.evidence().cause()));
		mesh.crash(9).runUntil(everyoneSees(9, DEAD)).within(Duration.ofSeconds(30));
		mesh.run(Duration.ofSeconds(2));
		causes.clear();
		mesh.restart(9);
		long incarnation = mesh.views().incarnation(9, 9);
		mesh.runUntil(both(allSeeAll(), viewsAreEqual())).within(Duration.ofSeconds(10));
		assertThat(causes).doesNotContain(Cause.REFUTED);
		assertThat(mesh.views().incarnation(1, 9)).isEqualTo(incarnation).isGreaterThan(1_700_000_000L);
	}

	@Test
	void aClockThatWasSetBackIsCorrectedByARefutation() {
		SimulatedMesh mesh = Kind.ALL.mesh(4);
		long before = mesh.views().incarnation(1, 9);
		mesh.crash(9).clock(9).setOffset(Duration.ofHours(-1));
		mesh.restart(9).runUntil(both(allSeeAll(), viewsAreEqual())).within(Duration.ofSeconds(10));
		assertThat(mesh.views().incarnation(1, 9)).isBetween(before + 1, before + 5);
	}

	/** Each knows of the dead from those before it, and is asked by those after it. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void newcomersDoNotHandOnTheDeadForEver(long seed) {
		SimulatedMesh mesh = Kind.ALL.mesh(seed);
		mesh.crashHost(SIZE);
		Duration pause = FORGET_AFTER.dividedBy(4);
		for (int round = 0; round < 3 * SIZE; round++) {
			int replaced = 1 + round % (SIZE - 1);
			mesh.crash(replaced).restart(replaced).run(pause);
		}
		IntStream.range(1, SIZE)
			.forEach((member) -> assertThat(mesh.views().status(member, SIZE)).as("%d in %s", member, mesh).isNull());
	}

	/** All share two seeds, one of which always runs. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void whateverHappensTheMeshIsOneAgain(long seed) {
		List<MembershipOptions> kinds = List.of(Kind.ALL.options(), Kind.ONLY_FORGETTING.options(),
				MembershipOptions.REFERENCE);
		SplittableRandom random = new SplittableRandom(seed);
		SimulatedMeshBuilder builder = SimulatedMesh.builder().size(SIZE).seed(seed);
		for (int member = 1; member <= SIZE; member++) {
			builder.options(member, kinds.get(random.nextInt(kinds.size())));
		}
		SimulatedMesh mesh = builder.build().allow(Invariant.NO_FALSE_DEATHS);
		IntStream.rangeClosed(1, SIZE).forEach((member) -> mesh.start(member, 1, 2));
		for (int step = 0; step < 20; step++) {
			int member = random.nextInt(2, SIZE + 1);
			switch (random.nextInt(5)) {
				case 0 -> mesh.network().isolate(IntStream.rangeClosed(member, SIZE).boxed().toList());
				case 1 -> mesh.network().heal();
				case 2 -> mesh.network().everywhere(Link.LAN.withLoss(random.nextDouble(0.3)));
				default -> toggle(mesh, member);
			}
			mesh.run(Duration.ofMillis(random.nextLong(2 * FORGET_AFTER.toMillis())));
		}
		mesh.network().heal().everywhere(Link.LAN);
		IntStream.rangeClosed(1, SIZE)
			.filter((member) -> !mesh.isRunning(member))
			.forEach((member) -> toggle(mesh, member));
		mesh.runUntil(both(allSeeAll(), viewsAreEqual())).within(Duration.ofMinutes(2));
	}

	private static void toggle(SimulatedMesh mesh, int member) {
		if (mesh.isRunning(member)) {
			mesh.crash(member);
		}
		else {
			mesh.start(member, 1, 2);
		}
	}

}
