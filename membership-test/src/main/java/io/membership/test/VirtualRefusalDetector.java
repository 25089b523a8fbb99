package io.membership.test;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.membership.net.RefusalDetector;

/**
 * Tells a node on a {@link VirtualNetwork} that nobody listens where somebody did.
 */
final class VirtualRefusalDetector implements RefusalDetector {

	private final VirtualNetwork network;

	private final Consumer<Runnable> thread;

	private boolean closed;

	/**
	 * Creates a detector.
	 * @param thread runs tasks on the node's thread, when that does not pause
	 */
	VirtualRefusalDetector(VirtualNetwork network, Consumer<Runnable> thread) {
		this.network = network;
		this.thread = thread;
	}

	@Override
	public boolean send(byte[] datagram, InetSocketAddress from, InetSocketAddress to, Runnable onRefused) {
		if (this.closed) {
			return false;
		}
		long sent = this.network.nanos();
		AtomicBoolean refused = new AtomicBoolean();
		this.network.send(from, to, datagram, () -> {
			boolean isInTime = this.network.nanos() - sent <= PATIENCE.toNanos();
			if (isInTime && !this.closed && refused.compareAndSet(false, true)) {
				this.thread.accept(onRefused);
			}
		});
		return true;
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
