package io.membership.swim;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What this node learned of a member by talking to it directly. Immutable, so that the
 * view shares it, and of plain numbers, so that it takes 32 bytes: in the end there is
 * one for each member of a mesh. For that round trips are floats, which tell up to 16 ms
 * to the nanosecond, and of anything longer seven digits.
 *
 * @param abilities what the member told this node that it understands beyond the
 * reference, or {@link Supplement#UNKNOWN}
 * @param clockDeltaNanos how far its clock is ahead, or {@link #UNKNOWN_CLOCK}
 * @param smoothedNanos see {@link RoundTripTime}, or {@link #UNKNOWN_TIME}
 * @param deviationNanos see {@link RoundTripTime}
 */
record Contact(int abilities, long clockDeltaNanos, float smoothedNanos, float deviationNanos) {

	private static final long UNKNOWN_CLOCK = Long.MIN_VALUE;

	private static final float UNKNOWN_TIME = -1;

	/** Nothing was learned yet. */
	static final Contact NONE = new Contact(Supplement.UNKNOWN, UNKNOWN_CLOCK, UNKNOWN_TIME, 0);

	/** Returns how far the member's clock is ahead, {@code null} if nobody knows. */
	@Nullable Duration clockDelta() {
		return (this.clockDeltaNanos != UNKNOWN_CLOCK) ? Duration.ofNanos(this.clockDeltaNanos) : null;
	}

	/** Returns how long the member takes to answer, {@code null} if nobody knows. */
	@Nullable RoundTripTime roundTripTime() {
		return (this.smoothedNanos != UNKNOWN_TIME)
				? new RoundTripTime((long) this.smoothedNanos, (long) this.deviationNanos) : null;
	}

	/**
	 * Returns this with what one more answer tells.
	 * @param clockDelta how far the clock is ahead, or {@code null} if the answer does
	 * not say
	 * @param roundTrip how long it took, or {@code null} if nobody can tell
	 */
	Contact with(@Nullable Duration clockDelta, @Nullable Duration roundTrip) {
		long clock = (clockDelta != null) ? clockDelta.toNanos() : this.clockDeltaNanos;
		if (roundTrip == null) {
			return new Contact(this.abilities, clock, this.smoothedNanos, this.deviationNanos);
		}
		RoundTripTime before = roundTripTime();
		RoundTripTime after = (before != null) ? before.with(roundTrip) : RoundTripTime.of(roundTrip);
		return new Contact(this.abilities, clock, after.smoothedNanos(), after.deviationNanos());
	}

	/** Returns this with what the member told that it understands. */
	Contact withAbilities(int changed) {
		return (changed == this.abilities) ? this
				: new Contact(changed, this.clockDeltaNanos, this.smoothedNanos, this.deviationNanos);
	}

}
