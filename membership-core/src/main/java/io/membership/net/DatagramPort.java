package io.membership.net;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A bound port that sends and receives datagrams, and never blocks.
 */
public interface DatagramPort extends AutoCloseable {

	/**
	 * Returns the address that the port is bound to.
	 * @return the address and the real port
	 */
	InetSocketAddress localAddress();

	/**
	 * Receives one datagram, if there is one.
	 * @param receiver takes the datagram
	 * @return whether there was one
	 */
	boolean receive(Receiver receiver);

	/**
	 * Sends one datagram.
	 * @param datagram the content
	 * @param to the recipient
	 * @throws IOException if the operating system refuses, or has no room for it
	 */
	void send(byte[] datagram, InetSocketAddress to) throws IOException;

	/** Frees the port. */
	@Override
	void close();

	/** Takes a received datagram. */
	@FunctionalInterface
	interface Receiver {

		/**
		 * Called for a datagram.
		 * @param buffer holds the datagram until this method returns
		 * @param length the length of the datagram
		 * @param from where it came from
		 */
		void receive(byte[] buffer, int length, InetSocketAddress from);

	}

}
