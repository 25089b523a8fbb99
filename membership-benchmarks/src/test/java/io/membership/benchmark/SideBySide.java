package io.membership.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.membership.benchmark.engine.Engine;
import io.membership.process.Words;
import io.membership.test.report.Results;

/**
 * Meshes of several engines that are at rest at the same time. What a process at rest
 * takes depends on who else uses the caches of the processor, which changes from minute
 * to minute, so only what was measured in the same minutes can be compared.
 */
final class SideBySide implements AutoCloseable {

	static final String CPU = "side by side: CPU ms";

	/** How many times in a row it is measured. */
	static final int ROUNDS = 5;

	private final Map<Mesh, Results> meshes = new LinkedHashMap<>();

	private final int nodes;

	private final Words words;

	/**
	 * Creates meshes without nodes.
	 * @param nodes how many each of them will have
	 */
	SideBySide(List<Engine> engines, int nodes, Words words, Supplier<Results> results) {
		this.nodes = nodes;
		this.words = words;
		engines.forEach((engine) -> this.meshes.put(new Mesh(engine, seconds("patience")), results.get()));
	}

	/** Returns where the results of an engine are kept. */
	static String file(String engine, int nodes) {
		return "beside-" + engine + "-" + nodes + ".tsv";
	}

	private Duration seconds(String word) {
		return Duration.ofSeconds(this.words.number(word));
	}

	/** Starts all meshes, and measures. */
	void take() throws IOException, InterruptedException, TimeoutException {
		for (Mesh mesh : this.meshes.keySet()) {
			mesh.start(this.nodes);
		}
		// Nothing tells when a virtual machine has compiled what little it does at rest
		TimeUnit.NANOSECONDS.sleep(seconds("warm").toNanos());
		for (int round = 0; round < ROUNDS; round++) {
			measure();
		}
	}

	private void measure() throws IOException, InterruptedException {
		Map<Mesh, Double> before = cpuSeconds();
		long begin = System.nanoTime();
		// Idle is what is measured
		TimeUnit.NANOSECONDS.sleep(seconds("idle").toNanos());
		Map<Mesh, Double> after = cpuSeconds();
		double memberSeconds = (System.nanoTime() - begin) / 1e9 * this.nodes;
		this.meshes.forEach((mesh, results) -> {
			double millis = (after.get(mesh) - before.get(mesh)) * 1000 / memberSeconds;
			System.out.printf("%d nodes side by side: %s %.3f CPU ms%n", this.nodes, mesh.engine().id(), millis);
			results.add(this.nodes + " nodes", CPU, millis);
		});
	}

	private Map<Mesh, Double> cpuSeconds() throws IOException {
		Map<Mesh, Double> seconds = new LinkedHashMap<>();
		for (Mesh mesh : this.meshes.keySet()) {
			seconds.put(mesh, ProcFiles.cpuSeconds(mesh.pids()));
		}
		return seconds;
	}

	void save(Path directory) throws IOException {
		for (Map.Entry<Mesh, Results> measured : this.meshes.entrySet()) {
			measured.getValue().save(directory.resolve(file(measured.getKey().engine().id(), this.nodes)));
		}
	}

	@Override
	public void close() {
		this.meshes.keySet().forEach(Mesh::close);
	}

}
