package io.membership.measure;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How fast a figure rises: the median of the slopes between all pairs of its values
 * (Theil 1950), with a confidence interval that follows from Kendall's rank correlation
 * (Sen 1968). It assumes no distribution, and single outliers do not move it.
 *
 * @param slope by how much the figure rises in one unit of time
 * @param low the lower limit of the slope, infinite if there are too few values
 * @param high the upper limit
 */
record Trend(double slope, double low, double high) {

	/** Of a normal distribution, 99.9 % are within so many standard deviations. */
	private static final double DEVIATIONS = 3.29;

	/**
	 * Returns the trend of values, with limits that hold in 99.9 % of all cases as long
	 * as the values do not depend on each other.
	 * @param times when the values were taken, all of them different
	 * @param values as many as there are times, at least two
	 */
	static Trend of(double[] times, double[] values) {
		if (times.length != values.length || times.length < 2) {
			throw new IllegalArgumentException(times.length + " times and " + values.length + " values have no trend");
		}
		double[] slopes = slopes(times, values);
		double margin = DEVIATIONS * Math.sqrt(variance(values));
		int low = (int) Math.floor((slopes.length - margin) / 2) - 1;
		int high = (int) Math.ceil((slopes.length + margin) / 2);
		return new Trend(Samples.median(slopes), (low >= 0) ? slopes[low] : Double.NEGATIVE_INFINITY,
				(high < slopes.length) ? slopes[high] : Double.POSITIVE_INFINITY);
	}

	private static double[] slopes(double[] times, double[] values) {
		int count = times.length;
		double[] slopes = new double[count * (count - 1) / 2];
		int at = 0;
		for (int i = 0; i < count; i++) {
			for (int j = i + 1; j < count; j++) {
				slopes[at] = (values[j] - values[i]) / (times[j] - times[i]);
				at++;
			}
		}
		Arrays.sort(slopes);
		return slopes;
	}

	/**
	 * Returns the variance of Kendall's score, which is smaller where values are equal.
	 */
	private static double variance(double[] values) {
		Map<Double, Integer> ties = new HashMap<>();
		for (double value : values) {
			ties.merge(value, 1, Integer::sum);
		}
		return term(values.length) - ties.values().stream().mapToDouble(Trend::term).sum();
	}

	private static double term(int count) {
		return count * (count - 1.0) * (2 * count + 5) / 18;
	}

	/** Whether it is certain that the figure rises. */
	boolean isUp() {
		return this.low > 0;
	}

}
