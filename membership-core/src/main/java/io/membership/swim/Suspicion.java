package io.membership.swim;

import java.time.Duration;

/**
 * How long a member has been suspected without a sign of life (SWIM §4.2). A refutation
 * ends the suspicion; an answered probe only begins it anew, because the member may
 * answer this node and still not hear that it is suspected.
 *
 * @param sinceNanos the monotonic time from which the timeout counts
 */
record Suspicion(long sinceNanos) {

	Suspicion extended(Duration more) {
		return new Suspicion(this.sinceNanos + more.toNanos());
	}

	boolean isOver(long nowNanos, Duration timeout) {
		return nowNanos - this.sinceNanos >= timeout.toNanos();
	}

}
