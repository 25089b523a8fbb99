package io.membership.test.report;

import java.util.Collection;

/**
 * Figures of one kind, in order. What did not happen in time is infinite, and so counts
 * as later than everything that did. Immutable.
 */
public final class Sample {

	private final double[] sorted;

	private Sample(double[] sorted) {
		this.sorted = sorted;
	}

	public static Sample of(Collection<Double> values) {
		return new Sample(values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
	}

	public int size() {
		return this.sorted.length;
	}

	public boolean isEmpty() {
		return this.sorted.length == 0;
	}

	/**
	 * Returns the smallest value that at least so many per cent do not exceed (nearest
	 * rank), or NaN if there are none.
	 */
	public double percentile(double percent) {
		if (isEmpty()) {
			return Double.NaN;
		}
		int rank = (int) Math.ceil(percent / 100 * this.sorted.length);
		return this.sorted[Math.max(rank, 1) - 1];
	}

	public double min() {
		return percentile(0);
	}

	public double median() {
		return percentile(50);
	}

	public double p99() {
		return percentile(99);
	}

	public double max() {
		return percentile(100);
	}

	public double mean() {
		return isEmpty() ? Double.NaN : sum() / this.sorted.length;
	}

	public double sum() {
		double sum = 0;
		for (double value : this.sorted) {
			sum += value;
		}
		return sum;
	}

	/** Returns which share of the values does not exceed a limit. */
	public double shareUpTo(double limit) {
		int count = 0;
		while (count < this.sorted.length && this.sorted[count] <= limit) {
			count++;
		}
		return (double) count / this.sorted.length;
	}

	/** Returns the values, smallest first. */
	public double[] values() {
		return this.sorted.clone();
	}

}
