package io.membership.swim;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.membership.DropReason;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;

/**
 * What distinguishes one process with a URI from the next: incarnations that follow the
 * wall clock. A new process then begins above its predecessor, and need not be told by
 * others that it was there before.
 */
final class Identity {

	/**
	 * No clock and no refutations lead so far: in seconds, it is 34,000 years. Whoever
	 * followed a forged rumor to the highest incarnation could never refute again.
	 */
	private static final long FARTHEST_LEAP = 1L << 40;

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	Identity(Environment environment, Supplier<MembershipOptions> options, MemberTable table) {
		this.environment = environment;
		this.options = options;
		this.table = table;
	}

	private boolean isOn() {
		return this.options.get().uses(MembershipExtension.IDENTITY);
	}

	/**
	 * Returns the incarnation with which this node appears under a URI.
	 * @param atLeast the lowest one that others believe, as far as this node knows
	 */
	long first(long atLeast) {
		long seconds = TimeUnit.MICROSECONDS.toSeconds(this.environment.nowMicros());
		return isOn() ? Math.max(atLeast, seconds) : atLeast;
	}

	/**
	 * Drops a rumor that is too far ahead of what is known, if it is about somebody who
	 * drops such rumors about itself: this node, and whoever tells which process it is.
	 * Anybody else may have followed, and is there now.
	 */
	boolean refuses(Rumor rumor) {
		if (rumor.incarnation() <= FARTHEST_LEAP || !isOn()) {
			return false;
		}
		Rumor known = this.table.get(rumor.uri());
		if (known == null || rumor.incarnation() - known.incarnation() <= FARTHEST_LEAP
				|| !(this.table.isSelf(rumor.uri()) || known.bootId() != Supplement.UNKNOWN)) {
			return false;
		}
		this.environment.observer().dropped(DropReason.IMPLAUSIBLE);
		return true;
	}

}
