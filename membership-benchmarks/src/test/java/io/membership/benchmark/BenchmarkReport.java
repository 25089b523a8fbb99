package io.membership.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.membership.benchmark.engine.Engine;
import io.membership.benchmark.engine.Engines;
import io.membership.test.report.LinePlot;
import io.membership.test.report.Numbers;
import io.membership.test.report.Results;
import io.membership.test.report.Sample;
import io.membership.test.report.Section;

/**
 * The report as a file in Markdown and its plots, made of whatever results there are.
 */
final class BenchmarkReport {

	private static final String FILE = "benchmarks.md";

	private static final String IMAGES = "images/benchmarks";

	private static final Pattern NAME = Pattern.compile("(?:cluster|beside)-(.*)-(\\d+)\\.tsv");

	private static final String NONE = "–";

	private static final String INTRODUCTION = """
			# Benchmarks

			This engine beside others, on one machine, in one run, each with its own defaults for a local network.

			```shell
			%s -Dtest=ClusterBenchmark -Dmembership.benchmark=light
			```

			writes this file into `membership-benchmarks/target/benchmarks`, in less than five minutes, with 20 nodes of four
			engines. `-Dmembership.benchmark=full` measures everything that is described here, in some hours, and writes
			into `docs`. Words choose otherwise, for example
			`-Dmembership.benchmark="full engines=membership,memberlist nodes=20,100 parts=idle,kill"`; the class
			`ClusterBenchmark` lists them. Results are kept, so engines can be measured one by one; `engines=` alone only writes
			the file. It takes a Unix with `sh`; idle traffic is counted on Linux as root, where everything runs in a network
			namespace that has nothing but a loopback interface.

			**Ratios between rows of one table count. Absolute figures are those of this machine**, which has %d processors and
			ran every node of a mesh at once (Java %s, %s). A mesh starts when all processes of the one before are gone and nine
			tenths of the time of all processors were idle for a second, for which it waits a minute at most; where they were not,
			the remark of the engine says so. What was measured by `light`, or on such a busy machine, is for a first look.

			A mesh of N nodes has one node in a process of its own, which is killed, stopped, or told to leave; a tenth of them
			in another process, which is killed at once; and all others in as few processes as the engine can do with. *First*
			and *last* are the survivors that know it first and last, by their own events, in seconds on the one monotonic clock
			of the machine. Java processes of all engines have 2 GB of heap at most and the serial collector of garbage. Cells
			are medians, with the range and the number of measurements where there are several. What did not happen within
			`patience=40` seconds, or 120 with engines that are slow to come together, reads *never* and counts as later than
			everything that did.
			""";

	private static final String COMMAND = "mvn -B -ntp verify -Pbenchmarks -pl membership-core,membership-test,"
			+ "membership-benchmarks \\\n\t-Dsurefire.failIfNoSpecifiedTests=false";

	private static final List<Table> TABLES = List.of(
			new Table("Start", "from the last start, seconds",
					"Nodes of a process start one after the other, when the first node of the mesh is there; seconds.",
					Measures.ALL_FROM_FIRST, Measures.ALL_FROM_LAST),
			new Table("Idle", "bytes",
					"For each member, in a second: IP packets and their bytes, headers included, and milliseconds of a"
							+ " processor. Memory is the heap after a collection of garbage, or what is resident where"
							+ " there is no such heap, divided by the nodes of the process; so are threads.",
					Measures.PACKETS, Measures.BYTES, Measures.CPU, Measures.MEMORY, Measures.THREADS),
			new Table("Idle, side by side", "CPU ms",
					"Meshes of as many nodes of each engine at the same time, milliseconds of a processor for each member in"
							+ " a second, " + SideBySide.ROUNDS
							+ " times one after the other: what else the machine does,"
							+ " which makes a multiple of it from one minute to the next, is the same for all of them.",
					SideBySide.CPU),
			events("A member is killed", Measures.KILL), events("A member is stopped (SIGSTOP)", Measures.STOP),
			events("A member leaves", Measures.LEAVE),
			events("A member says something new about itself", Measures.PAYLOAD),
			events("One in ten is killed at once", Measures.TENTH),
			new Table("A large mesh at rest", "processors",
					"False positives of " + Measures.LARGE + " members for as long, and how many processors all of them"
							+ " took together.",
					Measures.WATCHED, Measures.WATCHED_FALSE, Measures.WATCHED_CPU),
			new Table("Too little processor time", "false positives",
					"All processes of the mesh together have no more than a share of one processor, for the seconds of"
							+ " `starve=`: a CPU limit of Linux, as pods of Kubernetes have, which hands out that share of"
							+ " every 100 ms, and whoever has used it up stands still until the next. Columns with a share"
							+ " alone are false positives: how often a member that lives was missed by another, until all"
							+ " saw all again without the limit. *Halted* is in how many of 100 of these periods they had"
							+ " used up theirs. Each engine has as much, so one that needs less hungers later.",
					Measures.halted("20"), Measures.halted("10"), Measures.halted("5"), Measures.halted("3"),
					Measures.starved("20"), Measures.starved("10"), Measures.starved("5"), Measures.starved("3")),
			new Table("A member is killed while there is too little processor time", "last at 3 %, seconds",
					"Under the same limits, 5 s after they began: seconds until the first and the last of the others know,"
							+ " at 20, 10, 5 and 3 % of a processor. Nobody is missed by mistake where nobody is missed.",
					Measures.killed("20") + Measures.FIRST, Measures.killed("20") + Measures.LAST,
					Measures.killed("10") + Measures.FIRST, Measures.killed("10") + Measures.LAST,
					Measures.killed("5") + Measures.FIRST, Measures.killed("5") + Measures.LAST,
					Measures.killed("3") + Measures.FIRST, Measures.killed("3") + Measures.LAST));

