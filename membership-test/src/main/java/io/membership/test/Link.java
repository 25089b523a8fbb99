package io.membership.test;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What happens to datagrams from one member to another. Probabilities are from 0 to 1 and
 * independent of each other. Immutable.
 *
 * @param latency how long datagrams are under way
 * @param loss the probability that a datagram is lost
 * @param duplication the probability that a datagram arrives twice
 * @param reordering the probability that a datagram is held up, so that later ones
 * overtake it
 * @param holdUp how long a datagram is held up then
 * @param corruption the probability that one to three bits of a datagram are flipped
 * @param mtu the largest IP packet in bytes; larger ones, with their 28 bytes of IP and
 * UDP header, are lost
 */
public record Link(Latency latency, double loss, double duplication, double reordering, Duration holdUp,
		double corruption, int mtu) {

	/** Bytes of an IPv4 and a UDP header. */
	public static final int HEADERS = 28;

	/** A flawless local network: 0.2 to 0.5 ms, Ethernet frames. */
	public static final Link LAN = new Link(Latency.uniform(Duration.ofNanos(200_000), Duration.ofNanos(500_000)), 0, 0,
			0, Duration.ofMillis(50), 0, 1500);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if a probability is not from 0 to 1
	 */
	public Link {
		probability("loss", loss);
		probability("duplication", duplication);
		probability("reordering", reordering);
		probability("corruption", corruption);
	}

	private static void probability(String name, double value) {
		if (!(value >= 0 && value <= 1)) {
			throw new IllegalArgumentException(name + " is " + value + ": use a probability from 0 to 1");
		}
	}

	/**
	 * Returns this link with another latency.
	 * @param latency the latency
	 * @return the changed link
	 */
	public Link withLatency(Latency latency) {
		return new Link(latency, this.loss, this.duplication, this.reordering, this.holdUp, this.corruption, this.mtu);
	}

	/**
	 * Returns this link with another loss.
	 * @param loss the probability that a datagram is lost
	 * @return the changed link
	 */
	public Link withLoss(double loss) {
		return new Link(this.latency, loss, this.duplication, this.reordering, this.holdUp, this.corruption, this.mtu);
	}

	/**
	 * Returns this link with another duplication.
	 * @param duplication the probability that a datagram arrives twice
	 * @return the changed link
	 */
	public Link withDuplication(double duplication) {
		return new Link(this.latency, this.loss, duplication, this.reordering, this.holdUp, this.corruption, this.mtu);
	}

	/**
	 * Returns this link with another reordering.
	 * @param reordering the probability that a datagram is held up
	 * @param holdUp how long
	 * @return the changed link
	 */
	public Link withReordering(double reordering, Duration holdUp) {
		return new Link(this.latency, this.loss, this.duplication, reordering, holdUp, this.corruption, this.mtu);
	}

	/**
	 * Returns this link with another corruption.
	 * @param corruption the probability that bits of a datagram are flipped
	 * @return the changed link
	 */
	public Link withCorruption(double corruption) {
		return new Link(this.latency, this.loss, this.duplication, this.reordering, this.holdUp, corruption, this.mtu);
	}

	/**
	 * Returns this link with another maximum transmission unit.
	 * @param mtu the largest IP packet in bytes
	 * @return the changed link
	 */
	public Link withMtu(int mtu) {
		return new Link(this.latency, this.loss, this.duplication, this.reordering, this.holdUp, this.corruption, mtu);
	}

	/** Draws how long one datagram is under way. */
	long way(RandomGenerator random) {
		long way = Math.max(0, this.latency.draw(random));
		return strikes(this.reordering, random) ? way + this.holdUp.toNanos() : way;
	}

	/** Draws whether something of this probability happens. */
	static boolean strikes(double probability, RandomGenerator random) {
		return probability > 0 && random.nextDouble() < probability;
	}

}
