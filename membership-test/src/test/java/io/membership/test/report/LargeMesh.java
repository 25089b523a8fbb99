package io.membership.test.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.membership.test.Conditions;
import io.membership.test.Invariant;
import io.membership.test.SimulatedMesh;

import static io.membership.MemberStatus.DEAD;

/**
 * How large a mesh can be simulated, and what it does.
 */
final class LargeMesh implements Experiment {

	private static final Duration IDLE = Duration.ofSeconds(30);

	/** Everybody says once that it is there. */
	private static final Duration INTRODUCTIONS = Duration.ofSeconds(20);

	private static final Duration ALL = Duration.ofMinutes(2);

	private static final List<Double> LOSSES = List.of(0.0, 0.1);

	/** As many as join while all is measured once. */
	private static final int NEWCOMERS = 3;

	private static final String PRELOADED = "preloaded";

	private static final String JOINING = "joining";

	private static final String PAYLOAD = "payload";

	private static final String CRASH = "crash";

	private static final String JOIN = "join";

	private static final String WALL = "wall";

	private static final String MEMORY = "memory";

	@Override
	public String id() {
		return "large-mesh";
	}

	@Override
	public String title() {
		return "A large mesh";
	}

	@Override
	public boolean measuresTheMachine() {
		return true;
	}

	private static int preloaded(Scale scale) {
		return scale.pick(1000, 10_000);
	}

	private static int joining(Scale scale) {
		return scale.pick(200, 1000);
	}

	@Override
	public List<Job> jobs(Scale scale) {
		List<Job> jobs = new ArrayList<>();
		jobs.add(new Job(PRELOADED, 1, (seed, recorder) -> measurePreloaded(preloaded(scale), seed, recorder)));
		for (double loss : LOSSES) {
			jobs.add(new Job(news(loss), 1,
					(seed, recorder) -> new News(Setting.ALL, preloaded(scale), NEWCOMERS, loss, seed, recorder)
						.measureAll()));
		}
		jobs.add(new Job(JOINING, 1, (seed, recorder) -> measureJoin(joining(scale), seed, recorder)));
		return jobs;
	}

	private static String news(double loss) {
		return "news/" + loss;
	}

	private static SimulatedMesh mesh(int size, long seed) {
		return SimulatedMesh.builder()
			.size(size)
			.seed(seed)
			.options(Setting.ALL.options())
			.build()
			.allow(Invariant.NO_FALSE_DEATHS);
	}

	private static void measurePreloaded(int size, long seed, Job.Recorder recorder) {
		long before = usedBytes();
		long begin = System.nanoTime();
		SimulatedMesh mesh = mesh(size, seed).startJoined();
		Duration joined = mesh.elapsed();
		mesh.run(INTRODUCTIONS);
		News.recordTraffic(mesh.run(IDLE).traffic(), IDLE, size, recorder);
		Duration changed = mesh.elapsed();
		mesh.setPayload(7, "version", "2");
		recorder.add(PAYLOAD, Measuring.until(mesh, Conditions.everyoneSeesPayload(7, "version", "2"), IDLE));
		mesh.run(IDLE.minus(mesh.elapsed().minus(changed)));
		Crash.HOST.happenTo(mesh, 8);
		recorder.add(CRASH, Measuring.until(mesh, Conditions.everyoneSees(8, DEAD), IDLE));
		mesh.run(ALL.minus(mesh.elapsed().minus(joined)));
		recorder.add(WALL, (System.nanoTime() - begin) / 1e9);
		recorder.count(MEMORY, usedBytes() - before);
		recorder.count("members", mesh.size());
	}

	private static void measureJoin(int size, long seed, Job.Recorder recorder) {
		long begin = System.nanoTime();
		recorder.add(JOIN,
				Measuring.until(mesh(size, seed).startAll(), Conditions.allSeeAll(), Duration.ofMinutes(10)));
		recorder.add(WALL, (System.nanoTime() - begin) / 1e9);
		recorder.count("members", size);
	}

