package io.membership.benchmark;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.membership.benchmark.engine.Engine;
import io.membership.benchmark.engine.Peer;
import io.membership.benchmark.engine.Sights;

/**
 * The nodes of one engine: most of them share a few processes, one in ten shares another
 * one that can be killed, and one has a process of its own.
 */
final class Mesh implements AutoCloseable {

	/**
	 * From here to ports that Linux gives to whoever connects there is room for others.
	 */
	private static final int FIRST_PORT = 20_000;

	/** Two benchmarks on one machine shall not choose the same ports. */
	private static final int OFFSETS = 2_000;

	private final Engine engine;

	private final Duration patience;

	private final Sights sights = new Sights(System::nanoTime);

	private final Map<Peer, List<Integer>> many = new LinkedHashMap<>();

	private final Map<Peer, List<Integer>> tenth = new LinkedHashMap<>();

	private final Map<Peer, List<Integer>> alone = new LinkedHashMap<>();

	private int lastPort = FIRST_PORT + (int) (ProcessHandle.current().pid() % OFFSETS);

	/**
	 * Creates a mesh without nodes.
	 * @param patience how long anything may take before it counts as failed, of engines
	 * that are not slower than others
	 */
	Mesh(Engine engine, Duration patience) {
		this.engine = engine;
		this.patience = patience.multipliedBy(engine.slowness());
	}

	Engine engine() {
		return this.engine;
	}

	/** Returns how long anything may take before it counts as failed. */
	Duration patience() {
		return this.patience;
	}

	Sights sights() {
		return this.sights;
	}

	/** Returns how many processes it takes. */
	static int processes(Engine engine, int nodes) {
		int inTenth = nodes / 10;
		return processesOf(engine, nodes - inTenth - 1) + processesOf(engine, inTenth) + 1;
	}

	private static int processesOf(Engine engine, int nodes) {
		return (nodes + engine.nodesPerProcess() - 1) / engine.nodesPerProcess();
	}

	/** Starts all nodes, the first one before the others, and waits until all see all. */
	void start(int nodes) throws IOException, InterruptedException, TimeoutException {
		int inTenth = nodes / 10;
		launch(this.many, nodes - inTenth - 1);
		launch(this.tenth, inTenth);
		launch(this.alone, 1);
		Map.Entry<Peer, List<Integer>> first = this.many.entrySet().iterator().next();
		int seed = first.getValue().get(0);
		first.getKey().start(List.of(seed), List.of());
		awaitAnswers("the first node starts", 1);
		for (Map.Entry<Peer, List<Integer>> process : processes()) {
			List<Integer> others = process.getValue().stream().filter((port) -> port != seed).toList();
			if (!others.isEmpty()) {
				process.getKey().start(others, List.of(seed));
			}
		}
		awaitHealth();
		awaitAnswers("all nodes start", nodes - 1);
	}

	private void launch(Map<Peer, List<Integer>> group, int nodes)
			throws IOException, InterruptedException, TimeoutException {
		int left = nodes;
		while (left > 0) {
			int count = Math.min(left, this.engine.nodesPerProcess());
			List<Integer> ports = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				ports.add(freePort());
			}
			Peer peer = this.engine.launch(this.sights::read);
			group.put(peer, List.copyOf(ports));
			peer.sample();
			awaitAnswers("a process begins", 1);
			left -= count;
		}
	}

	private void awaitAnswers(String what, int count) throws InterruptedException, TimeoutException {
		this.sights.require(what, this.patience, () -> this.sights.answers() >= count);
		this.sights.takeAnswers();
	}

	private int freePort() throws IOException {
		while (true) {
			this.lastPort++;
			InetAddress loopback = InetAddress.getLoopbackAddress();
			try (ServerSocket tcp = new ServerSocket(this.lastPort, 1, loopback);
					DatagramSocket udp = new DatagramSocket(this.lastPort, loopback)) {
				return udp.getLocalPort();
			}
			catch (java.net.BindException ex) {
				// Somebody has it already
			}
		}
	}

	/** Replaces the node that has a process of its own. */
	void replaceAlone() throws IOException, InterruptedException, TimeoutException {
		this.alone.keySet().forEach(Peer::close);
		this.alone.clear();
		launch(this.alone, 1);
		alone().start(List.of(alonePort()), List.of(seed()));
		awaitHealth();
		awaitAnswers("the new node starts", 1);
	}

	/** Waits until all see all, and nobody else. */
	void awaitHealth() throws InterruptedException, TimeoutException {
		List<Integer> all = ports();
		try {
			this.sights.require("all see all " + all.size(), this.patience, () -> this.sights.seeEachOther(all));
		}
		catch (TimeoutException ex) {
			throw new TimeoutException(
					ex.getMessage() + "; " + this.sights.complete(all) + " of " + all.size() + " see all");
		}
	}

	/** Returns all processes with the ports of their nodes. */
	private List<Map.Entry<Peer, List<Integer>>> processes() {
		return Stream.of(this.many, this.tenth, this.alone).flatMap((group) -> group.entrySet().stream()).toList();
	}

	List<Long> pids() {
		return processes().stream().map((process) -> process.getKey().pid()).toList();
	}

	List<Integer> ports() {
		return processes().stream().flatMap((process) -> process.getValue().stream()).toList();
	}

	/** Returns all nodes but one. */
	List<Integer> portsBut(int port) {
		return ports().stream().filter((other) -> other != port).toList();
	}

	/** Returns the node that was there first. */
	int seed() {
		return this.many.values().iterator().next().get(0);
	}

	Peer alone() {
		return this.alone.keySet().iterator().next();
	}

	int alonePort() {
		return this.alone.values().iterator().next().get(0);
	}

	/** Changes what the first node says about itself. */
	void setPayload(String value) throws IOException {
		this.many.keySet().iterator().next().setPayload(seed(), value);
	}

	/** Returns threads and bytes of memory of each process with many nodes. */
	List<String> sample() throws IOException, InterruptedException, TimeoutException {
		for (Peer peer : this.many.keySet()) {
			peer.sample();
		}
		this.sights.require("all tell what they need", this.patience, () -> this.sights.answers() >= this.many.size());
		return this.sights.takeAnswers();
	}

	/** Returns how many nodes there are in the processes that give samples. */
	int sampled() {
		return this.many.values().stream().mapToInt(List::size).sum();
	}

	/** Kills one in ten at once, and returns who that was. */
	List<Integer> killTenth() {
		List<Integer> killed = this.tenth.values().stream().flatMap(List::stream).toList();
		this.tenth.keySet().forEach(Peer::close);
		this.tenth.clear();
		return killed;
	}

	@Override
	public void close() {
		processes().forEach((process) -> process.getKey().close());
	}

}
