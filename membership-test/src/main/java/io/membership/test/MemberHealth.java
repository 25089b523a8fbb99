package io.membership.test;

import java.time.Duration;
import java.util.Arrays;

/**
 * Remembers who is healthy, and since when: the others need some time to hear that a
 * fault is over.
 */
final class MemberHealth {

	private static final long FAULTY = Long.MAX_VALUE;

	private static final long ALWAYS_HEALTHY = Long.MIN_VALUE;

	private final World world;

	private final long graceNanos;

	/** When each member will count as healthy. */
	private final long[] healthyFrom;

	MemberHealth(World world, int size, Duration grace) {
		this.world = world;
		this.graceNanos = grace.toNanos();
		this.healthyFrom = new long[size + 1];
		Arrays.fill(this.healthyFrom, ALWAYS_HEALTHY);
	}

	boolean isHealthy(int member) {
		return member < this.healthyFrom.length && this.healthyFrom[member] <= this.world.time().nanos();
	}

	/** Looks at a member again, because something was done to it. */
	void touched(int member) {
		if (isFaulty(member)) {
			this.healthyFrom[member] = FAULTY;
		}
		else if (this.healthyFrom[member] == FAULTY) {
			this.healthyFrom[member] = this.world.time().nanos() + this.graceNanos;
		}
	}

	private boolean isFaulty(int member) {
		SimulatedMember running = this.world.member(member);
		return running == null || running.worker().isFrozen() || running.worker().isSlow()
				|| !this.world.clock(member).isSteady() || this.world.network().troubles(member);
	}

}
