package io.membership.test;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long datagrams are under way. Each datagram draws for itself, so a spread wider
 * than the time between two datagrams reorders them.
 */
@FunctionalInterface
public interface Latency {

	/**
	 * Draws the time of one datagram.
	 * @param random the only source of randomness to use
	 * @return nanoseconds, 0 or more
	 */
	long draw(RandomGenerator random);

	/**
	 * Returns a latency that is always the same.
	 * @param time the time
	 * @return the latency
	 */
	static Latency fixed(Duration time) {
		long nanos = time.toNanos();
		return (random) -> nanos;
	}

	/**
	 * Returns a latency of equally probable times.
	 * @param shortest the shortest time
	 * @param longest the longest time
	 * @return the latency
	 */
	static Latency uniform(Duration shortest, Duration longest) {
		long from = shortest.toNanos();
		long to = longest.toNanos();
		if (to < from) {
			throw new IllegalArgumentException("The longest time " + longest + " is below the shortest " + shortest);
		}
		return (random) -> random.nextLong(from, to + 1);
	}

	/**
	 * Returns a latency with a long tail, as wide area networks have (log-normal).
	 * @param median half of the datagrams are faster
	 * @param percentile99 one in a hundred is slower
	 * @return the latency
	 */
	static Latency longTailed(Duration median, Duration percentile99) {
		double mu = Math.log((double) median.toNanos());
		double sigma = (Math.log((double) percentile99.toNanos()) - mu) / 2.326_347_874;
		if (!(sigma >= 0)) {
			throw new IllegalArgumentException(
					"The 99th percentile " + percentile99 + " is below the median " + median);
		}
		return (random) -> (long) Math.exp(mu + sigma * random.nextGaussian());
	}

}
