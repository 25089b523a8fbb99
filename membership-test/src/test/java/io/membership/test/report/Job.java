package io.membership.test.report;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * One simulation, independent of all others.
 *
 * @param group the conditions under which it measures
 * @param seed what determines it
 * @param body measures
 */
record Job(String group, long seed, Body body) {

	/** Runs it. An error is a result, too: others are worth running all the same. */
	Results run() {
		Results results = new Results();
		ThreadMXBean thread = ManagementFactory.getThreadMXBean();
		long begin = System.nanoTime();
		long processorAtBegin = thread.getCurrentThreadCpuTime();
		try {
			this.body.measure(this.seed, (metric, value) -> results.add(this.group, metric, value));
		}
		catch (RuntimeException | AssertionError ex) {
			results.addFailure(this.group + " with seed " + this.seed + ": " + ex.getMessage());
		}
		results.addTime((System.nanoTime() - begin) / 1e9, (thread.getCurrentThreadCpuTime() - processorAtBegin) / 1e9);
		return results;
	}

	/** The simulation itself. */
	@FunctionalInterface
	interface Body {

		void measure(long seed, Recorder recorder);

	}

	/** Takes figures by their kind. */
	@FunctionalInterface
	interface Recorder {

		void add(String metric, double value);

		default void count(String metric, long value) {
			add(metric, (double) value);
		}

	}

}
