package io.membership.swim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * The rumors that are still worth passing on, at most one about each member. Every copy
 * that is sent, to whomever, counts.
 * <p>
 * As the reference does it, a copy uses up one unit of a rumor's time to live, and a
 * rumor is sent at least once, the oldest first ({@code events.lua}). With
 * {@link MembershipExtension#GOSSIP} each node sends each rumor equally often, whatever
 * time to live it arrived with, the least sent first and the newest first among equals
 * (SWIM §4.1). Where copies multiply only as their times to live say, a quarter of a
 * large mesh never hears of a rumor. The option may change at any time: what is pending
 * then keeps its place and ends by the other rule.
 */
final class Dissemination {

	/** How many copies for each doubling of the mesh (SWIM §4.1: λ). */
	private static final int LAMBDA = 3;

	/**
	 * The same for what nobody passes on any more: filler, and full state. Nearly always
	 * everybody else knows it, and a node that joins 1,000 members must not tell them 30
	 * times of each other. Where it is news after all, as when two meshes find each
	 * other, the first one to whom it is news sends it as often as any other rumor.
	 * Measured: with 3 copies at any size two meshes of 50 took up to 6 s to merge, where
	 * with this or with more they took 1 s.
	 */
	private static final int LAMBDA_OF_OLD_NEWS = 1;

	/** What a map of more rumors than these takes is given back when it is empty. */
	private static final int FEW = 64;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private Map<MemberUri, PendingRumor> bySubject = new HashMap<>();

	/** How many rumors the map held at most. */
	private int mostAtOnce;

	private final TreeSet<PendingRumor> inOrder = new TreeSet<>();

	private Runnable onNews = () -> {
	};

	private long added;

	Dissemination(Supplier<MembershipOptions> options, MemberTable table) {
		this.options = options;
		this.table = table;
	}

	/** Tells somebody of each rumor that is added from now on. */
	void whenAdded(Runnable listener) {
		this.onNews = listener;
	}

	/** Whether all rumors are sent equally often. */
	boolean isEven() {
		return this.options.get().uses(MembershipExtension.GOSSIP);
	}

	/** Passes a rumor on from now on, instead of any older one about the same member. */
	void add(Rumor rumor) {
		PendingRumor before = this.bySubject.get(rumor.uri());
		if (before != null) {
			this.inOrder.remove(before);
		}
		this.added++;
		boolean even = isEven();
		PendingRumor pending = new PendingRumor(rumor, even && rumor.timeToLive() <= 0,
				even ? -this.added : this.added);
		this.bySubject.put(rumor.uri(), pending);
		this.mostAtOnce = Math.max(this.mostAtOnce, this.bySubject.size());
		this.inOrder.add(pending);
		this.onNews.run();
	}

	/**
	 * Lets all others that were sent as often go first: a rumor that does not fit now may
	 * never fit, and must not hold them up.
	 */
	void postpone(PendingRumor pending) {
		if (this.inOrder.remove(pending)) {
			this.added++;
			pending.setPlace(this.added);
			this.inOrder.add(pending);
		}
	}

	/** Passes a rumor on no more. */
	void forget(PendingRumor pending) {
		if (this.inOrder.remove(pending)) {
			removeFromMap(pending);
		}
	}

	private void removeFromMap(PendingRumor pending) {
		this.bySubject.remove(pending.rumor().uri());
		if (this.bySubject.isEmpty() && this.mostAtOnce > FEW) {
			this.bySubject = new HashMap<>();
			this.mostAtOnce = 0;
		}
	}

	/** Forgets the rumors about all others. */
	void keepOnly(Predicate<MemberUri> members) {
		this.bySubject.keySet().removeIf(members.negate());
		this.inOrder.removeIf((pending) -> !members.test(pending.rumor().uri()));
	}

	/** Passes no suspicion on any more. */
	void forgetSuspicions() {
		List.copyOf(this.inOrder)
			.stream()
			.filter((pending) -> pending.rumor().status() == MemberStatus.SUSPECT)
			.forEach(this::forget);
	}

	/** Passes on no more than the reference would. */
	void forgetSupplements() {
		this.inOrder.forEach((pending) -> pending.setRumor(pending.rumor().with(Supplement.NONE)));
	}

	@Nullable PendingRumor about(MemberUri uri) {
		return this.bySubject.get(uri);
	}

	/** Returns all pending rumors in their order. Not to be kept over a change. */
	Iterable<PendingRumor> pending() {
		return this.inOrder;
	}

	/**
	 * Returns a pending rumor as it is written into a PING or an ACK. Those who obey the
	 * time to live shall neither send it for minutes, as they would a refutation in a
	 * large mesh, nor take it for filler.
	 */
	Rumor copyOf(Rumor pending) {
		double left = pending.timeToLive() - 1;
		return pending
			.withTimeToLive(isEven() ? Math.max(1, Math.min(left, initialTimeToLive(this.table.size()))) : left);
	}

	/**
	 * Returns a pending rumor as it is written into a datagram of nothing but rumors,
	 * which is sent often enough by those who send such. Those who obey the time to live
	 * pass it on once.
	 */
	static Rumor lastCopyOf(Rumor pending) {
		return pending.withTimeToLive(1);
	}

	/** Notes that a copy was sent of each of these. */
	void sent(Iterable<PendingRumor> copied) {
		boolean even = isEven();
		int doublings = floorLog2(Math.max(this.table.size(), 1)) + 1;
		for (PendingRumor pending : copied) {
			if (this.inOrder.remove(pending)) {
				if (even ? countCopy(pending, doublings) : countDown(pending)) {
					this.inOrder.add(pending);
				}
				else {
					removeFromMap(pending);
				}
			}
		}
	}

	/**
	 * Returns whether a rumor is to be sent again: λ times ⌈log2(members + 1)⌉ in all.
	 */
	private static boolean countCopy(PendingRumor pending, int doublings) {
		pending.sentOnceMore();
		return pending.copies() < doublings * (pending.isOld() ? LAMBDA_OF_OLD_NEWS : LAMBDA);
	}

	private static boolean countDown(PendingRumor pending) {
		Rumor rumor = pending.rumor();
		pending.setRumor(rumor.withTimeToLive(rumor.timeToLive() - 1));
		return pending.rumor().timeToLive() > 0;
	}

	/**
	 * Returns the time to live of a rumor that this node starts.
	 * @param members how many members are known
	 */
	static int initialTimeToLive(int members) {
		return floorLog2(Math.max(members, 1)) + 2;
	}

	/** Returns the time to live of what this node learns from full state. */
	int timeToLiveOfFullState() {
		return isEven() ? 0 : initialTimeToLive(this.table.size());
	}

	private static int floorLog2(int value) {
		return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value);
	}

	int size() {
		return this.bySubject.size();
	}

}
