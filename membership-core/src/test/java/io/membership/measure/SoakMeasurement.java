package io.membership.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.membership.MemberUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Lets nodes be killed, stopped, moved and started again at random for long, and watches
 * what the processes occupy that live all the time: it fails if they occupy more and more
 * or if the members do not agree at the end. Not a test: run it with
 *
 * <pre>
 * mvn -B -ntp verify -pl membership-core -Dtest=SoakMeasurement -Dmembership.soak="minutes=70"
 * </pre>
 *
 * Of these words each may be left out: {@code minutes=70} in all, {@code warm-up=10} of
 * them that are not judged, {@code sample=60} seconds from one sample to the next,
 * {@code watched=6} processes with two nodes, {@code churned=18} processes with one node,
 * {@code pause=5} seconds from one trouble to the next, {@code growth=10} percent of
 * itself that a figure may add in a day, {@code strangers=on} or {@code off},
 * {@code seed=} of what is random.
 */
final class SoakMeasurement {

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private final Map<String, String> words = new HashMap<>(
			Map.of("minutes", "70", "warm-up", "10", "sample", "60", "watched", "6", "churned", "18", "pause", "5",
					"growth", "10", "strangers", "on", "seed", String.valueOf(System.nanoTime() % 1_000_000)));

	private final Map<SoakNodes, Samples> samples = new LinkedHashMap<>();

	private final List<SoakNodes> processes = new ArrayList<>();

	private final List<MemberUri> seeds = new ArrayList<>();

	@Test
	@EnabledIfSystemProperty(named = "membership.soak", matches = ".*")
	void measure() throws Exception {
		main(System.getProperty("membership.soak").split(" ", -1));
	}

	/**
	 * Measures and prints.
	 * @param arguments words as described above
	 */
	public static void main(String[] arguments) throws Exception {
		SoakMeasurement measurement = new SoakMeasurement();
		Arrays.stream(arguments).filter((word) -> word.contains("=")).forEach(measurement::set);
		measurement.run();
	}

	private void set(String word) {
		String[] parts = word.split("=", 2);
		if (this.words.replace(parts[0], parts[1]) == null) {
			throw new IllegalArgumentException("'" + parts[0] + "' is none of " + this.words.keySet());
		}
	}

	private String word(String name) {
		return this.words.getOrDefault(name, "");
	}

	private int number(String name) {
		return Integer.parseInt(word(name));
	}

	private void run() throws Exception {
		System.out.println(this.words + ", " + Runtime.getRuntime().availableProcessors() + " processors, Java "
				+ Runtime.version());
		Path directory = Files.createTempDirectory("membership-soak");
		try {
			startAll(directory);
			if (word("strangers").equals("on")) {
				Strangers.greet(this.seeds, SoakNodeProcess.ENCRYPTION);
			}
			churn();
			awaitAgreement();
			judge();
		}
		finally {
			this.processes.forEach(SoakNodes::close);
			delete(directory);
		}
	}

	private void startAll(Path directory) throws IOException, InterruptedException {
		for (int i = 0; i < number("watched") + number("churned"); i++) {
			boolean watched = i < number("watched");
			SoakNodes process = new SoakNodes(watched ? 1 : 0,
					(i % 2 == 0) ? directory.resolve("node-" + i).toString() : SoakNodeProcess.NO_SNAPSHOT,
					List.copyOf(this.seeds));
			this.processes.add(process);
			process.startAnywhere();
			if (watched) {
				this.samples.put(process, new Samples());
				this.seeds.addAll(process.staying());
			}
		}
	}

	private void churn() throws Exception {
		Agenda agenda = new Agenda();
		Churn churn = new Churn(agenda, new Random(number("seed")), Duration.ofSeconds(number("pause")),
				this.processes);
		churn.next();
		agenda.every(Duration.ofSeconds(number("sample")), () -> sample(agenda.elapsed(), churn));
		agenda.runUntil(Duration.ofMinutes(number("minutes")));
		churn.end();
		System.out.println("the end: " + churn);
	}

	private void sample(Duration elapsed, Churn churn) throws IOException, InterruptedException {
		System.out.println(elapsed.toSeconds() + " s: " + churn);
		for (Map.Entry<SoakNodes, Samples> watched : this.samples.entrySet()) {
			Map<String, Long> figures = watched.getKey().sample();
			Map<String, Long> shown = new LinkedHashMap<>(figures);
			shown.keySet().removeIf((name) -> name.startsWith(Resources.OBJECTS_OF));
			System.out.println("  " + shown);
			if (elapsed.compareTo(Duration.ofMinutes(number("warm-up"))) >= 0) {
				watched.getValue().add(elapsed.toMillis() / 3.6e6, figures);
			}
		}
	}

	/** Waits until all see all alive, and nobody remembers anybody else. */
	private void awaitAgreement() throws IOException, InterruptedException {
		long begin = System.nanoTime();
		Views views = views();
		while (!views.isAgreed(2 * number("watched") + number("churned"))) {
			if (System.nanoTime() - begin > PATIENCE.toNanos()) {
				throw new AssertionError("The members do not agree after " + PATIENCE + ":\n" + views.details());
			}
			System.out.println(views);
			TimeUnit.SECONDS.sleep(5);
			views = views();
		}
		System.out.println(
				"agreed after " + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s: " + views.details());
	}

	private Views views() throws IOException, InterruptedException {
		Map<MemberUri, String> views = new LinkedHashMap<>();
		for (SoakNodes process : this.processes) {
			views.putAll(process.views());
		}
		return new Views(views);
	}

	private void judge() {
		Growth growth = new Growth(this.samples.values(), number("growth") / 100.0);
		System.out.println("\n" + growth);
		System.out
			.println("classes of which there are more and more objects: " + growth.foundBelow(Resources.OBJECTS_OF));
		this.samples.values().forEach((process) -> System.out.println(process.changes(Resources.OBJECTS_OF)));
		List<String> errors = new ArrayList<>();
		this.samples.values()
			.forEach((process) -> Stream.of("failures", "duplicates")
				.filter((name) -> process.max(name) > 0)
				.forEach(errors::add));
		if (!growth.found().isEmpty() || !errors.isEmpty()) {
			throw new AssertionError("What grows: " + growth.found() + ", errors: " + errors);
		}
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
				Files.delete(file);
			}
		}
	}

}
