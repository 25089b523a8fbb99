package io.membership.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A bound UDP socket that never blocks. Bound to all addresses it speaks IPv4 and IPv6.
 */
public final class UdpSocket implements DatagramPort {

	/**
	 * Room for a burst of datagrams: those that arrive while the thread is busy or
	 * paused, and those that say goodbye to everybody.
	 */
	private static final int BUFFER_BYTES = 1 << 20;

	private static final int LAST_PORT = 65535;

	static final int LARGEST_DATAGRAM = 65535;

	private final DatagramChannel channel;

	private final InetSocketAddress localAddress;

	private @Nullable ByteBuffer buffer;

	private UdpSocket(DatagramChannel channel) throws IOException {
		this.channel = channel;
		this.localAddress = (InetSocketAddress) channel.getLocalAddress();
	}

	/**
	 * Binds a socket.
	 * @param address the local address, or {@code null} for all
	 * @param port the port, 0 for any free one
	 * @return the socket
	 * @throws IOException if the port is in use, or not allowed
	 */
	public static UdpSocket bind(@Nullable InetAddress address, int port) throws IOException {
		DatagramChannel channel = DatagramChannel.open();
		try {
			channel.configureBlocking(false);
			channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
			channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
			channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
			channel.bind((address != null) ? new InetSocketAddress(address, port) : new InetSocketAddress(port));
			return new UdpSocket(channel);
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	/**
	 * Binds a socket to the first free port.
	 * @param address the local address, or {@code null} for all
	 * @param firstPort the port to try first
	 * @param attempts how many ports to try, 1 or more
	 * @return the socket
	 * @throws IOException if none of them can be bound
	 */
	public static UdpSocket bindFirstFree(@Nullable InetAddress address, int firstPort, int attempts)
			throws IOException {
		int lastPort = Math.min(firstPort + attempts - 1, LAST_PORT);
		BindException inUse = null;
		for (int port = firstPort; port <= lastPort; port++) {
			try {
				return bind(address, port);
			}
			catch (BindException ex) {
				inUse = ex;
			}
		}
		throw Objects.requireNonNull(inUse);
	}

	DatagramChannel channel() {
		return this.channel;
	}

	@Override
	public InetSocketAddress localAddress() {
		return this.localAddress;
	}

	/**
	 * Reads into a buffer that others use as well, one after the other.
	 * @param shared room for the largest datagram
	 */
	void readInto(ByteBuffer shared) {
		this.buffer = shared;
	}

	@Override
	public boolean receive(Receiver receiver) {
		if (this.buffer == null) {
			this.buffer = ByteBuffer.allocate(LARGEST_DATAGRAM);
		}
		this.buffer.clear();
		InetSocketAddress from;
		try {
			from = (InetSocketAddress) this.channel.receive(this.buffer);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		if (from == null) {
			return false;
		}
		receiver.receive(this.buffer.array(), this.buffer.position(), from);
		return true;
	}

	@Override
	public void send(byte[] datagram, InetSocketAddress to) throws IOException {
		ByteBuffer content = ByteBuffer.wrap(datagram);
		this.channel.send(content, to);
		if (content.hasRemaining()) {
			throw new IOException("The send buffer is full");
		}
	}

	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
