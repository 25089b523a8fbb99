package io.membership.swim;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.membership.Evidence;
import io.membership.Member;
import org.jspecify.annotations.Nullable;

/**
 * A member as this node sees it at one moment.
 *
 * @param known what is known of it
 * @param timestampMicros when it last gave a sign of life, or somebody news of it, in
 * microseconds since the epoch
 * @param clockDelta how far its clock is ahead, or {@code null} if nobody knows
 * @param roundTripTime how long it takes to answer, or {@code null} if nobody knows
 * @param evidence why its status last changed, or {@code null} if it did not
 */
public record Sighting(Rumor known, long timestampMicros, @Nullable Duration clockDelta,
		@Nullable Duration roundTripTime, @Nullable Evidence evidence) {

	/**
	 * Returns the same for applications.
	 * @return the member
	 */
	public Member toMember() {
		Map<String, @Nullable Object> payload = this.known.content();
		Instant timestamp = Instant.ofEpochSecond(Math.floorDiv(this.timestampMicros, 1_000_000L),
				Math.floorMod(this.timestampMicros, 1_000_000L) * 1000);
		return new Member(this.known.uri(), this.known.status(), this.known.incarnation(), payload, timestamp,
				this.clockDelta, this.roundTripTime, this.evidence);
	}

}
