package io.membership.test.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an experiment measured: figures of some kind, each of one group of equal
 * conditions, and how long that took. Kept as a file, so that experiments can run one by
 * one.
 */
public final class Results {

	private static final String TIME = "#time";

	private static final String FAILURE = "#failure";

	private static final String COMMAND = "#command";

	private final List<Row> rows = new ArrayList<>();

	private final Map<String, List<Double>> byKind = new LinkedHashMap<>();

	private final List<String> failures = new ArrayList<>();

	private final Set<String> commands = new LinkedHashSet<>();

	private double wallSeconds;

	private double processorSeconds;

	public void add(String group, String metric, double value) {
		Row row = new Row(group, metric, value);
		this.rows.add(row);
		this.byKind.computeIfAbsent(row.kind(), (kind) -> new ArrayList<>()).add(value);
	}

	public void addFailure(String what) {
		this.failures.add(what.replaceAll("\\s+", " ").strip());
	}

	/** Adds what somebody who wants to measure it again has to say. */
	public void addCommand(String command) {
		this.commands.add(command);
	}

	public void addTime(double wall, double processor) {
		this.wallSeconds += wall;
		this.processorSeconds += processor;
	}

	/** Returns all figures of one kind, empty if nothing was measured. */
	public Sample sample(String group, String metric) {
		return Sample.of(this.byKind.getOrDefault(new Row(group, metric, 0).kind(), List.of()));
	}

	/** Returns all figures of one kind from several groups. */
	public Sample sample(List<String> groups, String metric) {
		return Sample.of(groups.stream()
			.flatMap((group) -> this.byKind.getOrDefault(new Row(group, metric, 0).kind(), List.of()).stream())
			.toList());
	}

	/** Returns the kinds of figures in one group, in the order in which they came. */
	public List<String> metrics(String group) {
		return this.rows.stream().filter((row) -> row.group.equals(group)).map(Row::metric).distinct().toList();
	}

	/** Returns all groups of equal conditions, in the order in which they came. */
	public List<String> groups() {
		return this.rows.stream().map(Row::group).distinct().toList();
	}

	public boolean isEmpty() {
		return this.rows.isEmpty();
	}

	/** Returns what went wrong. */
	public List<String> failures() {
		return this.failures;
	}

	/** Returns what made these results. */
	public Set<String> commands() {
		return this.commands;
	}

	/** Returns the wall time of all jobs, as if they had run one after the other. */
	public double wallSeconds() {
		return this.wallSeconds;
	}

	public double processorSeconds() {
		return this.processorSeconds;
	}

	public void addAll(Results others) {
		others.rows.forEach((row) -> add(row.group, row.metric, row.value));
		this.failures.addAll(others.failures);
		this.commands.addAll(others.commands);
		addTime(others.wallSeconds, others.processorSeconds);
	}

	public void save(Path file) throws IOException {
		Files.createDirectories(file.toAbsolutePath().getParent());
		Stream<String> time = Stream.of(TIME + "\t" + this.wallSeconds + "\t" + this.processorSeconds);
		Stream<String> made = this.commands.stream().map((command) -> COMMAND + "\t" + command);
		Stream<String> failed = this.failures.stream().map((failure) -> FAILURE + "\t" + failure);
		Stream<String> figures = this.rows.stream().map((row) -> row.group + "\t" + row.metric + "\t" + row.value);
		Files.write(file, Stream.of(time, made, failed, figures).flatMap((lines) -> lines).toList());
	}

	public static Results load(Path file) throws IOException {
		Results results = new Results();
		if (Files.exists(file)) {
			for (String line : Files.readAllLines(file)) {
				String[] fields = line.split("\t", 3);
				switch (fields[0]) {
					case TIME -> results.addTime(Double.parseDouble(fields[1]), Double.parseDouble(fields[2]));
					case COMMAND -> results.addCommand(fields[1]);
					case FAILURE -> results.addFailure(fields[1]);
					default -> results.add(fields[0], fields[1], Double.parseDouble(fields[2]));
				}
			}
		}
		return results;
	}

	private record Row(String group, String metric, double value) {

		String kind() {
			return this.group + "\t" + this.metric;
		}

	}

}
