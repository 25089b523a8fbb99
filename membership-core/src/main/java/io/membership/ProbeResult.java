package io.membership;

import java.time.Duration;

/** What came of a {@linkplain Membership#probeUri probe} of one URI. */
public sealed interface ProbeResult {

	/**
	 * The member answered.
	 *
	 * @param roundTripTime the time from the ping to its answer
	 */
	record Alive(Duration roundTripTime) implements ProbeResult {

	}

	/**
	 * The ping was sent, and nobody with this URI answered within the ack timeout. A
	 * member that is reached under another name than its advertised one counts as no
	 * response, too, and so does a name that takes longer than that to resolve.
	 */
	record NoResponse() implements ProbeResult {

	}

	/**
	 * The ping was not sent.
	 *
	 * @param reason why, for people
	 */
	record NotSent(String reason) implements ProbeResult {

	}

}
