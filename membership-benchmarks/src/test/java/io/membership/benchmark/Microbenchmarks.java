package io.membership.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.membership.process.Words;
import io.membership.test.report.Numbers;
import io.membership.test.report.Results;
import io.membership.test.report.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks of single operations with JMH, and prints a table with the floor
 * beside each: what must be done in any case, be it a copy of the bytes or the cipher of
 * the JDK. Not a test: run it with
 *
 * <pre>
 * mvn -B -ntp verify -Pbenchmarks -pl membership-core,membership-test,membership-benchmarks \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dtest=Microbenchmarks -Dmembership.micro="forks=2"
 * </pre>
 *
 * Of these words each may be left out: {@code include=.*}, a regular expression of names;
 * {@code forks=2}, {@code warmups=5}, {@code iterations=5}, {@code seconds=1} for each of
 * both.
 */
public final class Microbenchmarks {

	static final String FILE = "micro.tsv";

	private static final Path RESULTS = Path.of("target", "benchmarks", FILE);

	static final String NANOS = "ns";

	static final String ALLOCATED = "bytes allocated";

	private static final String FLOOR = "floorOf";

	@Test
	@EnabledIfSystemProperty(named = "membership.micro", matches = ".*")
	void measure() throws RunnerException, IOException {
		Words words = new Words(
				Map.of("include", ".*", "forks", "2", "warmups", "5", "iterations", "5", "seconds", "1"))
			.read(System.getProperty("membership.micro").split(" ", -1));
		Results results = run(words);
		results.save(RESULTS);
		System.out.println(write(results));
	}

	private static Results run(Words words) throws RunnerException {
		TimeValue time = TimeValue.seconds(words.number("seconds"));
		ChainedOptionsBuilder options = new OptionsBuilder().include(words.text("include"))
			.forks(words.number("forks"))
			.warmupIterations(words.number("warmups"))
			.warmupTime(time)
			.measurementIterations(words.number("iterations"))
			.measurementTime(time)
			.jvmArgs("-Xmx1g")
			.addProfiler(GCProfiler.class);
		Results results = new Results();
		for (RunResult run : new Runner(options.build()).run()) {
			String name = nameOf(run);
			results.add(name, NANOS, run.getPrimaryResult().getScore());
			run.getSecondaryResults().forEach((key, result) -> {
				if (key.contains("gc.alloc.rate.norm")) {
					results.add(name, ALLOCATED, result.getScore());
				}
			});
		}
		return results;
	}

	/** Returns the method, and the values of parameters, by which it is known. */
	private static String nameOf(RunResult run) {
		String benchmark = run.getParams().getBenchmark();
		Collection<String> keys = run.getParams().getParamsKeys();
		String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
		return keys.isEmpty() ? method
				: keys.stream()
					.map((key) -> run.getParams().getParam(key))
					.collect(Collectors.joining(",", method + " ", ""));
	}

	/** Returns the table, empty if nothing was measured. */
	static Section write(Results results) {
		Section section = new Section("");
		Map<String, String> names = new LinkedHashMap<>();
		List<String> groups = results.groups();
		groups.stream().filter((name) -> !name.startsWith(FLOOR)).forEach((name) -> names.put(name, floorOf(name)));
		List<List<String>> rows = new ArrayList<>();
		new TreeMap<>(names).forEach((name, floor) -> rows.add(List.of(words(name), number(results, name, NANOS),
				number(results, floor, NANOS), number(results, name, ALLOCATED), number(results, floor, ALLOCATED))));
		return rows.isEmpty() ? section
				: section.table(List.of("operation", "ns", "floor, ns", "bytes allocated", "floor, bytes"), rows);
	}

	private static String floorOf(String name) {
		return FLOOR + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
	}

	private static String number(Results results, String name, String metric) {
		return Numbers.fixed(results.sample(name, metric).median(), 0);
	}

	/** Returns a name in small words, as people write it. */
	private static String words(String name) {
		String[] parts = name.split(" ", 2);
		String text = parts[0].replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
		return (parts.length > 1) ? text + ", " + parts[1] : text;
	}

}
