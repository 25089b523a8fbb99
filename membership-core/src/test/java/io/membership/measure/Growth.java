package io.membership.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Whether processes occupy more and more. One does if it is certain that a figure of it
 * rises, and if a day of this would add more than some share of it.
 */
final class Growth {

	private static final int HOURS = 24;

	private final Collection<Samples> processes;

	private final double share;

	/**
	 * Creates a judgement.
	 * @param processes the figures of each process
	 * @param share the part of itself that a figure may add in a day
	 */
	Growth(Collection<Samples> processes, double share) {
		this.processes = processes;
		this.share = share;
	}

	/** Returns what must not grow, and does in any of the processes. */
	List<Figure> found() {
		return Arrays.stream(Figure.values())
			.filter(Figure::isJudged)
			.filter((figure) -> this.processes.stream().anyMatch((process) -> grows(process, figure.key())))
			.toList();
	}

	private boolean grows(Samples process, String name) {
		Trend trend = process.trend(name);
		return trend.isUp() && trend.slope() * HOURS > this.share * process.median(name);
	}

	/** Returns the names of other figures that grow in any of the processes. */
	List<String> foundBelow(String prefix) {
		return this.processes.stream()
			.flatMap((process) -> process.names()
				.stream()
				.filter((name) -> name.startsWith(prefix) && grows(process, name)))
			.distinct()
			.sorted()
			.toList();
	}

	/** Returns a table with a line for each figure. */
	@Override
	public String toString() {
		StringBuilder table = new StringBuilder(
				"| | at the beginning | at the end | change in an hour | with 99.9 % certainty | grows |\n");
		table.append("|---|---|---|---|---|---|\n");
		Stream.of(Figure.values()).map(this::row).forEach(table::append);
		return table.toString();
	}

	/** Returns the range over all processes, and the trend of the one that rises most. */
	private String row(Figure figure) {
		String name = figure.key();
		Trend worst = this.processes.stream()
			.map((process) -> process.trend(name))
			.max(Comparator.comparingDouble(Trend::slope))
			.orElseThrow();
		return "| "
				+ String.join(" | ", figure.title(), range(figure, (process) -> process.begin(name)),
						range(figure, (process) -> process.end(name)), figure.formatChange(worst.slope()),
						figure.formatChange(worst.low()) + " to " + figure.formatChange(worst.high()), verdict(figure))
				+ " |\n";
	}

	private String verdict(Figure figure) {
		if (!figure.isJudged()) {
			return "not judged";
		}
		return found().contains(figure) ? "**yes**" : "no";
	}

	private String range(Figure figure, ToDoubleFunction<Samples> value) {
		DoubleSummaryStatistics all = this.processes.stream().mapToDouble(value).summaryStatistics();
		String least = figure.format(all.getMin());
		String most = figure.format(all.getMax());
		return least.equals(most) ? least : least + " to " + most;
	}

}
