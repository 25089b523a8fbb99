package io.membership.test.report;

import java.time.Duration;
import java.util.SplittableRandom;

import io.membership.test.Conditions;
import io.membership.test.Invariant;
import io.membership.test.Outcome;
import io.membership.test.SimulatedMesh;

import static io.membership.MemberStatus.DEAD;

/**
 * How soon the silence of a host is noticed in a mesh in which all is well otherwise.
 */
final class Detection {

	/** So few that the mesh hardly becomes smaller. */
	private static final int CRASHES = 5;

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private Detection() {
	}

	static void measure(Setting setting, int size, long seed, Job.Recorder recorder) {
		SplittableRandom random = new SplittableRandom(seed);
		SimulatedMesh mesh = SimulatedMesh.builder().size(size).seed(seed).options(setting.options()).build();
		mesh.allow(Invariant.NO_FALSE_DEATHS).startJoined();
		for (int crashing : Measuring.draw(CRASHES, Measuring.running(mesh), random)) {
			Measuring.pass(mesh, Duration.ofSeconds(5), random);
			Crash.HOST.happenTo(mesh, crashing);
			Outcome outcome = mesh.runUntil(Conditions.everyoneSees(crashing, DEAD)).orAtMost(LIMIT);
			recorder.add("dead.first", Measuring.first(outcome, crashing, DEAD));
			recorder.add("dead.all", Measuring.took(outcome, LIMIT));
			Measuring.forget(mesh, crashing);
		}
	}

}
