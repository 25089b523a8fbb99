package io.membership.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import io.membership.CidrBlock;
import io.membership.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * Judges datagrams by where they come from, before anything else is done with them. To be
 * used on one thread.
 */
public final class Gate {

	private final LongSupplier nanoTime;

	private final IntSupplier mostPerSource;

	private final Predicate<InetSocketAddress> isOwn;

	private final SourceLimits limits = new SourceLimits();

	private List<CidrBlock> networks = List.of();

	/**
	 * Creates a gate that is open to all networks.
	 * @param nanoTime a monotonic time
	 * @param mostPerSource how many datagrams one source may send in a second, 0 for any
	 * number
	 * @param isOwn whether this node itself sends from an address
	 */
	public Gate(LongSupplier nanoTime, IntSupplier mostPerSource, Predicate<InetSocketAddress> isOwn) {
		this.nanoTime = nanoTime;
		this.mostPerSource = mostPerSource;
		this.isOwn = isOwn;
	}

	/**
	 * Opens the gate to some networks only.
	 * @param allowed the networks; empty: all
	 */
	public void open(Collection<CidrBlock> allowed) {
		this.networks = List.copyOf(allowed);
	}

	/**
	 * Tells why a datagram is not to be read.
	 * @param from where it comes from
	 * @return the reason, or {@code null} if it is to be read; then it is either
	 * {@link #understood} or {@link #failed}
	 */
	public @Nullable DropReason refusal(InetSocketAddress from) {
		if (!isAllowed(from)) {
			return DropReason.FOREIGN_NETWORK;
		}
		int most = this.mostPerSource.getAsInt();
		if (most > 0) {
			this.limits.setLimit(most);
			if (!this.limits.admits(from, this.nanoTime.getAsLong())) {
				return DropReason.RATE_LIMITED;
			}
		}
		return null;
	}

	/** A node that does not hear its own probes takes itself for dead. */
	private boolean isAllowed(InetSocketAddress from) {
		return this.networks.isEmpty() || isIn(this.networks, from.getAddress()) || this.isOwn.test(from);
	}

	private static boolean isIn(List<CidrBlock> networks, InetAddress address) {
		for (CidrBlock network : networks) {
			if (network.contains(address)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Takes in that a datagram was a message.
	 * @param from where it came from
	 */
	public void understood(InetSocketAddress from) {
		remember(from);
	}

	/**
	 * Takes in that this node talks to an address, whose answers are welcome.
	 * @param to where a datagram went
	 */
	public void sent(InetSocketAddress to) {
		remember(to);
	}

	private void remember(InetSocketAddress source) {
		if (this.mostPerSource.getAsInt() > 0) {
			this.limits.remember(source, this.nanoTime.getAsLong());
		}
	}

	/**
	 * Takes in that a datagram was no message.
	 * @param from where it came from
	 */
	public void failed(InetSocketAddress from) {
		if (this.mostPerSource.getAsInt() > 0) {
			this.limits.failed(from, this.nanoTime.getAsLong());
		}
	}

}
