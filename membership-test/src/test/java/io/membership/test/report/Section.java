package io.membership.test.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A part of the report in Markdown, with its plots and its goals.
 */
public final class Section {

	/** Where plots are, seen from the report. */
	static final String IMAGES = "images/simulation";

	private final String images;

	private final StringBuilder text = new StringBuilder();

	private final Map<String, LinePlot> plots = new LinkedHashMap<>();

	private final List<Goal> goals = new ArrayList<>();

	/** Begins a part of the report on the simulation. */
	Section() {
		this(IMAGES);
	}

	/**
	 * Begins a part of a report.
	 * @param images where its plots are, seen from the report
	 */
	public Section(String images) {
		this.images = images;
	}

	public Section heading(int level, String heading) {
		return paragraph("#".repeat(level) + " " + heading);
	}

	public Section paragraph(String paragraph) {
		this.text.append(paragraph.strip()).append("\n\n");
		return this;
	}

	public Section table(List<String> header, List<List<String>> rows) {
		line(header);
		line(header.stream().map((column) -> "---").toList());
		rows.forEach(this::line);
		this.text.append('\n');
		return this;
	}

	private void line(List<String> cells) {
		this.text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
	}

	public Section plot(String name, LinePlot plot) {
		this.plots.put(name, plot);
		return paragraph("![" + plot.title() + "](" + this.images + "/" + name + ".svg)");
	}

	/** Shows goals, and remembers them for the summary. */
	public Section goals(Goal... reached) {
		this.goals.addAll(Arrays.asList(reached));
		return table(List.of("goal", "measured", ""),
				Arrays.stream(reached).map((goal) -> List.of(goal.what(), goal.measured(), goal.verdict())).toList());
	}

	public List<Goal> goals() {
		return this.goals;
	}

	public Map<String, LinePlot> plots() {
		return this.plots;
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
