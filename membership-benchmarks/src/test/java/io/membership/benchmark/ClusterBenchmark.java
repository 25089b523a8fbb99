package io.membership.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.membership.benchmark.engine.Engine;
import io.membership.benchmark.engine.Engines;
import io.membership.process.Child;
import io.membership.process.JavaCommand;
import io.membership.process.Words;
import io.membership.test.report.Results;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs whole meshes of this engine and of others on this machine, one after the other,
 * and writes a report. Not a test: run it with
 *
 * <pre>
 * mvn -B -ntp verify -Pbenchmarks -pl membership-core,membership-test,membership-benchmarks \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dtest=ClusterBenchmark -Dmembership.benchmark=light
 * </pre>
 *
 * {@code light} takes less than five minutes; {@code full} takes some hours. Words after
 * it replace some of its settings:
 * <ul>
 * <li>{@code engines=membership,scalecube}; none to write the report anew from earlier
 * results
 * <li>{@code nodes=20,100}
 * <li>{@code parts=idle,watch,payload,leave,kill,stop,starve,tenth,beside,remote}:
 * {@code watch} counts false positives of {@code membership} with 1,000 nodes for
 * {@code watch=600} seconds; {@code beside} measures the processor time of
 * {@code membership}, {@code memberlist} and {@code scalecube} at rest at the same time,
 * {@code beside=5,20,50,100} nodes of each, {@code warm=300} seconds after they started;
 * {@code remote} tells what one node of it takes in a mesh of {@code members=9999}
 * others, and of a processor in {@code quiet=60} seconds
 * <li>{@code repetitions=10}, but fewer of what takes longer than {@code budget=12}
 * seconds in all
 * <li>{@code patience=40} seconds, after which something is said to happen never, and a
 * mesh that does not come together is given up; longer for engines that are slow to
 * <li>{@code settle=30} seconds after the start at the least, {@code idle=30} seconds
 * <li>{@code starve=30} seconds of a mesh of 50 for each {@code quota=20,10,5,3}: the
 * share of one processor that all of its nodes have together, in per cent; then one is
 * killed under the same limit. As root on Linux
 * <li>{@code wait=60} seconds at most, before each mesh, until nine tenths of the time of
 * all processors are idle
 * <li>{@code processes=110} at most; what takes more is left out
 * <li>{@code reference=DIRECTORY} with the Lua library of the same name, to measure it on
 * Tarantool
 * <li>{@code output=DIRECTORY} for the report
 * </ul>
 * As root on Linux it runs in a network namespace of its own, in which nothing else is
 * counted.
 */
public final class ClusterBenchmark {

	private static final Path RESULTS = Path.of("target", "benchmarks");

	private static final Map<String, String> FULL = Map.ofEntries(Map.entry("engines", Engines.ids()),
			Map.entry("nodes", "5,20,50,100,200,500,1000"),
			Map.entry("parts", "idle,watch,payload,leave,kill,stop,starve,tenth,beside,remote"),
			Map.entry("beside", "5,20,50,100"), Map.entry("warm", "300"), Map.entry("repetitions", "10"),
			Map.entry("budget", "12"), Map.entry("patience", "40"), Map.entry("settle", "30"), Map.entry("idle", "30"),
			Map.entry("starve", "30"), Map.entry("quota", "20,10,5,3"), Map.entry("wait", "60"),
			Map.entry("watch", "600"), Map.entry("members", "9999"), Map.entry("quiet", "60"),
			Map.entry("processes", "110"), Map.entry("reference", ""), Map.entry("output", "../docs"));

	private static final List<String> LIGHT = List.of("engines=membership,scalecube,jgroups,hazelcast", "nodes=20",
			"parts=idle,payload,leave,kill", "repetitions=3", "budget=20", "patience=40", "settle=5", "idle=10",
			"output=target/benchmarks");

	private static final List<String> NAMESPACE = List.of("unshare", "--net", "sh", "-c",
			"ip link set lo up && exec \"$0\" \"$@\"");

	private final Words words = new Words(FULL);

	private String command = "";

	private void read(String given) {
		this.command = given;
		String[] settings = given.split(" ", -1);
		if (settings[0].equals("light")) {
			this.words.read(LIGHT.toArray(String[]::new));
		}
		this.words.read(settings);
	}

	@Test
	@EnabledIfSystemProperty(named = "membership.benchmark", matches = ".*")
	void measure() throws Exception {
		JavaCommand java = JavaCommand.of(ClusterBenchmark.class, System.getProperty("membership.benchmark"))
			.with("-Xmx1g");
		JavaCommand own = canHaveNamespace() ? java.behind(NAMESPACE) : java;
		try (Child child = own.start((line) -> System.out.println(line))) {
			child.await();
			assertThat(child.exitValue()).isZero();
		}
	}

