package io.membership.net;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Finds out whether a living host refuses datagrams because no process listens there any
 * more. To be used on the protocol's thread.
 */
public interface RefusalDetector extends AutoCloseable {

	/** How long a refusal is waited for. */
	Duration PATIENCE = Duration.ofSeconds(1);

	/**
	 * Sends a datagram and waits for a refusal. What the recipient answers to it is not
	 * read.
	 * @param datagram the content
	 * @param from the address that the node is bound to
	 * @param to the recipient
	 * @param onRefused called at most once, later, if the recipient's host refuses the
	 * datagram soon
	 * @return whether the datagram was sent
	 */
	boolean send(byte[] datagram, InetSocketAddress from, InetSocketAddress to, Runnable onRefused);

	/**
	 * Ends waiting; nobody is called any more. To be called on the protocol's thread or
	 * when that has ended.
	 */
	@Override
	void close();

}
