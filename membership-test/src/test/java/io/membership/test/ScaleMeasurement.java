package io.membership.test;

import java.time.Duration;
import java.util.Locale;

import static io.membership.MemberStatus.DEAD;
import static io.membership.test.Conditions.allSeeAll;
import static io.membership.test.Conditions.everyoneSees;

/**
 * Measures how fast the simulator is, and how much memory a view takes. Not a test: run
 * its main method with {@code join} or {@code preloaded}, a size and the seconds to go
 * on.
 */
final class ScaleMeasurement {

	private ScaleMeasurement() {
	}

	public static void main(String[] args) {
		boolean joining = args[0].equals("join");
		int size = Integer.parseInt(args[1]);
		Duration more = Duration.ofSeconds(Long.parseLong(args[2]));
		long before = used();
		long begin = System.nanoTime();
		SimulatedMesh mesh = SimulatedMesh.builder().size(size).seed(1).build();
		if (joining) {
			Outcome joined = mesh.startAll().runUntil(allSeeAll()).orAtMost(Duration.ofMinutes(10));
			report("join", joined, begin);
		}
		else {
			mesh.startJoined();
			System.out.printf(Locale.ROOT, "preloaded in %.1f s%n", seconds(begin));
		}
		long bytes = used() - before;
		System.out.printf(Locale.ROOT, "memory %.1f MB, %.1f bytes per view entry%n", bytes / 1e6,
				(double) bytes / size / size);
		begin = System.nanoTime();
		report("idle", mesh.run(more), begin);
		begin = System.nanoTime();
		report("crash", mesh.crash(7).runUntil(everyoneSees(7, DEAD)).orAtMost(Duration.ofMinutes(2)), begin);
		bytes = used() - before;
		System.out.printf(Locale.ROOT, "memory %.1f MB, %.1f bytes per view entry%n", bytes / 1e6,
				(double) bytes / size / size);
		System.out.println(mesh);
	}

	private static void report(String what, Outcome outcome, long begin) {
		double wall = seconds(begin);
		double virtual = outcome.took().toNanos() / 1e9;
		System.out.printf(Locale.ROOT, "%s: %.1f s virtual in %.1f s wall (%.1f x), %d datagrams, %.0f per s wall%n",
				what, virtual, wall, virtual / wall, outcome.traffic().totalDatagrams(),
				outcome.traffic().totalDatagrams() / wall);
	}

	private static double seconds(long begin) {
		return (System.nanoTime() - begin) / 1e9;
	}

	private static long used() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

}
