package io.membership.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import io.membership.swim.Cancellable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a living host refuses datagrams because no process listens there any
 * more. The operating system tells only a <em>connected</em> socket that ICMP reported an
 * unreachable port (RFC 1122 §4.1.3.3), so each datagram goes out of a short-lived socket
 * of its own. A host that is gone, or a firewall that drops ICMP, looks like a living
 * process. To be used on the thread of the event loop.
 */
public final class RefusalProbes implements RefusalDetector {

	/** How many sockets are open at a time; beyond it, probes are left out. */
	public static final int MOST_OPEN = 16;

	private static final Logger logger = LoggerFactory.getLogger(RefusalProbes.class);

	private final EventLoopTenant loop;

	private final Set<RefusalProbe> open = new HashSet<>();

	private boolean closed;

	/**
	 * Creates a source of probes.
	 * @param loop watches their sockets
	 */
	RefusalProbes(EventLoopTenant loop) {
		this.loop = loop;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * The probe shares the address that the node is bound to, unless that is the
	 * wildcard; the port is another.
	 */
	@Override
	public boolean send(byte[] datagram, InetSocketAddress from, InetSocketAddress to, Runnable onRefused) {
		if (this.closed || this.open.size() == MOST_OPEN) {
			return false;
		}
		DatagramChannel channel = connect(from, to);
		if (channel == null) {
			return false;
		}
		RefusalProbe probe = new RefusalProbe(channel, onRefused);
		this.open.add(probe);
		return probe.send(datagram);
	}

	private static @Nullable DatagramChannel connect(InetSocketAddress from, InetSocketAddress to) {
		DatagramChannel channel = null;
		try {
			channel = DatagramChannel.open();
			channel.configureBlocking(false);
			if (!from.getAddress().isAnyLocalAddress()) {
				channel.bind(new InetSocketAddress(from.getAddress(), 0));
			}
			channel.connect(to);
			return channel;
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("No refusal probe to {}", to, ex);
			close(channel);
			return null;
		}
	}

	private static void close(@Nullable DatagramChannel channel) {
		if (channel != null) {
			try {
				channel.close();
			}
			catch (IOException ex) {
				logger.debug("Closing the socket of a refusal probe failed", ex);
			}
		}
	}

	/** Returns how many sockets are open. */
	int open() {
		return this.open.size();
	}

	@Override
	public void close() {
		this.closed = true;
		Set.copyOf(this.open).forEach(RefusalProbe::end);
	}

	/** One datagram, from its sending until it is refused, answered or forgotten. */
	private final class RefusalProbe {

		private final DatagramChannel channel;

		private final Runnable onRefused;

		private final Cancellable timeout;

		RefusalProbe(DatagramChannel channel, Runnable onRefused) {
			this.channel = channel;
			this.onRefused = onRefused;
			this.timeout = RefusalProbes.this.loop.schedule(PATIENCE, this::end);
		}

		boolean send(byte[] datagram) {
			try {
				RefusalProbes.this.loop.register(this.channel, this::read);
				this.channel.write(ByteBuffer.wrap(datagram));
				return true;
			}
			catch (IOException | RuntimeException ex) {
				logger.debug("A refusal probe was not sent", ex);
				end();
				return false;
			}
		}

		/**
		 * Whoever listens answers to the node's own socket, if it is a member; what comes
		 * here is from somebody else, but it does come from that port.
		 */
		private void read() {
			boolean refused = false;
			try {
				this.channel.read(ByteBuffer.allocate(1));
			}
			catch (PortUnreachableException ex) {
				refused = true;
			}
			catch (IOException ex) {
				logger.debug("A refusal probe failed", ex);
			}
			end();
			if (refused) {
				// What the process said before it ended may still be unread
				RefusalProbes.this.loop.schedule(Duration.ZERO, this.onRefused);
			}
		}

		private void end() {
			this.timeout.cancel();
			RefusalProbes.close(this.channel);
			RefusalProbes.this.open.remove(this);
		}

	}

}
