package io.membership.test.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.membership.test.Change;
import io.membership.test.Invariant;
import io.membership.test.SimulatedMesh;

import static io.membership.MemberStatus.DEAD;

/**
 * Pauses as a JVM makes them, at every member and at random.
 */
final class Pauses implements Experiment {

	private static final int SIZE = 100;

	private static final Duration DURATION = Duration.ofMinutes(10);

	private static final double MEAN_SECONDS_BETWEEN = 60;

	/** A death may come so long after the pause that explains it. */
	private static final Duration EXPLAINED = Duration.ofSeconds(10);

	private static final String PAUSES = "pauses";

	private static final String DEATHS = "deaths";

	private static final String UNEXPLAINED = "unexplained deaths";

	private static final String RECOVERY = "recovery";

	private static final double SOON = 3;

	/** How long pauses are. */
	private enum Length {

		SHORT("up to 2 s") {

			@Override
			Duration draw(SplittableRandom random) {
				return Duration.ofMillis(random.nextLong(100, 2001));
			}

		},

		LONG("5 s") {

			@Override
			Duration draw(SplittableRandom random) {
				return Duration.ofSeconds(5);
			}

		};

		private final String description;

		Length(String description) {
			this.description = description;
		}

		abstract Duration draw(SplittableRandom random);

	}

	@Override
	public String id() {
		return "pauses";
	}

	@Override
	public String title() {
		return "Pauses of every member";
	}

	private static List<Setting> settings() {
		List<Setting> settings = new ArrayList<>(Setting.each());
		settings.add(Setting.OFF.scaledUp());
		settings.add(Setting.ALL.scaledUp());
		return settings;
	}

	@Override
	public List<Job> jobs(Scale scale) {
		List<Job> jobs = new ArrayList<>();
		for (Length length : Length.values()) {
			for (Setting setting : settings()) {
				Measuring.seeds(setting.isMain() ? scale.pick(1, 3) : 1)
					.forEach((seed) -> jobs.add(new Job(group(length, setting), seed,
							(number, recorder) -> measure(length, setting, number, recorder))));
			}
		}
		return jobs;
	}

	private static String group(Length length, Setting setting) {
		return length + "/" + setting.name();
	}

	private static void measure(Length length, Setting setting, long seed, Job.Recorder recorder) {
		SplittableRandom random = new SplittableRandom(seed);
		SimulatedMesh mesh = SimulatedMesh.builder().size(SIZE).seed(seed).options(setting.options()).build();
		mesh.allow(Invariant.NO_FALSE_DEATHS).startJoined().run(Duration.ofSeconds(20));
		PauseLog log = new PauseLog(SIZE);
		for (int member = 1; member <= SIZE; member++) {
			schedule(mesh, member, length, random, log);
		}
		List<Change> changes = mesh.run(DURATION).changes((change) -> true);
		recorder.count(PAUSES, log.size());
		recorder.count(DEATHS, changes.stream().filter((change) -> change.status() == DEAD).count());
		recorder.count(UNEXPLAINED,
				changes.stream()
					.filter((change) -> change.status() == DEAD
							&& !log.wasPaused(change.subject(), change.at().minus(EXPLAINED), change.at()))
					.count());
		log.recoveries(changes, DURATION).forEach((time) -> recorder.add(RECOVERY, time));
	}

	/** Draws all pauses of a member: it runs for an exponential time between two. */
	private static void schedule(SimulatedMesh mesh, int member, Length length, SplittableRandom random, PauseLog log) {
		double at = 0;
		while (true) {
			at += -MEAN_SECONDS_BETWEEN * Math.log(1 - random.nextDouble());
			Duration from = Duration.ofNanos((long) (at * 1e9));
			Duration pause = length.draw(random);
			at += Measuring.seconds(pause);
			if (from.plus(pause).compareTo(DURATION) > 0) {
				return;
			}
			log.add(member, from, from.plus(pause));
			mesh.after(from, (now) -> now.freeze(member, pause));
		}
	}

	@Override
	public void write(Results results, Scale scale, Section section) {
		section.paragraph("""
				%d members, each of which stands still at random, once in %.0f s of running on average, for %d
				minutes. A death is a member's view of another that becomes dead; it is unexplained if the other did
				not stand still in the %d s before. Recovery is the time from the end of a pause until all others see
				the member alive for good, 0 if they never saw it otherwise; those who stood still themselves in the
				%d s after it do not count, and neither do pauses soon followed by another one of the same member."""
			.formatted(SIZE, MEAN_SECONDS_BETWEEN, DURATION.toMinutes(), EXPLAINED.toSeconds(),
					PauseLog.WINDOW.toSeconds()));
		Sample deaths = results.sample(group(Length.SHORT, Setting.ALL), DEATHS);
		Sample unexplained = results.sample(group(Length.LONG, Setting.ALL), UNEXPLAINED);
		Sample recovery = results.sample(group(Length.LONG, Setting.ALL), RECOVERY);
		section.goals(
				new Goal("Pauses up to 2 s: nobody is ever dead, all on",
						Numbers.count(deaths.sum()) + " deaths (off: "
								+ Numbers.count(results.sample(group(Length.SHORT, Setting.OFF), DEATHS).sum()) + ")",
						deaths.sum() == 0),
				new Goal("Pauses of 5 s: only the paused member is dead, all on",
						Numbers.count(unexplained.sum()) + " unexplained deaths (off: "
								+ Numbers.count(results.sample(group(Length.LONG, Setting.OFF), UNEXPLAINED).sum())
								+ ")",
						unexplained.sum() == 0),
				new Goal("Pauses of 5 s: alive everywhere at most 3 s after waking, all on",
						"p99 " + Numbers.seconds(recovery.p99()) + " s, max " + Numbers.seconds(recovery.max()) + " s, "
								+ Numbers.percent(recovery.shareUpTo(SOON)) + " within 3 s",
						recovery.max() <= SOON));
		List<List<String>> rows = new ArrayList<>();
		for (Length length : Length.values()) {
			settings().forEach((setting) -> rows.add(row(length, setting, results)));
		}
		section.table(List.of("pauses", "setting", "how many per run", "deaths per run", "unexplained ones",
				"nobody noticed", "recovery: median of the others", "p99 of all", "max"), rows);
		LinePlot plot = new LinePlot("After pauses of 5 s", "seconds from waking to alive everywhere", "% of pauses");
		settings().forEach(
				(setting) -> plot.distribution(setting.name(), results.sample(group(Length.LONG, setting), RECOVERY)));
		section.plot("pauses", plot);
	}

	private static List<String> row(Length length, Setting setting, Results results) {
		String group = group(length, setting);
		Sample recovery = results.sample(group, RECOVERY);
		List<Double> noticed = new ArrayList<>();
		for (double time : recovery.values()) {
			if (time > 0) {
				noticed.add(time);
			}
		}
		return List.of(length.description, setting.name(), Numbers.count(results.sample(group, PAUSES).mean()),
				Numbers.count(results.sample(group, DEATHS).mean()),
				Numbers.count(results.sample(group, UNEXPLAINED).mean()), Numbers.percent(recovery.shareUpTo(0)),
				Numbers.seconds(Sample.of(noticed).median()), Numbers.seconds(recovery.p99()),
				Numbers.seconds(recovery.max()));
	}

}
