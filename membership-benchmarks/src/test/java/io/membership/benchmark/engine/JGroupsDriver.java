package io.membership.benchmark.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import org.jgroups.JChannel;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.TP;
import org.jgroups.util.UUID;

/**
 * JGroups with the TCP stack that it ships. Where two nodes join at the same time, the
 * view that has the first one of them makes the coordinator close its connections to all
 * who are not in it. If that is the one over which the other asks who is there, this asks
 * only once, and then begins a cluster of its own, which MERGE3 merges.
 */
final class JGroupsDriver implements Driver {

	private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

	/** Several nodes have one address here, which must not take each other's ports. */
	private static final int PORTS_OF_DETECTORS = 10_000;

	/**
	 * Each node takes a port for those who ask it how it is; it may be one of so many.
	 */
	private static final int PORTS_OF_DIAGNOSTICS = 1000;

	@Override
	public Node start(int port, List<Integer> seeds, Witness witness) throws Exception {
		JChannel channel = new JChannel("tcp.xml").name(String.valueOf(port));
		TP transport = channel.getProtocolStack().getTransport();
		transport.setBindAddress(LOOPBACK).setBindPort(port).setPortRange(0);
		transport.getDiagnosticsHandler().setPortRange(PORTS_OF_DIAGNOSTICS);
		List<Integer> known = seeds.isEmpty() ? List.of(port) : seeds;
		channel.getProtocolStack()
			.<TCPPING>findProtocol(TCPPING.class)
			.initialHosts(known.stream().map((seed) -> new InetSocketAddress(LOOPBACK, seed)).toList());
		channel.getProtocolStack().<FD_SOCK2>findProtocol(FD_SOCK2.class).setOffset(PORTS_OF_DETECTORS);
		// Names of members are not known at once, their addresses are
		channel.addAddressGenerator(() -> new UUID(ThreadLocalRandom.current().nextLong(), port));
		channel.setReceiver(new Views(witness));
		channel.connect("benchmark");
		return channel::close;
	}

	/** Tells the members of a view from those of the one before. */
	private static final class Views implements Receiver {

		private final Witness witness;

		private Set<Integer> before = Set.of();

		Views(Witness witness) {
			this.witness = witness;
		}

		@Override
		public synchronized void viewAccepted(View view) {
			Set<Integer> now = view.getMembers()
				.stream()
				.map((address) -> (int) ((UUID) address).getLeastSignificantBits())
				.collect(Collectors.toCollection(HashSet::new));
			now.stream().filter((port) -> !this.before.contains(port)).forEach(this.witness::up);
			this.before.stream().filter((port) -> !now.contains(port)).forEach(this.witness::down);
			this.before = now;
		}

	}

}
