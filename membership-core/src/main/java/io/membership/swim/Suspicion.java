package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

import io.membership.MemberUri;

/**
 * How long a member has been suspected without a sign of life, and who accuses it (SWIM
 * §4.2, Lifeguard §IV.B). A refutation ends the suspicion; an answered probe only begins
 * it anew, because the member may answer this node and still not hear that it is
 * suspected.
 *
 * @param begunNanos the monotonic time at which the suspicion began
 * @param sinceNanos the monotonic time from which the timeout counts
 * @param accusers who probed the member in vain, as far as is known: as many as count
 * @param refused those of them that found that nothing listens at its address
 */
record Suspicion(long begunNanos, long sinceNanos, List<MemberUri> accusers, List<MemberUri> refused) {

	/** How many accusers besides the first one make a difference (Lifeguard: K). */
	static final int CONFIRMATIONS = 3;

	/** How many must be refused before that counts: one may be wrong by itself. */
	static final int WITNESSES = 2;

	/** Begins a suspicion for which nobody is named. */
	static Suspicion begin(long nowNanos) {
		return new Suspicion(nowNanos, nowNanos, List.of(), List.of());
	}

	/**
	 * Returns this with more accusers, or this itself if there is nobody new among them,
	 * or nobody who would make a difference.
	 * @param counts whose word counts
	 */
	Suspicion accusedBy(List<MemberUri> others, List<MemberUri> otherRefused, Predicate<MemberUri> counts) {
		List<MemberUri> newRefused = united(this.refused, otherRefused, WITNESSES, counts);
		List<MemberUri> newAccusers = united(this.accusers, others, CONFIRMATIONS + 1, counts);
		newAccusers = united(newAccusers, newRefused, newAccusers.size() + WITNESSES, counts);
		return (newAccusers == this.accusers && newRefused == this.refused) ? this
				: new Suspicion(this.begunNanos, this.sinceNanos, newAccusers, newRefused);
	}

	private static List<MemberUri> united(List<MemberUri> some, List<MemberUri> others, int atMost,
			Predicate<MemberUri> counts) {
		List<MemberUri> united = some;
		for (MemberUri other : others) {
			if (united.size() < atMost && !united.contains(other) && counts.test(other)) {
				united = (united == some) ? new ArrayList<>(some) : united;
				united.add(other);
			}
		}
		return (united == some) ? some : Collections.unmodifiableList(united);
	}

	/** Begins anew: the member gave a sign of life, so somebody listens there. */
	Suspicion renewed(long nowNanos) {
		return new Suspicion(this.begunNanos, nowNanos, this.accusers, List.of());
	}

	/** Returns this with another time from which the timeout counts. */
	Suspicion since(long nanos) {
		return new Suspicion(this.begunNanos, nanos, this.accusers, this.refused);
	}

	Suspicion extended(Duration more) {
		return since(this.sinceNanos + more.toNanos());
	}

	/** Returns how many confirm what the first accuser said. */
	int confirmations() {
		return Math.min(Math.max(this.accusers.size() - 1, 0), CONFIRMATIONS);
	}

	/** Whether enough members found that nothing listens at the suspect's address. */
	boolean isRefused() {
		return this.refused.size() >= WITNESSES;
	}

	/**
	 * Returns how long to wait for a refutation: the longest time if one member accuses,
	 * which may itself be the slow one, and less with each that confirms it, down to the
	 * shortest (Lifeguard §IV.B).
	 */
	static Duration timeout(int confirmations, Duration shortest, Duration longest) {
		double certainty = Math.log(confirmations + 1.0) / Math.log(CONFIRMATIONS + 1.0);
		Duration timeout = longest
			.minusNanos(Math.round((longest.toNanos() - shortest.toNanos()) * Math.min(certainty, 1)));
		return (timeout.compareTo(shortest) > 0) ? timeout : shortest;
	}

	/** Returns how much time is left, 0 if none is. */
	Duration remaining(long nowNanos, Duration timeout) {
		return Duration.ofNanos(Math.max(timeout.toNanos() - (nowNanos - this.sinceNanos), 0));
	}

	boolean isOver(long nowNanos, Duration timeout) {
		return nowNanos - this.sinceNanos >= timeout.toNanos();
	}

}
