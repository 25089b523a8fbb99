package io.membership.test.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.membership.test.report.LinePlot.Point;

/**
 * How long it takes until all know something, and what that costs.
 */
final class Knowledge implements Experiment {

	private static final List<Double> LOSSES = List.of(0.0, 0.05, 0.1, 0.2, 0.3);

	private static final List<Integer> URI_LENGTHS = List.of(14, 43);

	private static final int LARGE = 1000;

	/** Where each extension is measured alone. */
	private static final int MEDIUM = 100;

	private static final List<Double> SOME_LOSSES = List.of(0.0, 0.2);

	private static final double MOST_IDLE_BYTES = 200;

	@Override
	public String id() {
		return "knowledge";
	}

	@Override
	public String title() {
		return "Time to full knowledge, and its price";
	}

	private static List<Integer> sizes(Scale scale) {
		return scale.pick(List.of(10, MEDIUM), List.of(10, MEDIUM, LARGE));
	}

	private static List<Setting> settings() {
		return List.of(Setting.OFF, Setting.ALL);
	}

	@Override
	public List<Job> jobs(Scale scale) {
		List<Job> jobs = new ArrayList<>();
		for (Setting setting : Setting.each()) {
			for (int size : sizes(scale)) {
				if (setting.isMain() || size == MEDIUM) {
					(setting.isMain() ? LOSSES : SOME_LOSSES)
						.forEach((loss) -> addNews(jobs, setting, size, loss, scale));
					URI_LENGTHS.forEach((length) -> jobs.add(new Job(idle(setting, size, length), 1,
							(seed, recorder) -> News.measureIdle(setting, size, length, seed, recorder))));
				}
			}
		}
		return jobs;
	}

	private static void addNews(List<Job> jobs, Setting setting, int size, double loss, Scale scale) {
		int rounds = scale.pick(2, (size < LARGE) ? Math.min(10, size / 3) : largeRounds(setting, loss));
		int meshes = scale.pick(1, (size < LARGE) ? 5 : 1);
		Measuring.seeds(meshes)
			.forEach((seed) -> jobs.add(new Job(group(setting, size, loss), seed, (number, recorder) -> {
				News news = new News(setting, size, 3 * rounds, loss, number, recorder);
				for (int i = 0; i < rounds; i++) {
					news.measureAll();
				}
			})));
		if (size == LARGE && loss == 0) {
			addMore(jobs, setting, size);
		}
	}

	/** Where everything takes long it also takes long to simulate. */
	private static int largeRounds(Setting setting, double loss) {
		return (setting.equals(Setting.OFF) && loss > 0) ? 1 : 3;
	}

	/** A 99th percentile wants a hundred values, but not of what is slow anyway. */
	private static void addMore(List<Job> jobs, Setting setting, int size) {
		for (long seed : setting.equals(Setting.OFF) ? List.of(3L) : List.of(3L, 4L, 5L, 6L)) {
			jobs.add(new Job(group(setting, size, 0), seed, (number, recorder) -> {
				News news = new News(setting, size, 0, 0, number, recorder);
				for (int i = 0; i < (setting.equals(Setting.OFF) ? 5 : 25); i++) {
					news.measurePayloadAndLeave();
				}
			}));
		}
	}

	private static String group(Setting setting, int size, double loss) {
		return setting.name() + "/" + size + "/" + loss;
	}

	private static String idle(Setting setting, int size, int uriLength) {
		return setting.name() + "/" + size + "/idle, URIs of " + uriLength;
	}

	@Override
	public void write(Results results, Scale scale, Section section) {
		section.paragraph("""
				A mesh of N that know each other, on a network that loses some of all datagrams. A newcomer with three
				random seeds joins; somebody's payload changes; a process crashes on a host that refuses datagrams from
				then on; a whole host falls silent; somebody leaves. Measured is the time until all members know it,
				and for a join until the newcomer knows all as well; at most %d s. Who is gone is taken out of all views
				before the next measurement, and a newcomer takes its place.""".formatted(News.LIMIT.toSeconds()));
		section.goals(goals(results, scale));
		for (String news : News.ALL) {
			section.heading(3, news.substring(0, 1).toUpperCase(Locale.ROOT) + news.substring(1));
			section.table(List.of("N", "loss", "off: median", "p99", "max", "all on: median", "p99", "max",
					"measured, off / all on"), rows(news, results, scale));
			section.plot("knowledge-" + news.replaceAll("[ ,]+", "-"), plot(news, results, scale));
		}
		section.heading(3, "Each extension alone");
		section.paragraph("N = " + MEDIUM + ", medians in seconds; idle bytes as below, URIs of 14 characters.");
		section.table(aloneHeader(), Setting.each().stream().map((setting) -> aloneRow(setting, results)).toList());
		writePrice(results, scale, section);
	}

