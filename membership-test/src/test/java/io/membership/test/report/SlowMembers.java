package io.membership.test.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

import io.membership.test.Change;
import io.membership.test.Invariant;
import io.membership.test.SimulatedMesh;
import io.membership.test.report.LinePlot.Point;

import static io.membership.MemberStatus.DEAD;

/**
 * Lifeguard's experiment (arXiv:1707.00788 §V): some members stand still again and again.
 * Who is taken for dead though nothing is wrong with it?
 */
final class SlowMembers implements Experiment {

	static final int SIZE = 100;

	private static final List<Integer> COUNTS = List.of(1, 2, 4, 8, 16, 32);

	private static final List<Duration> PAUSES = List.of(Duration.ofMillis(128), Duration.ofMillis(512),
			Duration.ofSeconds(2), Duration.ofSeconds(8), Duration.ofSeconds(32));

	/**
	 * The longest time for which a slow member runs between two pauses, in milliseconds.
	 */
	private static final double LONGEST_RUN = 1024;

	private static final Duration DURATION = Duration.ofMinutes(2);

	private static final String HEALTHY = "healthy at healthy";

	private static final String ANY = "healthy at any";

	private static final String SLOW = "slow at healthy";

	@Override
	public String id() {
		return "slow-members";
	}

	@Override
	public String title() {
		return "Slow members (Lifeguard's experiment)";
	}

	static List<Setting> settings() {
		List<Setting> settings = new ArrayList<>(Setting.each());
		Setting.each().forEach((setting) -> settings.add(setting.scaledUp()));
		return settings;
	}

	private static List<Integer> counts(Scale scale) {
		return scale.pick(List.of(4, 16), COUNTS);
	}

	private static List<Duration> pauses(Scale scale) {
		return scale.pick(PAUSES.subList(2, 5), PAUSES);
	}

	@Override
	public List<Job> jobs(Scale scale) {
		List<Job> jobs = new ArrayList<>();
		for (Setting setting : settings()) {
			List<Long> seeds = Measuring.seeds(setting.isMain() ? scale.pick(1, 3) : 1);
			for (int count : counts(scale)) {
				for (Duration pause : pauses(scale)) {
					seeds.forEach((seed) -> jobs.add(new Job(group(setting, count, pause), seed,
							(number, recorder) -> measure(setting, count, pause, number, recorder))));
				}
			}
			Measuring.seeds(setting.isMain() ? scale.pick(2, 20) : scale.pick(1, 5))
				.forEach((seed) -> jobs.add(new Job(setting.name(), seed,
						(number, recorder) -> Detection.measure(setting, SIZE, number, recorder))));
		}
		return jobs;
	}

	private static String group(Setting setting, int count, Duration pause) {
		return setting.name() + "/" + count + "/" + pause.toMillis();
	}

	private static void measure(Setting setting, int count, Duration pause, long seed, Job.Recorder recorder) {
		SplittableRandom random = new SplittableRandom(seed);
		SimulatedMesh mesh = SimulatedMesh.builder().size(SIZE).seed(seed).options(setting.options(SIZE)).build();
		mesh.allow(Invariant.NO_FALSE_DEATHS).startJoined().run(Duration.ofSeconds(5));
		List<Integer> slow = Measuring.draw(count, Measuring.running(mesh), random);
		Duration end = mesh.elapsed().plus(DURATION);
		slow.forEach((member) -> pause(mesh, member, pause, end, random));
		List<Change> deaths = mesh.run(DURATION).changes((change) -> change.status() == DEAD);
		recorder.count(HEALTHY,
				count(deaths, (death) -> !slow.contains(death.subject()) && !slow.contains(death.observer())));
		recorder.count(ANY, count(deaths, (death) -> !slow.contains(death.subject())));
		recorder.count(SLOW,
				count(deaths, (death) -> slow.contains(death.subject()) && !slow.contains(death.observer())));
	}

	private static long count(List<Change> changes, Predicate<Change> condition) {
		return changes.stream().filter(condition).count();
	}

	/** Freezes a member, lets it run for a short random time, and so on. */
	private static void pause(SimulatedMesh mesh, int member, Duration pause, Duration end, SplittableRandom random) {
		if (mesh.elapsed().compareTo(end) >= 0) {
			return;
		}
		mesh.freeze(member, pause);
		double runMillis = Math.pow(LONGEST_RUN, random.nextDouble());
		mesh.after(pause.plusNanos((long) (runMillis * 1e6)), (now) -> pause(now, member, pause, end, random));
	}

