package io.membership.spring.boot.history;

import java.time.Instant;

import io.membership.Evidence;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * A member appeared, changed its status or was removed. Immutable and thread-safe.
 *
 * @param id the number of this change, from 1 for the first one since the process
 * started; a later change has a higher one
 * @param timestamp when this node's listeners were told, by its own clock
 * @param uri the member
 * @param from the status before, or {@code null} if the member is new
 * @param to the status after, or {@code null} if the member was removed
 * @param incarnation the member's version of itself after the change
 * @param evidence why this node believes so
 */
public record MembershipChange(long id, Instant timestamp, MemberUri uri, @Nullable MemberStatus from,
		@Nullable MemberStatus to, long incarnation, Evidence evidence) {

}