	private final Path directory;

	private final Explanations explanations;

	BenchmarkReport(Path directory, Explanations explanations) {
		this.directory = directory;
		this.explanations = explanations;
	}

	private static Table events(String title, String metric) {
		return new Table(title, "last, seconds", "Seconds until the first and the last of the others know.",
				metric + Measures.FIRST, metric + Measures.LAST);
	}

	/** Returns where the results of an engine are kept. */
	static String file(String engine, String nodes) {
		return "cluster-" + engine + "-" + nodes + ".tsv";
	}

	void write(Path output) throws IOException {
		Map<String, Map<Integer, Results>> results = load();
		Results single = Results.load(this.directory.resolve(Microbenchmarks.FILE));
		Results remote = Results.load(this.directory.resolve(RemoteMembers.FILE));
		Section section = new Section(IMAGES);
		new Goals(results, single, remote).write(this.explanations, section);
		writeEngines(results, section);
		TABLES.forEach((table) -> table.write(results, section));
		RemoteMembers.write(remote, section);
		Section micro = Microbenchmarks.write(single);
		if (!micro.toString().isEmpty()) {
			section.heading(2, "Single operations")
				.paragraph(
						"JMH, " + "with the floor beside each: what must be done in any case, be it a copy of the bytes"
								+ " or the cipher of the JDK.\n\n```shell\n" + COMMAND
								+ " -Dtest=Microbenchmarks -Dmembership.micro=\n```");
		}
		Section profiles = new Section(IMAGES);
		profiles.heading(2, "Profiles").paragraph(this.explanations.of("profiles"));
		Files.createDirectories(output.resolve(IMAGES));
		Files.writeString(output.resolve(FILE), introduction() + "\n" + section + micro + profiles);
		for (Map.Entry<String, LinePlot> plot : section.plots().entrySet()) {
			Files.writeString(output.resolve(IMAGES).resolve(plot.getKey() + ".svg"), plot.getValue().toSvg());
		}
		System.out.println("The report is " + output.resolve(FILE).toAbsolutePath().normalize());
	}

	private static String introduction() {
		return INTRODUCTION.formatted(COMMAND, Runtime.getRuntime().availableProcessors(), Runtime.version(),
				System.getProperty("os.name"));
	}

