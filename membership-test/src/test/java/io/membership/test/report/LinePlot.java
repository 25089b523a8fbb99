package io.membership.test.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A plot of lines as SVG, on a ground of its own so that it is readable on a light and on
 * a dark page. The same figures give the same text on every machine, which is why it does
 * not ask for the fonts of this one, as chart libraries do. A point of infinite value is
 * left out.
 */
public final class LinePlot {

	private static final int WIDTH = 760;

	private static final int HEIGHT = 380;

	private static final int LEFT = 64;

	private static final int RIGHT = 540;

	private static final int TOP = 44;

	private static final int BOTTOM = 326;

	/** Colors that the color-blind tell apart (Okabe and Ito). */
	private static final List<String> COLORS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00",
			"#000000", "#999999");

	private static final List<String> DASHES = List.of("", "7 4", "2 3", "10 3 2 3", "14 4");

	private final String title;

	private final String xLabel;

	private final String yLabel;

	private final List<Line> lines = new ArrayList<>();

	private boolean logarithmicX;

	private boolean logarithmicY;

	public LinePlot(String title, String xLabel, String yLabel) {
		this.title = title;
		this.xLabel = xLabel;
		this.yLabel = yLabel;
	}

	public LinePlot logarithmicX() {
		this.logarithmicX = true;
		return this;
	}

	public LinePlot logarithmicY() {
		this.logarithmicY = true;
		return this;
	}

	public String title() {
		return this.title;
	}

	public LinePlot line(String name, List<Point> points) {
		List<Point> finite = points.stream().filter((point) -> Double.isFinite(point.y)).toList();
		this.lines.add(new Line(name, finite, finite.size() <= 30));
		return this;
	}

	/** Adds a line through all x at which there are points: add it last. */
	public LinePlot goal(double y) {
		double from = xs().min().orElse(0);
		double to = xs().max().orElse(1);
		this.lines.add(new Line("goal", List.of(new Point(from, y), new Point(to, y)), false));
		return this;
	}

	/** Adds which share of a sample does not exceed each value, up to a value. */
	public LinePlot distribution(String name, Sample sample) {
		List<Point> points = new ArrayList<>();
		double[] values = sample.values();
		for (int percent = 0; percent <= 100 && values.length > 0; percent++) {
			points.add(new Point(sample.percentile(percent), percent));
		}
		return line(name, points);
	}

	private DoubleStream xs() {
		return this.lines.stream().flatMap((line) -> line.points.stream()).mapToDouble(Point::x);
	}

	private DoubleStream ys() {
		return this.lines.stream().flatMap((line) -> line.points.stream()).mapToDouble(Point::y);
	}

	private static Axis axis(DoubleStream values, boolean logarithmic) {
		double[] sorted = values.filter((value) -> !logarithmic || value > 0).sorted().toArray();
		if (sorted.length == 0) {
			return logarithmic ? Axis.logarithmic(0.1, 1) : Axis.linear(1);
		}
		double largest = sorted[sorted.length - 1];
		return logarithmic ? Axis.logarithmic(sorted[0], largest) : Axis.linear(largest);
	}

	public String toSvg() {
		Axis x = axis(xs(), this.logarithmicX);
		Axis y = axis(ys(), this.logarithmicY);
		StringBuilder svg = new StringBuilder();
		svg.append(String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
						+ " font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" font-size=\"12\">%n",
				WIDTH, HEIGHT, WIDTH, HEIGHT));
		svg.append(String.format(Locale.ROOT,
				"<rect width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#ffffff\" stroke=\"#d0d7de\"/>%n", WIDTH, HEIGHT));
		text(svg, LEFT, 26, "font-size=\"15\" font-weight=\"bold\"", this.title);
		text(svg, (LEFT + RIGHT) / 2.0, HEIGHT - 14, "text-anchor=\"middle\"", this.xLabel);
		text(svg, 0, 0, "text-anchor=\"middle\" transform=\"translate(18 " + (TOP + BOTTOM) / 2 + ") rotate(-90)\"",
				this.yLabel);
		for (double tick : x.ticks()) {
			double at = acrossTo(x, tick);
			rule(svg, at, TOP, at, BOTTOM);
			text(svg, at, BOTTOM + 17, "text-anchor=\"middle\"", Axis.label(tick));
		}
		for (double tick : y.ticks()) {
			double at = downTo(y, tick);
			rule(svg, LEFT, at, RIGHT, at);
			text(svg, LEFT - 7, at + 4, "text-anchor=\"end\"", Axis.label(tick));
		}
		for (int i = 0; i < this.lines.size(); i++) {
			draw(svg, this.lines.get(i), i, x, y);
		}
		return svg.append("</svg>\n").toString().replace("\r\n", "\n");
	}

	private static double acrossTo(Axis x, double value) {
		return LEFT + x.position(value) * (RIGHT - LEFT);
	}

	private static double downTo(Axis y, double value) {
		return BOTTOM - y.position(value) * (BOTTOM - TOP);
	}

	private static void draw(StringBuilder svg, Line line, int number, Axis x, Axis y) {
		boolean goal = line.name.equals("goal");
		String color = goal ? "#cf222e" : COLORS.get(number % COLORS.size());
		String dash = goal ? "3 3" : DASHES.get(number % DASHES.size());
		String pen = "fill=\"none\" stroke=\"" + color + "\" stroke-width=\"2\""
				+ (dash.isEmpty() ? "" : " stroke-dasharray=\"" + dash + "\"");
		svg.append("<polyline ").append(pen).append(" points=\"");
		for (Point point : line.points) {
			svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", acrossTo(x, point.x), downTo(y, point.y)));
		}
		svg.append("\"/>\n");
		if (line.marked) {
			for (Point point : line.points) {
				svg.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n",
						acrossTo(x, point.x), downTo(y, point.y), color));
			}
		}
		double legend = TOP + 10 + number * 19.0;
		svg.append(String.format(Locale.ROOT, "<polyline %s points=\"%d,%.1f %d,%.1f\"/>%n", pen, RIGHT + 16, legend,
				RIGHT + 40, legend));
		text(svg, RIGHT + 46, legend + 4, "", line.name);
	}

	private static void rule(StringBuilder svg, double x1, double y1, double x2, double y2) {
		svg.append(String.format(Locale.ROOT,
				"<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#e4e8ec\"/>%n", x1, y1, x2, y2));
	}

	private static void text(StringBuilder svg, double x, double y, String attributes, String text) {
		String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
		svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" fill=\"#24292f\" %s>%s</text>%n", x, y,
				attributes, escaped));
	}

	/** A point of a line. */
	public record Point(double x, double y) {

	}

	private record Line(String name, List<Point> points, boolean marked) {

	}

}
