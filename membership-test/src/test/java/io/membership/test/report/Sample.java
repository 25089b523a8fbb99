package io.membership.test.report;

import java.util.Collection;

/**
 * Figures of one kind, in order. What did not happen in time is infinite, and so counts
 * as later than everything that did. Immutable.
 */
final class Sample {

	private final double[] sorted;

	private Sample(double[] sorted) {
		this.sorted = sorted;
	}

	static Sample of(Collection<Double> values) {
		return new Sample(values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
	}

	int size() {
		return this.sorted.length;
	}

	boolean isEmpty() {
		return this.sorted.length == 0;
	}

	/**
	 * Returns the smallest value that at least so many per cent do not exceed (nearest
	 * rank), or NaN if there are none.
	 */
	double percentile(double percent) {
		if (isEmpty()) {
			return Double.NaN;
		}
		int rank = (int) Math.ceil(percent / 100 * this.sorted.length);
		return this.sorted[Math.max(rank, 1) - 1];
	}

	double min() {
		return percentile(0);
	}

	double median() {
		return percentile(50);
	}

	double p99() {
		return percentile(99);
	}

	double max() {
		return percentile(100);
	}

	double mean() {
		return isEmpty() ? Double.NaN : sum() / this.sorted.length;
	}

	double sum() {
		double sum = 0;
		for (double value : this.sorted) {
			sum += value;
		}
		return sum;
	}

	/** Returns which share of the values does not exceed a limit. */
	double shareUpTo(double limit) {
		int count = 0;
		while (count < this.sorted.length && this.sorted[count] <= limit) {
			count++;
		}
		return (double) count / this.sorted.length;
	}

	/** Returns the values, smallest first. */
	double[] values() {
		return this.sorted.clone();
	}

}
