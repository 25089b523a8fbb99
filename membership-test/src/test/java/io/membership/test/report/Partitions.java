package io.membership.test.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import io.membership.test.Condition;
import io.membership.test.Conditions;
import io.membership.test.Invariant;
import io.membership.test.SimulatedMesh;
import io.membership.test.report.LinePlot.Point;

/**
 * How soon a mesh is one again: after a partition, and after all members were restarted.
 */
final class Partitions implements Experiment {

	private static final int SIZE = 64;

	private static final Duration LIMIT = Duration.ofMinutes(5);

	/** Lowered, so that a partition can last longer. */
	private static final Duration FORGET_AFTER = Duration.ofMinutes(5);

	private static final Duration LONGER_THAN_FORGETTING = Duration.ofMinutes(15);

	private static final List<Duration> DURATIONS = List.of(Duration.ofSeconds(10), Duration.ofMinutes(1),
			Duration.ofMinutes(10), LONGER_THAN_FORGETTING);

	private static final String EQUAL = "equal";

	private static final String RESTART = "mass restart";

	/**
	 * Who is separated from whom. The first member, everybody's seed, is on the mainland.
	 */
	private enum Shape {

		HALVES("halves", 1, SIZE / 2), THIRDS("thirds", 2, SIZE / 3), ISLAND("one island of 6", 1, 6);

		private final String description;

		private final int islands;

		private final int members;

		Shape(String description, int islands, int members) {
			this.description = description;
			this.islands = islands;
			this.members = members;
		}

		void isolate(SimulatedMesh mesh, SplittableRandom random) {
			List<Integer> mainland = new ArrayList<>(IntStream.rangeClosed(2, SIZE).boxed().toList());
			for (int i = 0; i < this.islands; i++) {
				List<Integer> island = Measuring.draw(this.members, mainland, random);
				mainland.removeAll(island);
				mesh.network().isolate(island);
			}
		}

	}

	@Override
	public String id() {
		return "partitions";
	}

	@Override
	public String title() {
		return "Partitions and mass restart";
	}

	private static List<Setting> settings() {
		return List.of(Setting.OFF, Setting.ALL);
	}

	@Override
	public List<Job> jobs(Scale scale) {
		List<Job> jobs = new ArrayList<>();
		List<Long> seeds = Measuring.seeds(scale.pick(1, 5));
		for (Setting setting : settings()) {
			for (Shape shape : Shape.values()) {
				for (Duration duration : DURATIONS) {
					seeds.forEach((seed) -> jobs.add(new Job(group(setting, shape, duration), seed,
							(number, recorder) -> partition(setting, shape, duration, number, recorder))));
				}
			}
			Measuring.seeds(scale.pick(3, 20))
				.forEach((seed) -> jobs.add(new Job(setting.name() + "/" + RESTART, seed,
						(number, recorder) -> restart(setting, number, recorder))));
		}
		return jobs;
	}

	private static String group(Setting setting, Shape shape, Duration duration) {
		return setting.name() + "/" + shape + "/" + duration.toSeconds();
	}

	private static SimulatedMesh mesh(Setting setting, long seed) {
		SimulatedMesh mesh = SimulatedMesh.builder()
			.size(SIZE)
			.seed(seed)
			.options(setting.forgetting(FORGET_AFTER))
			.build()
			.allow(Invariant.NO_FALSE_DEATHS)
			.startAll();
		mesh.runUntil(oneAgain()).within(LIMIT);
		mesh.run(Duration.ofSeconds(20));
		return mesh;
	}

	private static Condition oneAgain() {
		return Conditions.both(Conditions.allSeeAll(), Conditions.viewsAreEqual());
	}

	private static void partition(Setting setting, Shape shape, Duration duration, long seed, Job.Recorder recorder) {
		SimulatedMesh mesh = mesh(setting, seed);
		shape.isolate(mesh, new SplittableRandom(seed));
		mesh.run(duration);
		mesh.network().heal();
		recorder.add(EQUAL, Measuring.until(mesh, oneAgain(), LIMIT));
	}

