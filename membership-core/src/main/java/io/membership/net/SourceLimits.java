package io.membership.net;

import java.net.InetSocketAddress;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * How much is read from whom, so that junk costs little and disturbs nobody but whom it
 * seems to come from.
 * <p>
 * A source, an address and a port, from which anything came that could be read, or to
 * which this node talks, has a limit of its own. All others are strangers: they have a
 * limit for each address, whatever the port, and one together, because whoever forges one
 * source can forge any. Only junk counts for these, so that nobody has to wait who comes
 * in peace. Thousands of nodes behind one address do not get into each other's way.
 * <p>
 * Bounded: one of those sources that were silent for the longest time gives way.
 */
final class SourceLimits {

	/** How many sources have a limit of their own. */
	static final int MOST_SOURCES = 16_384;

	/** How many addresses of strangers are told apart. */
	private static final int ADDRESSES = 1024;

	/** As how many sources all strangers together count. */
	static final int STRANGERS = 2;

	/** What each source used of its limit. */
	private final SourceTable sources = new SourceTable(MOST_SOURCES);

	private RateLimit limit = new RateLimit(1);

	private RateLimit limitOfStrangers = new RateLimit(1);

	/** What strangers used of their limit, by address; nothing before the first junk. */
	private long @Nullable [] byAddress;

	private long byStrangers;

	/** Changes how many datagrams one source may send in a second, 1 or more. */
	void setLimit(int perSecond) {
		if (this.limit.perSecond() != perSecond) {
			this.limit = new RateLimit(perSecond);
			this.limitOfStrangers = new RateLimit((int) Math.min((long) perSecond * STRANGERS, Integer.MAX_VALUE));
		}
	}

	/** Whether to read one datagram now. */
	boolean admits(InetSocketAddress from, long nowNanos) {
		int place = this.sources.find(from);
		return (place != SourceTable.ABSENT) ? admits(place, nowNanos) : admitsStranger(from, nowNanos);
	}

	private boolean admits(int place, long nowNanos) {
		long used = this.sources.timeAt(place);
		boolean admitted = !this.limit.isUsedUp(used, nowNanos);
		if (admitted) {
			this.sources.setTimeAt(place, this.limit.use(used, nowNanos));
		}
		return admitted;
	}

	private boolean admitsStranger(InetSocketAddress from, long nowNanos) {
		return this.byAddress == null || !(this.limitOfStrangers.isUsedUp(this.byStrangers, nowNanos)
				|| this.limit.isUsedUp(this.byAddress[place(from)], nowNanos));
	}

	/** Gives a source a limit of its own: it could be read, or this node talks to it. */
	void remember(InetSocketAddress source, long nowNanos) {
		if (this.sources.find(source) == SourceTable.ABSENT) {
			this.sources.add(source, RateLimit.unused(nowNanos));
		}
	}

	/** A datagram that was admitted was junk. */
	void failed(InetSocketAddress from, long nowNanos) {
		if (this.sources.find(from) != SourceTable.ABSENT) {
			return;
		}
		if (this.byAddress == null) {
			this.byAddress = new long[ADDRESSES];
			Arrays.fill(this.byAddress, RateLimit.unused(nowNanos));
			this.byStrangers = RateLimit.unused(nowNanos);
		}
		int place = place(from);
		this.byAddress[place] = this.limit.use(this.byAddress[place], nowNanos);
		this.byStrangers = this.limitOfStrangers.use(this.byStrangers, nowNanos);
	}

	/** Two addresses may share a place, which makes no difference to who is no junk. */
	private static int place(InetSocketAddress from) {
		int hash = from.getAddress().hashCode() * 0x9e3779b9;
		return hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(ADDRESSES));
	}

	/** Returns how many sources have a limit of their own. */
	int size() {
		return this.sources.size();
	}

}
