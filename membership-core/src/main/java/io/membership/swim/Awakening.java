package io.membership.swim;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;

/**
 * What a node does first when it has stood still for longer than a protocol period. What
 * it suspected before is old: by now others have found it out as well, or that it is not
 * so. It passes no suspicion on any more, and asks the suspects, who refute at once if
 * they can.
 */
final class Awakening {

	/** More suspects than that are not worth a burst. */
	private static final int MOST_ASKED = 16;

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Dissemination dissemination;

	private final LocalHealth health;

	private final Consumer<MemberUri> greet;

	private long lastSignNanos;

	/**
	 * Creates the awakening of one node.
	 * @param greet pings one URI
	 */
	Awakening(Environment environment, Supplier<MembershipOptions> options, MemberTable table,
			Dissemination dissemination, LocalHealth health, Consumer<MemberUri> greet) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.dissemination = dissemination;
		this.health = health;
		this.greet = greet;
		this.lastSignNanos = environment.nanoTime();
	}

	/**
	 * Takes in that this node does something: at least once in each period, unless it
	 * stands still.
	 */
	void check() {
		long now = this.environment.nanoTime();
		long since = now - this.lastSignNanos;
		this.lastSignNanos = now;
		MembershipOptions current = this.options.get();
		long longest = (this.health.multiplier() + 1) * current.protocolPeriod().toNanos();
		if (since > longest && current.uses(MembershipExtension.PAUSE_AWARENESS)) {
			awake();
		}
	}

	private void awake() {
		this.dissemination.forgetSuspicions();
		List<MemberUri> suspects = this.table.suspicions().suspects();
		suspects.subList(0, Math.min(suspects.size(), MOST_ASKED)).forEach(this.greet);
	}

}
