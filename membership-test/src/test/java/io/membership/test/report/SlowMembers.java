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
 * Lifeguard's experiment (arXiv:1707.00788 §V): some members are slow again and again.
 * Who is taken for dead though nothing is wrong with it?
 */
final class SlowMembers implements Experiment {

	static final int SIZE = 100;

	private static final List<Integer> COUNTS = List.of(1, 2, 4, 8, 16, 32);

	private static final List<Duration> PAUSES = List.of(Duration.ofMillis(128), Duration.ofMillis(512),
			Duration.ofSeconds(2), Duration.ofSeconds(8), Duration.ofSeconds(32));

	/**
	 * The longest time for which a slow member is well between two spells, in
	 * milliseconds.
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

	private static List<Setting> settings() {
		List<Setting> settings = new ArrayList<>(Setting.each());
		Setting.each().forEach((setting) -> settings.add(setting.scaledUp()));
		return settings;
	}

	private static List<Setting> mainSettings() {
		return settings().stream().filter(Setting::isMain).toList();
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
			for (Slowness slowness : Slowness.values()) {
				List<Long> seeds = Measuring.seeds(setting.isMain() ? scale.pick(1, 2) : 1);
				if (setting.isMain() || slowness == Slowness.MESSAGES_WAIT) {
					addRuns(jobs, slowness, setting, seeds, scale);
				}
			}
			Measuring.seeds(setting.isMain() ? scale.pick(2, 20) : scale.pick(1, 5))
				.forEach((seed) -> jobs.add(new Job(setting.name(), seed,
						(number, recorder) -> Detection.measure(setting, SIZE, number, recorder))));
		}
		return jobs;
	}

	private static void addRuns(List<Job> jobs, Slowness slowness, Setting setting, List<Long> seeds, Scale scale) {
		for (int count : counts(scale)) {
			for (Duration pause : pauses(scale)) {
				seeds.forEach((seed) -> jobs.add(new Job(group(slowness, setting, count, pause), seed,
						(number, recorder) -> measure(slowness, setting, count, pause, number, recorder))));
			}
		}
	}

	private static String group(Slowness slowness, Setting setting, int count, Duration pause) {
		return slowness + "/" + setting.name() + "/" + count + "/" + pause.toMillis();
	}

	private static void measure(Slowness slowness, Setting setting, int count, Duration pause, long seed,
			Job.Recorder recorder) {
		SplittableRandom random = new SplittableRandom(seed);
		SimulatedMesh mesh = SimulatedMesh.builder().size(SIZE).seed(seed).options(setting.options()).build();
		mesh.allow(Invariant.NO_FALSE_DEATHS).startJoined().run(Duration.ofSeconds(5));
		List<Integer> slow = Measuring.draw(count, Measuring.running(mesh), random);
		Duration end = mesh.elapsed().plus(DURATION);
		slow.forEach((member) -> slowDown(mesh, slowness, member, pause, end, random));
		List<Change> deaths = mesh.run(DURATION).changes((change) -> change.status() == DEAD);
		Predicate<Change> ofHealthy = (death) -> !slow.contains(death.subject());
		Predicate<Change> atHealthy = (death) -> !slow.contains(death.observer());
		recorder.count(HEALTHY, deaths.stream().filter(ofHealthy.and(atHealthy)).count());
		recorder.count(ANY, deaths.stream().filter(ofHealthy).count());
		recorder.count(SLOW, deaths.stream().filter(atHealthy.and(ofHealthy.negate())).count());
	}

	/** Makes a member slow, lets it be well for a short random time, and so on. */
	private static void slowDown(SimulatedMesh mesh, Slowness slowness, int member, Duration pause, Duration end,
			SplittableRandom random) {
		if (mesh.elapsed().compareTo(end) < 0) {
			slowness.happenTo(mesh, member, pause);
			double runMillis = Math.pow(LONGEST_RUN, random.nextDouble());
			mesh.after(pause.plusNanos((long) (runMillis * 1e6)),
					(now) -> slowDown(now, slowness, member, pause, end, random));
		}
	}

