package io.membership.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.membership.swim.Cancellable;
import org.junit.jupiter.api.Test;

import static io.membership.MemberStatus.ALIVE;
import static io.membership.MemberStatus.DEAD;
import static io.membership.test.Conditions.allSeeAll;
import static io.membership.test.Conditions.everyoneSees;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a pause, a slow processor and a bad clock mean.
 */
class PauseTests {

	private final VirtualTime time = new VirtualTime();

	private final List<String> done = new ArrayList<>();

	private final Worker worker = new Worker(this.time, 10_000, (datagram) -> note("read " + datagram.from()),
			Runnable::run);

	@Test
	void datagramsAreReadBeforeTheTimersThatBecameDue() {
		this.worker.schedule(10, () -> note("timer"));
		this.worker.freeze();
		this.time.at(20, () -> receive(1, 10));
		this.time.at(30, () -> receive(2, 10));
		this.time.at(50, this.worker::thaw);
		go();
		assertThat(this.done).containsExactly("read 1 at 50", "read 2 at 50", "timer at 50");
	}

	@Test
	void refusalsAreReadBeforeTheTimersThatBecameDue() {
		this.worker.schedule(10, () -> note("timer"));
		this.worker.freeze();
		this.time.at(20, () -> this.worker.receiveRefusal(() -> note("refusal")));
		this.time.at(50, this.worker::thaw);
		go();
		assertThat(this.done).containsExactly("refusal at 50", "timer at 50");
	}

	@Test
	void aTimerThatAReadDatagramCancelsDoesNotRun() {
		List<Cancellable> timers = new ArrayList<>();
		Worker canceling = new Worker(this.time, 1000, (datagram) -> timers.get(0).cancel(), Runnable::run);
		timers.add(canceling.schedule(10, () -> note("timer")));
		canceling.freeze();
		this.time.at(20, () -> canceling.receive(new Datagram(1, new byte[1])));
		this.time.at(50, canceling::thaw);
		go();
		assertThat(this.done).isEmpty();
	}

	@Test
	void theReceiveBufferOverflows() {
		this.worker.freeze();
		assertThat(List.of(receive(1, 6000), receive(2, 6000), receive(3, 4000))).containsExactly(true, false, true);
		this.worker.thaw();
		go();
		assertThat(this.done).containsExactly("read 1 at 0", "read 3 at 0");
	}

	@Test
	void allThatWaitedIsReadBeforeTheTimersThatBecameDue() {
		this.worker.schedule(10, () -> note("timer"));
		this.worker.freeze();
		this.time.at(20, () -> {
			for (int i = 1; i <= 300; i++) {
				receive(i, 1);
			}
			this.worker.thaw();
		});
		go();
		assertThat(this.done).hasSize(301).element(300).isEqualTo("timer at 20");
	}

	@Test
	void timersGetTheirTurnAmongTooManyDatagrams() {
		this.worker.schedule(10, () -> note("timer"));
		this.worker.freeze();
		this.time.at(20, () -> {
			for (int i = 1; i <= 5000; i++) {
				receive(i, 1);
			}
			this.worker.thaw();
		});
		go();
		assertThat(this.done).hasSize(5001).element(4096).isEqualTo("timer at 20");
	}

	@Test
	void aSlowWorkerDoesOneThingAfterTheOther() {
		this.worker.setCost(Duration.ofNanos(100));
		this.worker.schedule(20, () -> note("timer"));
		this.time.at(10, () -> receive(1, 1));
		this.time.at(30, () -> receive(2, 1));
		go();
		assertThat(this.done).containsExactly("read 1 at 10", "read 2 at 110", "timer at 210");
	}

	@Test
	void aShortPauseIsNobodysDeath() {
		SimulatedMesh mesh = mesh();
		mesh.freeze(3, Duration.ofSeconds(2)).run(Duration.ofSeconds(30));
		assertThat(mesh.views().status(1, 3)).isEqualTo(ALIVE);
	}

	@Test
	void aLongPauseIsADeathUntilItIsOver() {
		SimulatedMesh mesh = mesh();
		long before = mesh.views().incarnation(1, 3);
		mesh.freeze(3).runUntil(everyoneSees(3, DEAD)).within(Duration.ofSeconds(15));
		mesh.allow(Invariant.NO_FALSE_DEATHS).thaw(3);
		mesh.runUntil(allSeeAll()).within(Duration.ofSeconds(15));
		assertThat(mesh.views().incarnation(1, 3)).isGreaterThan(before);
	}

	@Test
	void aWallClockThatIsOffChangesNothing() {
		SimulatedMesh mesh = mesh();
		mesh.clock(3).setOffset(Duration.ofHours(-5));
		mesh.run(Duration.ofMinutes(2));
		assertThat(mesh.views().isRight(3)).isTrue();
	}

	@Test
	void aFastClockProbesMoreOften() {
		SimulatedMesh mesh = mesh();
		mesh.run(Duration.ofSeconds(10));
		long before = mesh.run(Duration.ofMinutes(1)).traffic().totalDatagrams();
		for (int member = 1; member <= mesh.size(); member++) {
			mesh.clock(member).setDrift(0.5);
		}
		long after = mesh.run(Duration.ofMinutes(1)).traffic().totalDatagrams();
		assertThat((double) after / before).isBetween(1.45, 1.55);
	}

	private static SimulatedMesh mesh() {
		return SimulatedMesh.builder().size(5).seed(11).build().startJoined();
	}

	private void note(String what) {
		this.done.add(what + " at " + this.time.nanos());
	}

	private boolean receive(int from, int bytes) {
		return this.worker.receive(new Datagram(from, new byte[bytes]));
	}

	private void go() {
		while (this.time.step(1_000_000)) {
			assertThat(this.done).hasSizeLessThan(10_000);
		}
	}

}