	@Override
	public void write(Results results, Scale scale, Section section) {
		section.paragraph("""
				%d members that know each other. c of them stand still for d, run for a short time (1 ms to 1 s, each
				order of magnitude equally probable), stand still again and so on for %d s: a process that is short of
				processor time. A false positive is a member to which nothing happens and which somebody declares dead;
				counted at each member that does, as in the paper. Each figure is the mean per run of %d s.
				Detection is that of a real crash of a whole host in a mesh in which nobody is slow.""".formatted(SIZE,
				DURATION.toSeconds(), DURATION.toSeconds()));
		section.goals(fewer(results, scale), asFast(results, "dead.first", "first"),
				asFast(results, "dead.all", "full"));
		section.heading(3, "By setting");
		section.paragraph("False positives per run, mean of all c and d; detection in seconds.");
		section.table(
				List.of("setting", "at healthy members", "at any", "slow members dead at healthy ones",
						"first detection, median / p99", "full detection, median / p99", "crashes"),
				settings().stream().map((setting) -> row(setting, results, scale)).toList());
		section.plot("slow-members", plot(results, scale));
		section.paragraph("A line that lies at the lower edge is zero there.");
		for (Setting setting : settings()) {
			if (setting.isMain()) {
				section.heading(3, "False positives at healthy members, " + setting.name());
				section.table(header(scale),
						counts(scale).stream().map((count) -> cells(setting, count, results, scale)).toList());
			}
		}
	}

	private static List<String> header(Scale scale) {
		List<String> header = new ArrayList<>(List.of("c"));
		pauses(scale).forEach((pause) -> header.add("d = " + pause.toMillis() + " ms"));
		return header;
	}

	private static List<String> cells(Setting setting, int count, Results results, Scale scale) {
		List<String> cells = new ArrayList<>(List.of(String.valueOf(count)));
		pauses(scale)
			.forEach((pause) -> cells.add(Numbers.count(results.sample(group(setting, count, pause), HEALTHY).mean())));
		return cells;
	}

	private static List<String> row(Setting setting, Results results, Scale scale) {
		Sample first = results.sample(setting.name(), "dead.first");
		Sample full = results.sample(setting.name(), "dead.all");
		return List.of(setting.name(), Numbers.count(perRun(setting, HEALTHY, results, scale)),
				Numbers.count(perRun(setting, ANY, results, scale)),
				Numbers.count(perRun(setting, SLOW, results, scale)),
				Numbers.seconds(first.median()) + " / " + Numbers.seconds(first.p99()),
				Numbers.seconds(full.median()) + " / " + Numbers.seconds(full.p99()), Numbers.count(full.size()));
	}

	private static double perRun(Setting setting, String metric, Results results, Scale scale) {
		List<String> groups = new ArrayList<>();
		counts(scale).forEach((count) -> pauses(scale).forEach((pause) -> groups.add(group(setting, count, pause))));
		return results.sample(groups, metric).mean();
	}

	private static LinePlot plot(Results results, Scale scale) {
		LinePlot plot = new LinePlot("False positives at healthy members", "d in seconds, all c together",
				"per run of " + DURATION.toSeconds() + " s")
			.logarithmicX()
			.logarithmicY();
		for (Setting setting : settings()) {
			if (setting.isMain()) {
				plot.line(setting.name(),
						pauses(scale).stream()
							.map((pause) -> new Point(Measuring.seconds(pause), results
								.sample(counts(scale).stream().map((count) -> group(setting, count, pause)).toList(),
										HEALTHY)
								.mean()))
							.toList());
			}
		}
		return plot;
	}

	private static Goal fewer(Results results, Scale scale) {
		double off = perRun(Setting.OFF.scaledUp(), HEALTHY, results, scale);
		double all = perRun(Setting.ALL.scaledUp(), HEALTHY, results, scale);
		double offDefault = perRun(Setting.OFF, HEALTHY, results, scale);
		double allDefault = perRun(Setting.ALL, HEALTHY, results, scale);
		return new Goal("Slow members: at least 50 times fewer false positives at healthy members, log10(N)",
				Numbers.count(off) + " off, " + Numbers.count(all) + " all on: " + ratio(off, all)
						+ " (at the default timeout " + Numbers.count(offDefault) + " and " + Numbers.count(allDefault)
						+ ": " + ratio(offDefault, allDefault) + ")",
				off > 0 && off >= 50 * all);
	}

	private static String ratio(double off, double all) {
		return (all > 0) ? Numbers.count(off / all) + " times" : "none left";
	}

	private static Goal asFast(Results results, String metric, String name) {
		double off = results.sample(Setting.OFF.scaledUp().name(), metric).median();
		double all = results.sample(Setting.ALL.scaledUp().name(), metric).median();
		return new Goal("Slow members: median of " + name + " detection at most 1.1 times that of SWIM, log10(N)",
				Numbers.seconds(off) + " s off, " + Numbers.seconds(all) + " s all on: " + Numbers.fixed(all / off, 2)
						+ " times",
				all <= 1.1 * off);
	}

}
