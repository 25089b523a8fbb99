package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

import io.membership.MemberUri;
import io.membership.MembershipOptions;

import static org.assertj.core.api.Assertions.fail;

/**
 * A network in virtual time, in one thread and without sockets. Everything that happens
 * follows from the seed, which its text shows: put the mesh into the description of an
 * assertion.
 */
final class VirtualMesh {

	private final long seed;

	private final SplittableRandom random;

	private final VirtualTime time = new VirtualTime();

	private final Map<MemberUri, Endpoint> endpoints = new LinkedHashMap<>();

	private final Set<MemberUri> unresolvable = new HashSet<>();

	private final Set<MemberUri> refusing = new HashSet<>();

	private final Map<Link, Double> loss = new HashMap<>();

	private final Map<Route, Endpoint> routes = new HashMap<>();

	private double lossEverywhere;

	private Duration shortestWay = Duration.ofNanos(200_000);

	private Duration longestWay = Duration.ofNanos(200_000);

	private int datagrams;

	private int largestDatagram;

	VirtualMesh(long seed) {
		this.seed = seed;
		this.random = new SplittableRandom(seed);
	}

	/** Returns the URI of a host in this world. */
	static MemberUri uri(int number) {
		return MemberUri.of("m" + number, 3301);
	}

	VirtualTime time() {
		return this.time;
	}

	// Inhabitants

	/** Creates a node that has not begun. */
	VirtualNode node(int number, MembershipOptions options) {
		return add(new VirtualNode(this, uri(number), options, this.random.split()));
	}

	/** Creates a node with default options that has not begun. */
	VirtualNode node(int number) {
		return node(number, MembershipOptions.REFERENCE);
	}

	/**
	 * Creates nodes that greet the first one, each at a random moment of its period.
	 */
	List<VirtualNode> star(int size, MembershipOptions options) {
		List<VirtualNode> nodes = new ArrayList<>();
		for (int i = 1; i <= size; i++) {
			VirtualNode node = node(i, options);
			nodes.add(node);
			long delay = this.random.nextLong(options.protocolPeriod().toNanos());
			this.time.schedule(Duration.ofNanos(delay), () -> {
				node.begin();
				node.protocol().join(List.of(uri(1)), 0);
			});
		}
		return nodes;
	}

	/** Creates somebody whose every word is scripted. */
	FakePeer peer(int number) {
		return add(new FakePeer(this, uri(number)));
	}

	private <T extends Endpoint> T add(T endpoint) {
		this.endpoints.put(endpoint.uri(), endpoint);
		this.refusing.remove(endpoint.uri());
		return endpoint;
	}

	/** Makes an endpoint reachable by another name from now on. */
	void rename(MemberUri before, Endpoint endpoint) {
		this.endpoints.remove(before, endpoint);
		this.endpoints.put(endpoint.uri(), endpoint);
	}

	/** Lets an endpoint be reached by one more name. */
	void alias(MemberUri other, Endpoint endpoint) {
		this.endpoints.put(other, endpoint);
	}

	/** Lets a name mean something else to one endpoint than to the others. */
	void route(Endpoint from, MemberUri name, Endpoint to) {
		this.routes.put(new Route(from, name), to);
	}

	void remove(Endpoint endpoint) {
		this.endpoints.remove(endpoint.uri(), endpoint);
	}

	/**
	 * Removes an endpoint, whose host lives and refuses datagrams until somebody else
	 * gets the URI; who is only removed is gone with the host, and silent.
	 */
	void refuse(Endpoint endpoint) {
		remove(endpoint);
		this.refusing.add(endpoint.uri());
	}

	// Weather

	/** Sets how long a datagram is under way. */
	void setLatency(Duration shortest, Duration longest) {
		this.shortestWay = shortest;
		this.longestWay = longest;
	}

	/** Loses datagrams from one to another with a probability, 1 to cut the link. */
	void setLoss(MemberUri from, MemberUri to, double probability) {
		this.loss.put(new Link(from, to), probability);
	}

	/** Loses all datagrams between two. */
	void cut(MemberUri one, MemberUri other) {
		setLoss(one, other, 1);
		setLoss(other, one, 1);
	}

	/** Ends all losses between two. */
	void heal(MemberUri one, MemberUri other) {
		setLoss(one, other, 0);
		setLoss(other, one, 0);
	}

	/** Loses datagrams on all other links with a probability. */
	void setLossEverywhere(double probability) {
		this.lossEverywhere = probability;
	}

	/** Takes a name out of the name service. */
	void setUnresolvable(MemberUri uri) {
		this.unresolvable.add(uri);
	}

	SendResult send(MemberUri from, MemberUri to, byte[] datagram) {
		return send(from, to, () -> arrive(from, to, datagram), datagram.length);
	}

	/** Sends from an endpoint for which names may mean something else. */
	SendResult send(Endpoint from, MemberUri to, byte[] datagram) {
		Endpoint recipient = this.routes.get(new Route(from, to));
		return (recipient != null)
				? send(from.uri(), to, () -> recipient.receive(datagram, from.uri()), datagram.length)
				: send(from.uri(), to, datagram);
	}

	/** Sends as well, and tells the sender if the host of the recipient refuses. */
	void probeRefusal(MemberUri from, MemberUri to, byte[] datagram, Runnable onRefused) {
		send(from, to, () -> {
			arrive(from, to, datagram);
			if (this.refusing.contains(to) && !this.endpoints.containsKey(to)) {
				carry(to, from, onRefused);
			}
		}, datagram.length);
	}

	private SendResult send(MemberUri from, MemberUri to, Runnable arrival, int length) {
		if (this.unresolvable.contains(to)) {
			return SendResult.UNRESOLVABLE;
		}
		this.datagrams++;
		this.largestDatagram = Math.max(this.largestDatagram, length);
		carry(from, to, arrival);
		return SendResult.SENT;
	}

	private void carry(MemberUri from, MemberUri to, Runnable arrival) {
		double probability = this.loss.getOrDefault(new Link(from, to), this.lossEverywhere);
		if (probability == 0 || this.random.nextDouble() >= probability) {
			this.time.schedule(way(), arrival);
		}
	}

	private Duration way() {
		long spread = this.longestWay.toNanos() - this.shortestWay.toNanos();
		return this.shortestWay.plusNanos((spread > 0) ? this.random.nextLong(spread) : 0);
	}

	private void arrive(MemberUri from, MemberUri to, byte[] datagram) {
		Endpoint recipient = this.endpoints.get(to);
		if (recipient != null) {
			recipient.receive(datagram, from);
		}
	}

	// Time

	void advance(Duration duration) {
		this.time.advance(duration);
	}

	/**
	 * Goes on until something is the case.
	 * @return how long that took
	 */
	Duration until(String what, Duration atMost, BooleanSupplier condition) {
		Duration begin = this.time.elapsed();
		while (!condition.getAsBoolean()) {
			if (!this.time.stepWithin(begin.plus(atMost))) {
				return fail("Not within %s: %s (%s)", atMost, what, this);
			}
		}
		return this.time.elapsed().minus(begin);
	}

	/** Returns how many datagrams were sent. */
	int datagrams() {
		return this.datagrams;
	}

	int largestDatagram() {
		return this.largestDatagram;
	}

	@Override
	public String toString() {
		return "mesh of seed " + this.seed + " after " + this.time.elapsed();
	}

	/** Whoever receives datagrams under a URI. */
	interface Endpoint {

		MemberUri uri();

		void receive(byte[] datagram, MemberUri from);

	}

	private record Route(Endpoint from, MemberUri name) {

	}

	private record Link(MemberUri from, MemberUri to) {

	}

}
