package io.membership.swim;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;

/**
 * Declares suspects dead that did not refute in time (SWIM §4.2). The reference judges
 * that when a period begins. Where confirmations or refusals shorten the time, it is
 * judged exactly when it is over: a node that doubts itself has periods of seconds.
 */
final class SuspicionExpiry {

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Gossip gossip;

	private final Deadlines deadlines;

	private final SuspectTimeout timeout;

	private final Map<MemberUri, Cancellable> timers = new HashMap<>();

	SuspicionExpiry(Environment environment, Supplier<MembershipOptions> options, MemberTable table, Gossip gossip,
			Deadlines deadlines) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.gossip = gossip;
		this.deadlines = deadlines;
		this.timeout = new SuspectTimeout(options, table);
		table.suspicions().whenChanged(this::reconsider);
	}

	/** A period begins. */
	void periodBegins() {
		if (!isExact()) {
			this.table.suspicions().over(this.environment.nanoTime(), this.timeout::of).forEach(this::declareDead);
		}
	}

	/** The options changed. */
	void reconsiderAll() {
		this.table.suspicions().suspects().forEach(this::reconsider);
	}

	void stop() {
		this.timers.values().forEach(Cancellable::cancel);
		this.timers.clear();
	}

	private boolean isExact() {
		MembershipOptions current = this.options.get();
		return current.uses(MembershipExtension.DYNAMIC_SUSPICION) || current.uses(MembershipExtension.REFUSAL_PROBE);
	}

	private void reconsider(MemberUri suspect) {
		Cancellable timer = this.timers.remove(suspect);
		if (timer != null) {
			timer.cancel();
		}
		Suspicion suspicion = this.table.suspicions().of(suspect);
		if (suspicion != null && isExact()) {
			this.timers.put(suspect,
					this.deadlines.schedule(
							suspicion.remaining(this.environment.nanoTime(), this.timeout.of(suspicion)),
							() -> judge(suspect)));
		}
	}

	/** A sign of life or a pause may have given the suspect more time meanwhile. */
	private void judge(MemberUri suspect) {
		Suspicion suspicion = this.table.suspicions().of(suspect);
		if (suspicion != null && isExact()
				&& suspicion.isOver(this.environment.nanoTime(), this.timeout.of(suspicion))) {
			declareDead(suspect);
		}
		else {
			reconsider(suspect);
		}
	}

	private void declareDead(MemberUri suspect) {
		Rumor known = this.table.get(suspect);
		if (known != null) {
			this.gossip.start(suspect, MemberStatus.DEAD, known.incarnation(), null,
					Evidence.own(Cause.SUSPICION_TIMED_OUT));
		}
	}

}
