package io.membership.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the figures of one process were in the course of time.
 */
final class Samples {

	private final List<Double> hours = new ArrayList<>();

	private final Map<String, List<Long>> figures = new LinkedHashMap<>();

	/**
	 * Adds all figures of one moment. One that is not named counts as 0.
	 * @param hour when, in hours; later than the last time
	 */
	void add(double hour, Map<String, Long> moment) {
		moment.keySet()
			.forEach((name) -> this.figures.computeIfAbsent(name,
					(key) -> new ArrayList<>(this.hours.stream().map((before) -> 0L).toList())));
		this.figures.forEach((name, values) -> values.add(moment.getOrDefault(name, 0L)));
		this.hours.add(hour);
	}

	Set<String> names() {
		return this.figures.keySet();
	}

	private int size() {
		return this.hours.size();
	}

	/** Returns the trend of a figure, in units per hour. */
	Trend trend(String name) {
		return Trend.of(this.hours.stream().mapToDouble(Double::doubleValue).toArray(), values(name));
	}

	/** Returns the median of the first tenth of the time. */
	double begin(String name) {
		return median(Arrays.copyOfRange(values(name), 0, tenth()));
	}

	/** Returns the median of the last tenth of the time. */
	double end(String name) {
		return median(Arrays.copyOfRange(values(name), size() - tenth(), size()));
	}

	/** Returns all figures with a prefix that are not the same at the end. */
	String changes(String prefix) {
		return names().stream()
			.filter((name) -> name.startsWith(prefix) && begin(name) != end(name))
			.map((name) -> name.substring(prefix.length()) + " " + begin(name) + " to " + end(name))
			.collect(Collectors.joining(", "));
	}

	double median(String name) {
		return median(values(name));
	}

	double max(String name) {
		return Arrays.stream(values(name)).max().orElseThrow();
	}

	private int tenth() {
		return Math.max(1, size() / 10);
	}

	private double[] values(String name) {
		return this.figures.getOrDefault(name, List.of()).stream().mapToDouble(Long::doubleValue).toArray();
	}

	/** Returns the value in the middle, or between the two in the middle. */
	static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}

}
