package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.membership.MemberUri;

/**
 * Who was asked to probe a silent member as well, and what they said (SWIM §4.1,
 * Lifeguard §IV.A). Those who can say that they hear nothing either show by that whether
 * this node hears at all.
 */
final class Helpers {

	/** Whether each one, by its URI, can say that it hears nothing. */
	private final Map<MemberUri, Boolean> asked = new HashMap<>();

	private final List<MemberUri> deaf = new ArrayList<>();

	private final List<MemberUri> refused = new ArrayList<>();

	private long askedNanos;

	/**
	 * Somebody was asked.
	 * @param capable whether it can say that it hears nothing
	 */
	void ask(MemberUri helper, boolean capable, long nowNanos) {
		this.asked.put(helper, capable);
		this.askedNanos = nowNanos;
	}

	int count() {
		return this.asked.size();
	}

	/**
	 * Somebody says that it hears nothing from the target either.
	 * @param wasRefused whether it found that nothing listens at the target's address
	 */
	void nack(MemberUri helper, boolean wasRefused) {
		if (!this.asked.containsKey(helper)) {
			return;
		}
		if (!this.deaf.contains(helper)) {
			this.deaf.add(helper);
		}
		if (wasRefused) {
			refused(helper);
		}
	}

	/** Somebody, a helper or not, found that nothing listens at the target's address. */
	void refused(MemberUri witness) {
		if (!this.refused.contains(witness)) {
			this.refused.add(witness);
		}
	}

	/** Whether nobody who was asked is left that may still hear something. */
	boolean allHearNothing() {
		return !this.asked.isEmpty() && this.deaf.size() == this.asked.size();
	}

	/**
	 * Whether the target is as good as gone, for now: of those who were asked nobody is
	 * left that may still hear something, or enough witnesses were refused.
	 */
	boolean leaveNoHope() {
		return allHearNothing() || this.refused.size() >= Suspicion.WITNESSES;
	}

	/** Returns who hears nothing from the target. */
	List<MemberUri> hearingNothing() {
		return List.copyOf(this.deaf);
	}

	/** Returns who was refused. */
	List<MemberUri> refused() {
		return List.copyOf(this.refused);
	}

	/** Returns how many could say that they hear nothing, and are silent themselves. */
	int silent() {
		return (int) this.asked.entrySet()
			.stream()
			.filter((helper) -> helper.getValue() && !this.deaf.contains(helper.getKey()))
			.count();
	}

	/**
	 * Returns how much a failed probe says against this node: as much as there are
	 * helpers of which something should have been heard. Where there are none, or they
	 * had no time, this node may be to blame as well as the target; but not if somebody
	 * was refused.
	 * @param patience how long it takes a helper to say that it hears nothing, and more
	 */
	int blame(long nowNanos, Duration patience) {
		int silent = silent();
		boolean hadTime = nowNanos - this.askedNanos >= patience.toNanos();
		if (this.asked.containsValue(true) && (hadTime || silent == 0)) {
			return silent;
		}
		return this.refused.isEmpty() ? 1 : 0;
	}

}
