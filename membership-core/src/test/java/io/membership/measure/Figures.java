package io.membership.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Durations by name, and their table.
 */
final class Figures {

	private final Map<String, List<Long>> micros = new LinkedHashMap<>();

	private final Map<String, Double> goals = new LinkedHashMap<>();

	void add(String name, long durationMicros) {
		this.micros.computeIfAbsent(name, (key) -> new ArrayList<>()).add(durationMicros);
	}

	/** Sets what the median of a figure should not exceed. */
	void goal(String name, double seconds) {
		this.goals.put(name, seconds);
	}

	/** Returns the duration in the middle, or the lower one of two. */
	static double medianSeconds(List<Long> micros) {
		return micros.stream().sorted().toList().get((micros.size() - 1) / 2) / 1e6;
	}

	@Override
	public String toString() {
		StringBuilder table = new StringBuilder("| seconds | n | min | median | max | goal (median) | |\n");
		table.append("|---|---|---|---|---|---|---|\n");
		this.micros.forEach((name, values) -> {
			Double goal = this.goals.get(name);
			double median = medianSeconds(values);
			String verdict = (goal == null) ? "" : (median <= goal) ? "met" : "missed";
			table.append(String.format(Locale.ROOT, "| %s | %d | %.2f | %.2f | %.2f | %s | %s |%n", name, values.size(),
					values.stream().mapToLong(Long::longValue).min().orElseThrow() / 1e6, median,
					values.stream().mapToLong(Long::longValue).max().orElseThrow() / 1e6,
					(goal != null) ? goal.toString() : "", verdict));
		});
		return table.toString();
	}

}