	@Override
	public void write(Results results, Scale scale, Section section) {
		section.paragraph("""
				%d members that know each other. c of them are slow for d, well for a short time (1 ms to 1 s, each
				order of magnitude equally probable), slow again and so on for %d s. Slow means either that what it
				sends and what is sent to it waits until the end of d while its timers run on, as in the paper, whose
				benchmark delays the processing of messages; or that the whole process stands still, as a real one
				mostly does, and reads what has arrived before it looks at its timers. A false positive is a member to
				which nothing happens and which somebody declares dead, counted at each member that does, as in the
				paper. Detection is that of a real crash of a whole host in a mesh in which nobody is slow."""
			.formatted(SIZE, DURATION.toSeconds()));
		section.goals(fewer(results, scale), asFast(results, "dead.first", "first"),
				asFast(results, "dead.all", "full"));
		for (Slowness slowness : Slowness.values()) {
			section.heading(3, "False positives: " + slowness.description());
			section.paragraph("Mean per run of " + DURATION.toSeconds() + " s, over all c and d.");
			section.table(List.of("setting", "at healthy members", "at any", "slow members dead at healthy ones"),
					(slowness == Slowness.MESSAGES_WAIT ? settings() : mainSettings()).stream()
						.map((setting) -> row(slowness, setting, results, scale))
						.toList());
		}
		section.plot("slow-members", plot(results, scale));
		section.paragraph("A point at the lower edge is zero.");
		for (Setting setting : mainSettings()) {
			section.paragraph("At healthy members, messages wait, " + setting.name() + ":");
			section.table(header(scale),
					counts(scale).stream().map((count) -> cells(setting, count, results, scale)).toList());
		}
		section.heading(3, "Detection");
		section.table(List.of("setting", "first, seconds: median / p99", "full: median / p99", "crashes"),
				settings().stream().map((setting) -> detectionRow(setting, results)).toList());
	}

	private static List<String> header(Scale scale) {
		List<String> header = new ArrayList<>(List.of("c"));
		pauses(scale).forEach((pause) -> header.add("d = " + pause.toMillis() + " ms"));
		return header;
	}

	private static List<String> cells(Setting setting, int count, Results results, Scale scale) {
		List<String> cells = new ArrayList<>(List.of(String.valueOf(count)));
		pauses(scale).forEach((pause) -> cells
			.add(Numbers.count(results.sample(group(Slowness.MESSAGES_WAIT, setting, count, pause), HEALTHY).mean())));
		return cells;
	}

	private static List<String> row(Slowness slowness, Setting setting, Results results, Scale scale) {
		return List.of(setting.name(), Numbers.count(perRun(slowness, setting, HEALTHY, results, scale)),
				Numbers.count(perRun(slowness, setting, ANY, results, scale)),
				Numbers.count(perRun(slowness, setting, SLOW, results, scale)));
	}

	private static List<String> detectionRow(Setting setting, Results results) {
		Sample first = results.sample(setting.name(), "dead.first");
		Sample full = results.sample(setting.name(), "dead.all");
		return List.of(setting.name(), Numbers.seconds(first.median()) + " / " + Numbers.seconds(first.p99()),
				Numbers.seconds(full.median()) + " / " + Numbers.seconds(full.p99()), Numbers.count(full.size()));
	}

	private static double perRun(Slowness slowness, Setting setting, String metric, Results results, Scale scale) {
		List<String> groups = new ArrayList<>();
		counts(scale)
			.forEach((count) -> pauses(scale).forEach((pause) -> groups.add(group(slowness, setting, count, pause))));
		return results.sample(groups, metric).mean();
	}

	private static LinePlot plot(Results results, Scale scale) {
		LinePlot plot = new LinePlot("False positives at healthy members, messages wait",
				"d in seconds, all c together", "per run of " + DURATION.toSeconds() + " s")
			.logarithmicX()
			.logarithmicY();
		for (Setting setting : mainSettings()) {
			plot.line(setting.name(),
					pauses(scale).stream().map((pause) -> point(setting, pause, results, scale)).toList());
		}
		return plot;
	}

	private static Point point(Setting setting, Duration pause, Results results, Scale scale) {
		List<String> groups = counts(scale).stream()
			.map((count) -> group(Slowness.MESSAGES_WAIT, setting, count, pause))
			.toList();
		return new Point(Measuring.seconds(pause), results.sample(groups, HEALTHY).mean());
	}

	private static Goal fewer(Results results, Scale scale) {
		double off = perRun(Slowness.MESSAGES_WAIT, Setting.OFF.scaledUp(), HEALTHY, results, scale);
		double all = perRun(Slowness.MESSAGES_WAIT, Setting.ALL.scaledUp(), HEALTHY, results, scale);
		double offDefault = perRun(Slowness.MESSAGES_WAIT, Setting.OFF, HEALTHY, results, scale);
		double allDefault = perRun(Slowness.MESSAGES_WAIT, Setting.ALL, HEALTHY, results, scale);
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
