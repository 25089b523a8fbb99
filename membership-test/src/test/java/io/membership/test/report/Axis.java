package io.membership.test.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a plot: its range, and where its ticks are.
 *
 * @param from where it begins
 * @param to where it ends
 * @param logarithmic whether equal distances are equal ratios
 */
record Axis(double from, double to, boolean logarithmic) {

	private static final int MOST_STEPS = 8;

	/** Two decades get more than two ticks. */
	private static final double FEW_DECADES = 2.5;

	/** Returns an axis that begins at 0 and has room for a value. */
	static Axis linear(double largest) {
		double to = (largest > 0) ? largest : 1;
		double step = step(to);
		return new Axis(0, Math.ceil(to / step) * step, false);
	}

	/** Returns an axis of whole decades. */
	static Axis logarithmic(double smallest, double largest) {
		double from = Math.pow(10, Math.floor(Math.log10(smallest) + 1e-9));
		double to = Math.pow(10, Math.ceil(Math.log10(largest) - 1e-9));
		return new Axis(from, (to > from) ? to : from * 10, true);
	}

	/** Returns where a value is, from 0 to 1; what is below the range is at its edge. */
	double position(double value) {
		if (this.logarithmic) {
			return Math.log10(Math.max(value, this.from) / this.from) / Math.log10(this.to / this.from);
		}
		return (value - this.from) / (this.to - this.from);
	}

	List<Double> ticks() {
		List<Double> ticks = new ArrayList<>();
		if (this.logarithmic) {
			double[] inDecade = (Math.log10(this.to / this.from) < FEW_DECADES) ? new double[] { 1, 2, 5 }
					: new double[] { 1 };
			for (double decade = this.from; decade < this.to * 1.001; decade *= 10) {
				for (double factor : inDecade) {
					if (decade * factor < this.to * 1.001) {
						ticks.add(decade * factor);
					}
				}
			}
			return ticks;
		}
		double step = step(this.to);
		for (int i = 0; i * step < this.to + step / 2; i++) {
			ticks.add(i * step);
		}
		return ticks;
	}

	/** Returns a step of 1, 2 or 5 times a power of ten. */
	private static double step(double range) {
		double step = Math.pow(10, Math.floor(Math.log10(range / MOST_STEPS)));
		for (double factor : new double[] { 1, 2, 5, 10 }) {
			if (range / (step * factor) <= MOST_STEPS) {
				return step * factor;
			}
		}
		throw new IllegalArgumentException("No step for " + range);
	}

	/** Returns a tick's label without needless zeros. */
	static String label(double tick) {
		if (tick != 0 && (Math.abs(tick) < 0.001 || Math.abs(tick) >= 1e6)) {
			return String.format(Locale.ROOT, "%.0e", tick);
		}
		String text = String.format(Locale.ROOT, "%.3f", tick);
		return text.replaceFirst("\\.?0+$", "");
	}

}
