package io.membership.test.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.membership.MemberStatus;
import io.membership.test.Change;
import io.membership.test.Condition;
import io.membership.test.Outcome;
import io.membership.test.SimulatedMesh;

import static io.membership.MemberStatus.DEAD;
import static io.membership.MemberStatus.SUSPECT;

/**
 * What several experiments do with a mesh.
 */
final class Measuring {

	private Measuring() {
	}

	static double seconds(Duration duration) {
		return duration.toNanos() / 1e9;
	}

	/** Returns how long something takes to be the case, infinite if it is not in time. */
	static double until(SimulatedMesh mesh, Condition condition, Duration limit) {
		return took(mesh.runUntil(condition).orAtMost(limit), limit);
	}

	static double took(Outcome outcome, Duration limit) {
		return (outcome.took().compareTo(limit) < 0) ? seconds(outcome.took()) : Double.POSITIVE_INFINITY;
	}

	/** Lets a random part of a period pass, so that nothing begins with one. */
	static void pass(SimulatedMesh mesh, Duration atLeast, SplittableRandom random) {
		mesh.run(atLeast.plusNanos(random.nextLong(1_000_000_000L)));
	}

	/** Returns when each observer first saw a member suspect or worse. */
	static Map<Integer, Duration> suspected(Outcome outcome, int subject) {
		Map<Integer, Duration> times = new TreeMap<>();
		List<Change> changes = outcome.changes((change) -> change.subject() == subject && change.observer() != subject
				&& (change.status() == SUSPECT || change.status() == DEAD));
		changes.forEach((change) -> times.putIfAbsent(change.observer(), change.at()));
		return times;
	}

	static double last(Map<Integer, Duration> times) {
		return times.values().stream().mapToDouble(Measuring::seconds).max().orElse(Double.POSITIVE_INFINITY);
	}

	static double first(Outcome outcome, int subject, MemberStatus status) {
		return outcome.first(subject, status).map(Measuring::seconds).orElse(Double.POSITIVE_INFINITY);
	}

	/**
	 * Takes a member that is gone out of all views, twice because of what was under way:
	 * the next measurement shall find a mesh without it.
	 */
	static void forget(SimulatedMesh mesh, int gone) {
		for (int i = 0; i < 2; i++) {
			running(mesh).forEach((member) -> mesh.call(member, (protocol) -> protocol.removeMember(mesh.uri(gone))));
			mesh.run(Duration.ofMillis(100));
		}
	}

	static List<Integer> running(SimulatedMesh mesh) {
		return IntStream.rangeClosed(1, mesh.size()).filter(mesh::isRunning).boxed().toList();
	}

	/** Returns different members, at random. */
	static List<Integer> draw(int count, List<Integer> members, SplittableRandom random) {
		List<Integer> left = new ArrayList<>(members);
		List<Integer> drawn = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			drawn.add(left.remove(random.nextInt(left.size())));
		}
		return drawn;
	}

	static List<Long> seeds(int count) {
		return IntStream.rangeClosed(1, count).mapToObj(Long::valueOf).toList();
	}

}