	private Map<String, Map<Integer, Results>> load() throws IOException {
		Map<String, Map<Integer, Results>> results = new LinkedHashMap<>();
		Engines.all().forEach((engine) -> results.put(engine.id(), new TreeMap<>()));
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.sorted().toList()) {
				Matcher name = NAME.matcher(file.getFileName().toString());
				if (name.matches() && results.containsKey(name.group(1))) {
					results.get(name.group(1))
						.computeIfAbsent(Integer.valueOf(name.group(2)), (nodes) -> new Results())
						.addAll(Results.load(file));
				}
			}
		}
		return results;
	}

	private static void writeEngines(Map<String, Map<Integer, Results>> results, Section section) {
		List<List<String>> rows = new ArrayList<>();
		Map<String, List<String>> commands = new TreeMap<>();
		for (Engine engine : Engines.all()) {
			Map<Integer, Results> measured = results.getOrDefault(engine.id(), Map.of());
			rows.add(List.of("`" + engine.id() + "`", engine.title(), engine.setup(), remark(engine, measured)));
			sizes(measured).forEach((command, sizes) -> commands.computeIfAbsent(command, (key) -> new ArrayList<>())
				.add("`" + engine.id() + "` " + String.join(", ", sizes)));
		}
		section.heading(2, "Engines")
			.table(List.of("name", "engine", "how it is set up", "remark"), rows)
			.paragraph("Which N was measured by which `-Dmembership.benchmark=`:")
			.table(List.of("command", "measured"),
					commands.entrySet()
						.stream()
						.map((command) -> List.of("`" + command.getKey() + "`", String.join("; ", command.getValue())))
						.toList());
	}

	/** Returns the sizes that each command measured. */
	private static Map<String, List<String>> sizes(Map<Integer, Results> measured) {
		Map<String, List<String>> sizes = new LinkedHashMap<>();
		measured.forEach((nodes, results) -> results.commands()
			.forEach((command) -> sizes.computeIfAbsent(command, (key) -> new ArrayList<>()).add(nodes.toString())));
		return sizes;
	}

	private static String remark(Engine engine, Map<Integer, Results> measured) {
		String obstacle = engine.obstacle();
		if (measured.isEmpty()) {
			return (obstacle != null) ? "not run: " + obstacle : "not run";
		}
		List<String> remarks = new ArrayList<>();
		measured.forEach((nodes, results) -> {
			Sample idle = results.sample(nodes + " nodes", Measures.IDLE);
			if (!idle.isEmpty() && idle.median() < QuietMachine.ENOUGH) {
				remarks.add("the machine was busy before it ran " + nodes + " nodes (" + Math.round(idle.median() * 100)
						+ " % idle)");
			}
			results.failures().forEach((failure) -> remarks.add("ended with " + nodes + " nodes: " + failure));
		});
		return String.join("; ", remarks);
	}

	/**
	 * Figures of all engines beside each other.
	 *
	 * @param title its heading
	 * @param label what is plotted
	 * @param explanation what they are
	 * @param metrics the columns, of which the last one is plotted
	 */
	private record Table(String title, String label, String explanation, List<String> metrics) {

		Table(String title, String label, String explanation, String... metrics) {
			this(title, label, explanation, List.of(metrics));
		}

		void write(Map<String, Map<Integer, Results>> results, Section section) {
			List<List<String>> rows = new ArrayList<>();
			Map<String, List<LinePlot.Point>> lines = new LinkedHashMap<>();
			results.forEach((id, sizes) -> sizes.forEach((nodes, measured) -> {
				List<Sample> samples = this.metrics.stream()
					.map((metric) -> measured.sample(nodes + " nodes", metric))
					.toList();
				if (samples.stream().anyMatch((sample) -> !sample.isEmpty())) {
					List<String> row = new ArrayList<>(List.of(Engines.of(id).title(), String.valueOf(nodes)));
					samples.forEach((sample) -> row.add(cell(sample)));
					rows.add(row);
					lines.computeIfAbsent(id, (name) -> new ArrayList<>())
						.add(new LinePlot.Point(nodes, plotted(samples)));
				}
			}));
			if (rows.isEmpty()) {
				return;
			}
			List<String> header = new ArrayList<>(List.of("engine", "N"));
			this.metrics.forEach((metric) -> header.add(metric.replaceFirst(".*[:,] ", "")));
			section.heading(2, this.title).paragraph(this.explanation).table(header, rows);
			LinePlot plot = new LinePlot(this.title, "nodes", this.label).logarithmicX().logarithmicY();
			lines.forEach(plot::line);
			section.plot(this.title.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-"), plot);
		}

		/** Bytes of an idle mesh, and the last one of all others. */
		private int plottedIndex() {
			int bytes = this.metrics.indexOf(Measures.BYTES);
			return (bytes >= 0) ? bytes : this.metrics.size() - 1;
		}

		private double plotted(List<Sample> samples) {
			Sample sample = samples.get(plottedIndex());
			return sample.isEmpty() ? Double.POSITIVE_INFINITY : sample.median();
		}

		private static String cell(Sample sample) {
			if (sample.isEmpty()) {
				return NONE;
			}
			String median = Numbers.count(rounded(sample.median()));
			return (sample.size() == 1) ? median : median + " (" + Numbers.count(rounded(sample.min())) + " to "
					+ Numbers.count(rounded(sample.max())) + ", n = " + sample.size() + ")";
		}

		/** Times below a hundredth of a second matter, too. */
		private static double rounded(double value) {
			return (Double.isFinite(value) && value != 0 && Math.abs(value) < 1) ? Math.rint(value * 1000) / 1000
					: value;
		}

	}

}
