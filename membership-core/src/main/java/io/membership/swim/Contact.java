package io.membership.swim;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What this node learned of a member by talking to it directly. There is one only for
 * those members with which that happened, a few of many.
 */
final class Contact {

	private @Nullable Duration clockDelta;

	private @Nullable RoundTripTime roundTripTime;

	private int abilities = Supplement.UNKNOWN;

	private @Nullable Long unreadableNanos;

	/** Returns how far the member's clock is ahead, {@code null} if nobody knows. */
	@Nullable Duration clockDelta() {
		return this.clockDelta;
	}

	void measured(Duration newClockDelta) {
		this.clockDelta = newClockDelta;
	}

	/** Returns how long the member takes to answer, {@code null} if nobody knows. */
	@Nullable RoundTripTime roundTripTime() {
		return this.roundTripTime;
	}

	void answeredAfter(Duration roundTrip) {
		this.roundTripTime = (this.roundTripTime != null) ? this.roundTripTime.with(roundTrip)
				: RoundTripTime.of(roundTrip);
	}

	/** Notes that what the member says cannot be read. */
	void unreadable(long nowNanos) {
		this.unreadableNanos = nowNanos;
	}

	/** Whether something came from the member within a time that could not be read. */
	boolean isUnreadable(long nowNanos, Duration within) {
		return this.unreadableNanos != null && nowNanos - this.unreadableNanos <= within.toNanos();
	}

	/**
	 * Returns what the member told this node that it understands beyond the reference, or
	 * {@link Supplement#UNKNOWN}.
	 */
	int abilities() {
		return this.abilities;
	}

	void setAbilities(int abilities) {
		this.abilities = abilities;
	}

}