	/** All members are killed within 2.5 s, and each is back within another 2.5 s. */
	private static void restart(Setting setting, long seed, Job.Recorder recorder) {
		SplittableRandom random = new SplittableRandom(seed);
		SimulatedMesh mesh = mesh(setting, seed);
		for (int member = 1; member <= SIZE; member++) {
			int restarting = member;
			Duration killed = Duration.ofMillis(random.nextLong(2500));
			Duration back = killed.plusMillis(100 + random.nextLong(2400));
			mesh.after(killed, (now) -> Crash.PROCESS.happenTo(now, restarting));
			mesh.after(back, (now) -> now.start(restarting, 1));
		}
		mesh.run(Duration.ofSeconds(5));
		recorder.add(EQUAL, Measuring.until(mesh, oneAgain(), LIMIT));
	}

	@Override
	public void write(Results results, Scale scale, Section section) {
		section.paragraph("""
				%d members with the first one as their seed. Measured is the time from the end of the partition, or of
				the five seconds in which all are killed and restarted, until all views are equal and right; at most
				%d s. A member that is gone for %d minutes is forgotten, so the longest partition is longer than
				that.""".formatted(SIZE, LIMIT.toSeconds(), FORGET_AFTER.toMinutes()));
		double most = 3 * Math.log(SIZE) / Math.log(2);
		section.goals(
				goal("Partitions: all views equal within 3 × log2(N) periods of healing, all on", most,
						partitions(Setting.ALL), partitions(Setting.OFF), results),
				goal("Mass restart: all views equal within 3 × log2(N) periods, all on", most,
						List.of(Setting.ALL.name() + "/" + RESTART), List.of(Setting.OFF.name() + "/" + RESTART),
						results));
		List<List<String>> rows = new ArrayList<>();
		for (Shape shape : Shape.values()) {
			for (Duration duration : DURATIONS) {
				rows.add(row(shape.description, duration.toSeconds() + " s", group(Setting.OFF, shape, duration),
						group(Setting.ALL, shape, duration), results));
			}
		}
		rows.add(row(RESTART, "", Setting.OFF.name() + "/" + RESTART, Setting.ALL.name() + "/" + RESTART, results));
		section.table(List.of("", "for", "off: median", "max", "all on: median", "max", "runs each"), rows);
		LinePlot plot = new LinePlot("All views equal after a partition", "seconds that it lasted", "seconds, median")
			.logarithmicX();
		for (Setting setting : settings()) {
			for (Shape shape : Shape.values()) {
				plot.line(setting.name() + ", " + shape.description,
						DURATIONS.stream()
							.map((duration) -> new Point(duration.toSeconds(),
									results.sample(group(setting, shape, duration), EQUAL).median()))
							.toList());
			}
		}
		section.plot("partitions", plot.goal(most));
	}

	private static List<String> row(String what, String duration, String offGroup, String allGroup, Results results) {
		Sample off = results.sample(offGroup, EQUAL);
		Sample all = results.sample(allGroup, EQUAL);
		return List.of(what, duration, Numbers.seconds(off.median()), Numbers.seconds(off.max()),
				Numbers.seconds(all.median()), Numbers.seconds(all.max()), Numbers.count(all.size()));
	}

	private static List<String> partitions(Setting setting) {
		List<String> groups = new ArrayList<>();
		for (Shape shape : Shape.values()) {
			DURATIONS.forEach((duration) -> groups.add(group(setting, shape, duration)));
		}
		return groups;
	}

	private static Goal goal(String what, double most, List<String> all, List<String> off, Results results) {
		Sample times = results.sample(all, EQUAL);
		return new Goal(what,
				"at most " + Numbers.seconds(times.max()) + " s, " + Numbers.percent(times.shareUpTo(most)) + " within "
						+ Numbers.seconds(most) + " s (off: "
						+ Numbers.percent(results.sample(off, EQUAL).shareUpTo(most)) + ")",
				times.max() <= most);
	}

}
