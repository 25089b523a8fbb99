package io.membership.test.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The report as a file in Markdown and its plots, made of whatever results there are.
 */
final class Report {

	private static final String FILE = "simulation.md";

	private static final String INTRODUCTION = """
			# What simulation shows

			The real engine, with its real datagrams, in a mesh in memory and under virtual time
			([how](testing.md)). Everything follows from the seeds: the same command gives the same figures on every
			machine, except those under *The machine* at the end.

			```shell
			%s
			```

			writes this file. %s
			To run one experiment anew and leave the others as they are, add
			`-Dmembership.report.experiments=` and its name, or several names with commas.

			Unless a section says otherwise: a local network (0.2 to 0.5 ms one way), the default options, seeds 1, 2, 3
			and so on for each line of a table. *off* is the reference's protocol and nothing else, *all on* is every
			extension, *log10(N)* a suspect timeout of 3 s × max(1, log10(N)) instead of 3 s. Percentiles are nearest
			ranks. What did not happen within the time that a section names counts as later than everything that did,
			and reads *never*. Known to all means to all members that run, the frozen ones included.
			""";

	private final Scale scale;

	private final Laboratory laboratory;

	Report(Scale scale, Laboratory laboratory) {
		this.scale = scale;
		this.laboratory = laboratory;
	}

	void write(List<Experiment> experiments, Path directory) throws IOException {
		Map<String, LinePlot> plots = new LinkedHashMap<>();
		List<Goal> goals = new ArrayList<>();
		StringBuilder sections = new StringBuilder();
		Section machine = new Section().heading(2, "The machine")
			.paragraph("The figures of this section, and no others, are different each time.");
		List<List<String>> times = new ArrayList<>();
		Results all = new Results();
		for (int i = 0; i < experiments.size(); i++) {
			Experiment experiment = experiments.get(i);
			Results results = this.laboratory.results(experiment);
			Section section = new Section().heading(2, (i + 1) + ". " + experiment.title());
			write(experiment, results, section);
			experiment.writeAboutTheMachine(results, machine);
			sections.append(section);
			plots.putAll(section.plots());
			goals.addAll(section.goals());
			all.addTime(results.wallSeconds(), results.processorSeconds());
			times.add(times(experiment.id(), results));
		}
		times.add(times("all", all));
		machine
			.paragraph("How long the simulations of each experiment took, in seconds, one after the other; this was"
					+ " written on a machine with " + Runtime.getRuntime().availableProcessors()
					+ " processors, each of which runs one at a time.")
			.table(List.of("experiment", "wall time", "processor time"), times);
		Files.createDirectories(directory);
		Files.writeString(directory.resolve(FILE),
				introduction() + "\n" + summary(goals) + sections + machine.toString().stripTrailing() + "\n");
		write(plots, directory.resolve(Section.IMAGES));
	}

	private static List<String> times(String what, Results results) {
		return List.of(what, Numbers.count(Math.rint(results.wallSeconds())),
				Numbers.count(Math.rint(results.processorSeconds())));
	}

	private void write(Experiment experiment, Results results, Section section) {
		section.paragraph("`-Dmembership.report.experiments=" + experiment.id() + "`");
		if (results.isEmpty()) {
			section.paragraph("Not run.");
			return;
		}
		experiment.write(results, this.scale, section);
		if (!results.failures().isEmpty()) {
			section.paragraph("**Simulations that failed:** " + String.join("; ", results.failures()));
		}
	}

	private String introduction() {
		String command = "mvn verify -pl membership-core,membership-test -Dsurefire.failIfNoSpecifiedTests=false"
				+ " \\\n\t-Dtest=SimulationReportTests \"-DargLine=-Xmx16g -XX:+UseParallelGC\" -Dmembership.report=";
		return INTRODUCTION.formatted(command + this.scale.name().toLowerCase(Locale.ROOT),
				this.scale.pick("These are figures for a first look; those of `-Dmembership.report=full` are reliable.",
						"With `quick` instead of `full` it is there within minutes, with fewer and smaller"
								+ " simulations, in\n`membership-test/target/simulation`."));
	}

	private static Section summary(List<Goal> goals) {
		Section summary = new Section().heading(2, "Goals");
		long met = goals.stream().filter(Goal::met).count();
		return summary.paragraph(met + " of " + goals.size() + " are met.")
			.table(List.of("goal", "measured", ""),
					goals.stream().map((goal) -> List.of(goal.what(), goal.measured(), goal.verdict())).toList());
	}

	private static void write(Map<String, LinePlot> plots, Path directory) throws IOException {
		Files.createDirectories(directory);
		for (Map.Entry<String, LinePlot> plot : plots.entrySet()) {
			Files.writeString(directory.resolve(plot.getKey() + ".svg"), plot.getValue().toSvg());
		}
	}

}
