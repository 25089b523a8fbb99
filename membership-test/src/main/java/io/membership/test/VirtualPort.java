package io.membership.test;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;

import io.membership.net.DatagramPort;

/**
 * A port of a {@link VirtualHost}, with the datagrams that wait to be read.
 */
final class VirtualPort implements DatagramPort {

	private final VirtualNetwork network;

	private final int host;

	private final InetSocketAddress localAddress;

	private final Queue<Arrival> arrived = new ArrayDeque<>();

	private Runnable whenReadable = () -> {
	};

	private volatile boolean closed;

	VirtualPort(VirtualNetwork network, int host, InetSocketAddress localAddress) {
		this.network = network;
		this.host = host;
		this.localAddress = localAddress;
	}

	/** Returns the number of the host. */
	int host() {
		return this.host;
	}

	/** Tells somebody of each datagram that arrives. */
	void listen(Runnable whenReadable) {
		this.whenReadable = whenReadable;
	}

	void arrive(byte[] datagram, InetSocketAddress from) {
		this.arrived.add(new Arrival(datagram, from));
		this.whenReadable.run();
	}

	boolean isClosed() {
		return this.closed;
	}

	@Override
	public InetSocketAddress localAddress() {
		return this.localAddress;
	}

	@Override
	public boolean receive(Receiver receiver) {
		Arrival next = this.arrived.poll();
		if (next == null) {
			return false;
		}
		receiver.receive(next.datagram, next.datagram.length, next.from);
		return true;
	}

	@Override
	public void send(byte[] datagram, InetSocketAddress to) {
		this.network.send(this.localAddress, to, datagram, () -> {
		});
	}

	@Override
	public void close() {
		this.closed = true;
	}

	@SuppressWarnings("ArrayRecordComponent") // Nobody compares them
	private record Arrival(byte[] datagram, InetSocketAddress from) {

	}

}
