package io.membership.swim;

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
 * @param contact what was learned by talking to it
 * @param evidence why its status last changed, or {@code null} if it did not
 */
public record Sighting(Rumor known, long timestampMicros, Contact contact, @Nullable Evidence evidence) {

	/**
	 * Creates the sighting of a member with which this node did not talk.
	 * @param known what is known of it
	 * @param timestampMicros when there was news of it, in microseconds since the epoch
	 */
	public Sighting(Rumor known, long timestampMicros) {
		this(known, timestampMicros, Contact.NONE, null);
	}

	/**
	 * Returns the same for applications.
	 * @return the member
	 */
	public Member toMember() {
		Map<String, @Nullable Object> payload = this.known.content();
		Instant timestamp = Instant.ofEpochSecond(Math.floorDiv(this.timestampMicros, 1_000_000L),
				Math.floorMod(this.timestampMicros, 1_000_000L) * 1000);
		RoundTripTime roundTrip = this.contact.roundTripTime();
		return new Member(this.known.uri(), this.known.status(), this.known.incarnation(), payload, timestamp,
				this.contact.clockDelta(), (roundTrip != null) ? roundTrip.smoothed() : null, this.evidence);
	}

}
