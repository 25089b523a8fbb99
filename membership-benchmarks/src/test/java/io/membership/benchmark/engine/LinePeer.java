package io.membership.benchmark.engine;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

import io.membership.process.Child;

/**
 * A process with nodes, which does what it is told by lines, see {@link DriverProcess}.
 */
final class LinePeer implements Peer {

	private final Child child;

	LinePeer(Child child) {
		this.child = child;
	}

	@Override
	public void start(List<Integer> ports, List<Integer> seeds) throws IOException {
		this.child.tell("start " + list(ports) + " " + (seeds.isEmpty() ? "-" : list(seeds)));
	}

	private static String list(List<Integer> ports) {
		return ports.stream().map(String::valueOf).collect(Collectors.joining(","));
	}

	@Override
	public void setPayload(int port, String value) throws IOException {
		this.child.tell("payload " + port + " " + value);
	}

	@Override
	public void leave(int port) throws IOException {
		this.child.tell("leave " + port);
	}

	@Override
	public void sample() throws IOException {
		this.child.tell("sample");
	}

	@Override
	public Child.Stop stop() throws IOException {
		return this.child.stop();
	}

	@Override
	public long pid() {
		return this.child.pid();
	}

	/** Kills the process. */
	@Override
	public void close() {
		this.child.close();
	}

}
