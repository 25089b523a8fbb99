package io.membership.test.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs experiments and keeps their results. Simulations are independent of each other and
 * have one thread each, so that each processor runs one.
 */
final class Laboratory {

	private final Path directory;

	private final Scale scale;

	private final PrintStream out;

	/**
	 * Creates a laboratory.
	 * @param directory where the results are kept, by experiment
	 */
	Laboratory(Path directory, Scale scale, PrintStream out) {
		this.directory = directory;
		this.scale = scale;
		this.out = out;
	}

	/** Runs experiments; those that want the machine for themselves come last. */
	void run(List<Experiment> experiments) throws IOException, InterruptedException {
		run(experiments.stream().filter((experiment) -> !experiment.measuresTheMachine()).toList(),
				Runtime.getRuntime().availableProcessors());
		run(experiments.stream().filter(Experiment::measuresTheMachine).toList(), 1);
	}

	private void run(List<Experiment> experiments, int threads) throws IOException, InterruptedException {
		ExecutorService pool = Executors.newFixedThreadPool(threads);
		try {
			Map<Experiment, List<Future<Results>>> running = new LinkedHashMap<>();
			for (Experiment experiment : experiments) {
				List<Future<Results>> jobs = new ArrayList<>();
				experiment.jobs(this.scale).forEach((job) -> jobs.add(pool.submit(job::run)));
				running.put(experiment, jobs);
			}
			for (Experiment experiment : experiments) {
				keep(experiment, running.getOrDefault(experiment, List.of()));
			}
		}
		finally {
			pool.shutdownNow();
		}
	}

	private void keep(Experiment experiment, List<Future<Results>> jobs) throws IOException, InterruptedException {
		Results results = new Results();
		for (Future<Results> job : jobs) {
			try {
				results.addAll(job.get());
			}
			catch (ExecutionException ex) {
				throw new IllegalStateException("Experiment " + experiment.id() + " could not go on", ex.getCause());
			}
		}
		results.save(file(experiment));
		this.out.printf(Locale.ROOT, "%s: %d simulations, %.0f s on a processor%n", experiment.id(), jobs.size(),
				results.processorSeconds());
		results.failures().forEach(this.out::println);
	}

	/** Returns the results of an experiment, empty ones if it was never run. */
	Results results(Experiment experiment) throws IOException {
		return Results.load(file(experiment));
	}

	private Path file(Experiment experiment) {
		return this.directory.resolve(experiment.id() + ".tsv");
	}

}
