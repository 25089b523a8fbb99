package io.membership.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;

import io.membership.MemberUri;

/**
 * A UDP port where nobody answers. It is bound, so that no node of another test can get
 * it and answer after all.
 */
final class SilentPort implements AutoCloseable {

	private static final int MAX_DATAGRAM = 65535;

	private final DatagramSocket socket;

	/**
	 * Takes a port.
	 * @param port the port, 0 for any free one
	 */
	SilentPort(int port) {
		try {
			this.socket = new DatagramSocket(port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int number() {
		return this.socket.getLocalPort();
	}

	MemberUri uri() {
		return MemberUri.of("localhost", number());
	}

	/** Sends a datagram from this port to a node on this host. */
	void send(byte[] datagram, MemberUri to) {
		try {
			this.socket
				.send(new DatagramPacket(datagram, datagram.length, InetAddress.getLoopbackAddress(), to.port()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Waits for a datagram, and fails if none comes in time. */
	byte[] receive() {
		DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
		try {
			this.socket.setSoTimeout(Math.toIntExact(Eventually.PATIENCE.toMillis()));
			this.socket.receive(packet);
		}
		catch (SocketTimeoutException ex) {
			throw new AssertionError("Nothing arrived", ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Arrays.copyOf(packet.getData(), packet.getLength());
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