	private static boolean canHaveNamespace() throws InterruptedException {
		try {
			return new ProcessBuilder("unshare", "--net", "ip", "link", "set", "lo", "up").start().waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Measures and writes the report.
	 * @param arguments words as described above
	 */
	public static void main(String[] arguments) throws Exception {
		ClusterBenchmark benchmark = new ClusterBenchmark();
		benchmark.read(String.join(" ", arguments));
		System.setProperty(Engines.REFERENCE, benchmark.words.text("reference"));
		Files.createDirectories(RESULTS);
		for (String id : benchmark.words.list("engines")) {
			Engine engine = Engines.of(id);
			if (engine.obstacle() == null) {
				benchmark.run(engine);
			}
		}
		if (benchmark.words.list("parts").contains("beside")) {
			benchmark.runSideBySide();
		}
		if (benchmark.words.list("parts").contains("remote")
				&& benchmark.words.list("engines").contains(Goals.SUBJECT)) {
			benchmark.runRemoteMembers();
		}
		new BenchmarkReport(RESULTS, Explanations.load()).write(Path.of(benchmark.words.text("output")));
		Runtime.getRuntime().halt(0);
	}

	/** The engines that are goals for each other. */
	private void runSideBySide() throws IOException, InterruptedException {
		List<Engine> engines = Stream.of(Goals.SUBJECT, Goals.MEMBERLIST, Goals.SCALECUBE)
			.filter(this.words.list("engines")::contains)
			.map(Engines::of)
			.filter((engine) -> engine.obstacle() == null)
			.toList();
		for (int nodes : this.words.list("beside").stream().map(Integer::valueOf).toList()) {
			awaitQuiet("side by side", nodes);
			try (SideBySide meshes = new SideBySide(engines, nodes, this.words, this::results)) {
				meshes.take();
				meshes.save(RESULTS);
			}
			catch (TimeoutException ex) {
				System.out.println("side by side, " + nodes + " nodes: " + ex.getMessage());
				return;
			}
		}
	}

	private void runRemoteMembers() throws IOException, InterruptedException {
		Results results = new Results();
		try {
			new RemoteMembers(this.words, results).take();
		}
		catch (TimeoutException | IOException ex) {
			results.addFailure(String.valueOf(ex.getMessage()));
		}
		results.save(RESULTS.resolve(RemoteMembers.FILE));
	}

	/** Goes on to larger meshes as long as they come together. */
	private void run(Engine engine) throws IOException, InterruptedException {
		for (String nodes : this.words.list("nodes")) {
			Results results = results();
			long begin = System.nanoTime();
			int processes = Mesh.processes(engine, Integer.parseInt(nodes));
			String failure = (processes <= this.words.number("processes"))
					? attempt(engine, Integer.parseInt(nodes), results) : "it would take " + processes + " processes";
			if (failure != null) {
				System.out.println(engine.id() + " " + nodes + ": " + failure);
				results.addFailure(failure);
			}
			results.addTime((System.nanoTime() - begin) / 1e9, 0);
			System.out.printf("%s: %s nodes took %.0f s%n", engine.id(), nodes, results.wallSeconds());
			results.save(RESULTS.resolve(BenchmarkReport.file(engine.id(), nodes)));
			if (failure != null) {
				return;
			}
		}
	}

	private @Nullable String attempt(Engine engine, int nodes, Results results)
			throws IOException, InterruptedException {
		results.add(nodes + " nodes", Measures.IDLE, awaitQuiet(engine.id(), nodes));
		try (Mesh mesh = new Mesh(engine, Duration.ofSeconds(this.words.number("patience")))) {
			new Measures(mesh, this.words, results, nodes + " nodes").take(nodes);
			return null;
		}
		catch (TimeoutException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	private double awaitQuiet(String what, int nodes) throws IOException, InterruptedException {
		double idle = QuietMachine.await(ProcessHandle.current().descendants().toList(),
				Duration.ofSeconds(this.words.number("wait")));
		System.out.printf("%s: %d nodes start when %.0f %% of the processors are idle%n", what, nodes, idle * 100);
		return idle;
	}

	/** Returns results that tell by which words they came about. */
	private Results results() {
		Results results = new Results();
		// Where somebody keeps files is nobody else's business
		results.addCommand(this.command.replaceAll(" output=\\S*", "").replaceAll("reference=\\S*", "reference=…"));
		return results;
	}

}