	@SuppressWarnings("ExplicitGC")
	private static long usedBytes() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	@Override
	public void write(Results results, Scale scale, Section section) {
		section.paragraph(
				"""
						%s members that know each other, for %d s: %d s in which each says once that it is there, then %d s in which
						nothing happens, then a payload changes, %d s later a host falls silent; either has so long to become known to all. And %s members that begin within a
						second and know nobody but the first of them; they have ten minutes. All extensions on. What this needs is under *The machine*."""
					.formatted(Numbers.count(preloaded(scale)), ALL.toSeconds(), INTRODUCTIONS.toSeconds(),
							IDLE.toSeconds(), IDLE.toSeconds(), Numbers.count(joining(scale))));
		section.goals(Goal.atMost(
				"Idle at most 200 bytes per member and second, N = " + Numbers.count(preloaded(scale)) + ", all on",
				200, results.sample(PRELOADED, News.BYTES).mean(), "bytes"));
		section.table(List.of("", "N", ""), List.of(
				row("payload change known to all, seconds", preloaded(scale), results.sample(PRELOADED, PAYLOAD)),
				row("silent host dead for all, seconds", preloaded(scale), results.sample(PRELOADED, CRASH)),
				row("idle datagrams per member and second", preloaded(scale),
						results.sample(PRELOADED, News.DATAGRAMS)),
				row("idle bytes per member and second", preloaded(scale), results.sample(PRELOADED, News.BYTES)),
				row("join, all see all, seconds", joining(scale), results.sample(JOINING, JOIN))));
		writeNews(results, scale, section);
	}

	private static void writeNews(Results results, Scale scale, Section section) {
		section.paragraph("Another mesh of " + Numbers.count(preloaded(scale))
				+ " for each loss, in which everything happens once as in the section before, and a join three times:"
				+ " seconds until all know it, and bytes per member and second meanwhile. Larger losses are simulated up to"
				+ " 1,000 members only: at 30 % somebody is suspected all the time, 10,000 others hear of it, and 20 s were"
				+ " not over after five minutes.");
		List<String> header = new ArrayList<>(List.of("loss"));
		header.addAll(News.ALL);
		header.add(News.BYTES);
		List<List<String>> rows = new ArrayList<>();
		for (double loss : LOSSES) {
			List<String> row = new ArrayList<>(List.of(Numbers.percent(loss)));
			News.ALL.forEach((news) -> row.add(Numbers.seconds(results.sample(news(loss), news).median())));
			row.add(Numbers.count(results.sample(news(loss), News.BYTES).mean()));
			rows.add(row);
		}
		section.table(header, rows);
	}

	private static List<String> row(String what, int size, Sample sample) {
		return List.of(what, Numbers.count(size), Numbers.seconds(sample.mean()));
	}

	@Override
	public void writeAboutTheMachine(Results results, Section section) {
		if (results.isEmpty()) {
			return;
		}
		double size = results.sample(PRELOADED, "members").mean();
		double wall = results.sample(PRELOADED, WALL).mean();
		double memory = results.sample(PRELOADED, MEMORY).mean();
		double joinWall = results.sample(JOINING, WALL).mean();
		double speed = results.sample(JOINING, JOIN).mean() / joinWall;
		String members = Numbers.count(size) + " members that know each other, " + ALL.toSeconds() + " s: ";
		section.goals(Goal.atMost(members + "at most 15 minutes", 15 * 60, wall, "s"),
				Goal.atMost(members + "at most 16 GB", 16, memory / 1e9, "GB after a collection"),
				Goal.atMost(members + "at most 40 bytes per view entry", 40, memory / size / size, "bytes"),
				new Goal(
						"Join of " + Numbers.count(results.sample(JOINING, "members").mean())
								+ " faster than real time",
						Numbers.count(joinWall) + " s, " + Numbers.count(speed) + " times as fast as real time",
						speed > 1));
	}

}
