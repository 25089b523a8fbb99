package io.membership.test.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes the report on what simulation shows. Run its main method with {@code quick} or
 * {@code full}, a directory to write to and, to run only some experiments, their names;
 * {@code none} writes the report from earlier results.
 */
final class SimulationReport {

	/** All experiments, in the order of the report. */
	static final List<Experiment> EXPERIMENTS = List.of(new Parity(), new SlowMembers(), new LossyMembers(),
			new Knowledge(), new Partitions(), new Corruption(), new Pauses(), new LargeMesh());

	private SimulationReport() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		Scale scale = Scale.valueOf(args[0].toUpperCase(Locale.ROOT));
		write(scale, Path.of(args[1]), Path.of("target/simulation"), Arrays.asList(args).subList(2, args.length));
	}

	/**
	 * Runs experiments and writes the report.
	 * @param names the experiments to run, empty for all; the others keep their results
	 */
	static void write(Scale scale, Path output, Path results, List<String> names)
			throws IOException, InterruptedException {
		List<String> known = EXPERIMENTS.stream().map(Experiment::id).toList();
		names.stream().filter((name) -> !known.contains(name) && !name.equals("none")).findAny().ifPresent((name) -> {
			throw new IllegalArgumentException("No experiment is called '" + name + "': use some of " + known);
		});
		List<Experiment> chosen = EXPERIMENTS.stream()
			.filter((experiment) -> names.isEmpty() || names.contains(experiment.id()))
			.toList();
		Laboratory laboratory = new Laboratory(results.resolve(scale.name().toLowerCase(Locale.ROOT)), scale,
				System.out);
		laboratory.run(chosen);
		new Report(scale, laboratory).write(EXPERIMENTS, output);
	}

}
