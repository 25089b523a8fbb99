package io.membership.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static io.membership.MemberStatus.DEAD;
import static io.membership.test.Conditions.everyoneSees;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One seed determines everything, and every failure shows it.
 */
class DeterminismTests {

	@Test
	void theSameSeedGivesTheSameDatagrams() {
		assertThat(eventful(7)).isEqualTo(eventful(7));
	}

	@Test
	void anotherSeedGivesOthers() {
		assertThat(eventful(7)).isNotEqualTo(eventful(8));
	}

	@Test
	void aFailureShowsTheSeedAndHowToReplayIt() {
		SimulatedMesh mesh = SimulatedMesh.builder().size(3).seed(4711).build().startJoined();
		assertThatExceptionOfType(SimulationError.class)
			.isThrownBy(() -> mesh.runUntil(everyoneSees(2, DEAD)).within(Duration.ofSeconds(3)))
			.withMessageContaining("everyone sees 2 dead")
			.withMessageContaining("seed 4711")
			.withMessageContaining("-Dtest=" + getClass().getName() + "#aFailureShowsTheSeedAndHowToReplayIt"
					+ " -Dmembership.test.seed=4711");
	}

	@Test
	void whatIsDueAtTheSameTimeHappensInTheOrderOfItsAddition() {
		EventQueue queue = new EventQueue();
		List<Integer> happened = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			int event = i;
			queue.add((i * 7919L) % 50, () -> happened.add(event));
		}
		long last = 0;
		while (queue.size() > 0) {
			assertThat(queue.nextDue()).isGreaterThanOrEqualTo(last);
			last = queue.nextDue();
			queue.remove().run();
		}
		List<Integer> expected = new ArrayList<>(happened);
		expected.sort((one, other) -> {
			int order = Long.compare((one * 7919L) % 50, (other * 7919L) % 50);
			return (order != 0) ? order : Integer.compare(one, other);
		});
		assertThat(happened).hasSize(5000).isEqualTo(expected);
	}

	private static long eventful(long seed) {
		Link bad = Link.LAN.withLoss(0.1).withDuplication(0.1).withReordering(0.1, Duration.ofMillis(300));
		SimulatedMesh mesh = SimulatedMesh.builder().size(8).seed(seed).network(bad).build().startAll();
		mesh.allow(Invariant.NO_FALSE_DEATHS).run(Duration.ofSeconds(10));
		mesh.setPayload(2, "k", "v").crash(3).freeze(4, Duration.ofSeconds(6)).run(Duration.ofSeconds(10));
		mesh.restart(3).leave(5).run(Duration.ofSeconds(10));
		return mesh.fingerprint();
	}

}