	private static Goal[] goals(Results results, Scale scale) {
		int largest = sizes(scale).get(sizes(scale).size() - 1);
		String all = group(Setting.ALL, largest, 0);
		String at = ", N = " + Numbers.count(largest) + ", no loss, all on";
		double idle = 0;
		for (int size : sizes(scale)) {
			for (int length : URI_LENGTHS) {
				idle = Math.max(idle, results.sample(idle(Setting.ALL, size, length), News.BYTES).max());
			}
		}
		return new Goal[] {
				Goal.atMost("Payload change known to all within 1.5 s (p99)" + at, 1.5,
						results.sample(all, News.PAYLOAD).p99(), "s"),
				Goal.atMost("Leave known to all within 1.5 s (p99)" + at, 1.5, results.sample(all, News.LEAVE).p99(),
						"s"),
				Goal.atMost("Crash with refusal known to all within 3 s (median)" + at, 3,
						results.sample(all, News.PROCESS).median(), "s"),
				Goal.atMost("Silent crash known to all within 6 s (median)" + at, 6,
						results.sample(all, News.HOST).median(), "s"),
				Goal.atMost("Idle at most 200 bytes per member and second at every N and URI length, all on",
						MOST_IDLE_BYTES, idle, "bytes") };
	}

	private static List<List<String>> rows(String news, Results results, Scale scale) {
		List<List<String>> rows = new ArrayList<>();
		for (int size : sizes(scale)) {
			for (double loss : LOSSES) {
				Sample off = results.sample(group(Setting.OFF, size, loss), news);
				Sample all = results.sample(group(Setting.ALL, size, loss), news);
				rows.add(List.of(Numbers.count(size), Numbers.percent(loss), Numbers.seconds(off.median()),
						Numbers.seconds(off.p99()), Numbers.seconds(off.max()), Numbers.seconds(all.median()),
						Numbers.seconds(all.p99()), Numbers.seconds(all.max()), off.size() + " / " + all.size()));
			}
		}
		return rows;
	}

	private static LinePlot plot(String news, Results results, Scale scale) {
		LinePlot plot = new LinePlot("Known to all: " + news, "% loss", "seconds, median");
		for (Setting setting : settings()) {
			for (int size : sizes(scale)) {
				plot.line(setting.name() + ", N = " + size, LOSSES.stream()
					.map((loss) -> new Point(100 * loss, results.sample(group(setting, size, loss), news).median()))
					.toList());
			}
		}
		return plot;
	}

	private static List<String> aloneHeader() {
		List<String> header = new ArrayList<>(List.of("setting"));
		for (double loss : SOME_LOSSES) {
			News.ALL.forEach((news) -> header.add(news + ", " + Math.round(100 * loss) + " % loss"));
		}
		header.add("idle bytes");
		return header;
	}

	private static List<String> aloneRow(Setting setting, Results results) {
		List<String> row = new ArrayList<>(List.of(setting.name()));
		for (double loss : SOME_LOSSES) {
			News.ALL.forEach(
					(news) -> row.add(Numbers.seconds(results.sample(group(setting, MEDIUM, loss), news).median())));
		}
		row.add(Numbers.count(results.sample(idle(setting, MEDIUM, 14), News.BYTES).mean()));
		return row;
	}

	private static void writePrice(Results results, Scale scale, Section section) {
		section.heading(3, "Price");
		section.paragraph("""
				What each member sends in a second, with IP and UDP headers. Rumors are the copies in all datagrams,
				old news and filler included, without the entries of full state. With news: during the measurements
				above.""");
		List<List<String>> rows = new ArrayList<>();
		for (int size : sizes(scale)) {
			for (int length : URI_LENGTHS) {
				rows.add(priceRow(size, "idle, URIs of " + length, idle(Setting.OFF, size, length),
						idle(Setting.ALL, size, length), results));
			}
			for (double loss : LOSSES) {
				rows.add(priceRow(size, "with news, loss " + Numbers.percent(loss), group(Setting.OFF, size, loss),
						group(Setting.ALL, size, loss), results));
			}
		}
		section.table(List.of("N", "", "off: bytes", "datagrams", "rumors", "all on: bytes", "datagrams", "rumors"),
				rows);
		LinePlot plot = new LinePlot("Idle, converged", "N", "bytes per member and second").logarithmicX();
		for (Setting setting : settings()) {
			for (int length : URI_LENGTHS) {
				plot.line(setting.name() + ", URIs of " + length, sizes(scale).stream()
					.map((size) -> new Point(size, results.sample(idle(setting, size, length), News.BYTES).mean()))
					.toList());
			}
		}
		section.plot("knowledge-idle", plot.goal(MOST_IDLE_BYTES));
	}

	private static List<String> priceRow(int size, String what, String off, String all, Results results) {
		List<String> row = new ArrayList<>(List.of(Numbers.count(size), what));
		for (String group : List.of(off, all)) {
			for (String metric : List.of(News.BYTES, News.DATAGRAMS, News.RUMORS)) {
				row.add(Numbers.count(results.sample(group, metric).mean()));
			}
		}
		return row;
	}

}
