package io.membership.swim;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to exchange views with a member that answered a probe and sees the mesh
 * otherwise, and asks for it; with one at a time. Most differences are news on their way
 * that will arrive by themselves. So an exchange waits until this view has not changed
 * for a protocol period, unless the last exchange was of use, in which case others may
 * differ as much, or nobody saw the mesh alike for an anti-entropy period. A node that
 * has just begun asks at once.
 * <p>
 * An exchange without use doubles the time to the next, up to the anti-entropy period: a
 * difference that no exchange removes must not cost more than the reference does.
 */
final class Reconciliation {

	/** As many parts as make differences small and the digests not too long. */
	private static final int MEMBERS_PER_PART = 8;

	/** More are not understood. */
	private static final int MOST_PARTS = 256;

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Agreement agreement;

	/** What this node knew when the exchange with the partner began. */
	private @Nullable HashedView view;

	private @Nullable MemberUri partner;

	private long lastSignNanos;

	private boolean answered;

	private boolean useful;

	/** Whether the last exchange brought anything to anybody. */
	private boolean encouraged;

	private boolean young = true;

	private @Nullable Long begunNanos;

	private Duration pause = Duration.ZERO;

	private @Nullable Long lastDigest;

	private long changedNanos;

	private @Nullable Long differingSince;

	Reconciliation(Environment environment, Supplier<MembershipOptions> options, MemberTable table,
			Agreement agreement) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.agreement = agreement;
	}

	/** Forgets what was going on. */
	void stop() {
		this.partner = null;
		this.view = null;
	}

	/** Takes in the digest of one that answered. */
	void heard(MemberUri peer, long digest) {
		this.agreement.heard(peer, digest);
		if (this.table.isSelf(peer) || !this.agreement.isPossible()) {
			return;
		}
		long now = this.environment.nanoTime();
		observeView(now);
		endIfOver(now);
		if (this.agreement.isMine(digest)) {
			this.young = false;
			this.differingSince = null;
			return;
		}
		if (this.differingSince == null) {
			this.differingSince = now;
		}
		if (this.partner == null && isDue(now)) {
			begin(peer, now);
		}
	}

	private void observeView(long now) {
		long digest = this.table.digest();
		if (this.lastDigest == null || this.lastDigest != digest) {
			this.lastDigest = digest;
			this.changedNanos = now;
			this.pause = this.options.get().protocolPeriod();
		}
	}

	/** An exchange is over when the partner was silent for a while. */
	private void endIfOver(long now) {
		if (this.partner == null || now - this.lastSignNanos < period() / 2) {
			return;
		}
		stop();
		if (this.answered) {
			this.encouraged = this.useful;
			Duration longest = this.options.get().antiEntropyPeriod();
			Duration doubled = this.pause.multipliedBy(2);
			this.pause = this.useful ? this.options.get().protocolPeriod()
					: (doubled.compareTo(longest) < 0) ? doubled : longest;
		}
	}

	private boolean isDue(long now) {
		if (this.young) {
			return true;
		}
		boolean rested = this.begunNanos == null || now - this.begunNanos >= this.pause.toNanos();
		return rested && (now - this.changedNanos >= period() || this.encouraged || isLost(now));
	}

	private boolean isLost(long now) {
		return this.differingSince != null
				&& now - this.differingSince >= this.options.get().antiEntropyPeriod().toNanos();
	}

	private long period() {
		return this.options.get().protocolPeriod().toNanos();
	}

	private void begin(MemberUri peer, long now) {
		HashedView current = HashedView.of(this.table);
		this.view = current;
		this.partner = peer;
		this.lastSignNanos = now;
		this.begunNanos = now;
		this.answered = false;
		this.useful = false;
		this.environment.send(peer, question(current));
	}

	/** Returns as many digests as there is room for, beside what this node is itself. */
	private Message question(HashedView current) {
		WireFormat format = this.environment.format();
		int capacity = format.capacity(this.options.get().maxPacketSize());
		int parts = Math.min(MOST_PARTS, Integer.highestOneBit(Math.max(1, current.size() / MEMBERS_PER_PART)));
		Message question = question(current, parts, this.table.self());
		while (format.sizeOf(question) > capacity && parts > 1) {
			parts /= 2;
			question = question(current, parts, this.table.self());
		}
		return (format.sizeOf(question) <= capacity) ? question
				: question(current, parts, this.table.self().withoutPayload());
	}

	private Message question(HashedView current, int parts, Rumor self) {
		return new Message.SyncDigests(this.table.selfUri(), current.digests(parts), List.of(self));
	}

	/** Whether views are being exchanged with a member. */
	boolean isWith(MemberUri peer) {
		return peer.equals(this.partner);
	}

	/** Returns what this node knew in a range when the exchange began. */
	List<HashedView.Entry> within(HashedView.Range range) {
		return (this.view != null) ? this.view.within(range) : List.of();
	}

	/**
	 * Notes that the partner told something.
	 * @param wasUseful whether it was news, or this node knew better
	 */
	void progressed(boolean wasUseful) {
		this.lastSignNanos = this.environment.nanoTime();
		this.answered = true;
		this.useful |= wasUseful;
		this.young = false;
	}

}
