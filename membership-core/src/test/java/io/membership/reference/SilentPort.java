package io.membership.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

import io.membership.MemberUri;

/**
 * A UDP port where nobody answers. It is bound, so that no node of another test can get
 * it and answer after all.
 */
final class SilentPort implements AutoCloseable {

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

	@Override
	public void close() {
		this.socket.close();
	}

}
