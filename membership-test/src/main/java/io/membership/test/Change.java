package io.membership.test;

import java.time.Duration;

import io.membership.MemberStatus;
import org.jspecify.annotations.Nullable;

/**
 * One member changed its mind about another.
 *
 * @param at when, since the mesh exists
 * @param observer whose view changed
 * @param subject whom it believes something else of
 * @param status what it believes now, or {@code null} if it forgot the subject
 */
public record Change(Duration at, int observer, int subject, @Nullable MemberStatus status) {

}
