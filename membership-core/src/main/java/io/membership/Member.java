package io.membership;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One member, as this node knew it at one moment. Immutable and thread-safe.
 *
 * @param uri the member's advertised URI, its identity
 * @param status what this node believes about it
 * @param incarnation the member's version of itself, 1 to 2<sup>53</sup>−1; only the
 * member itself raises it
 * @param payload what the member says about itself, never {@code null}, immutable. Values
 * are {@code null}, {@link Boolean}, {@link Long}, {@link java.math.BigInteger} (above
 * the range of a long), {@link Double}, {@link String}, {@link Binary},
 * {@link java.util.UUID}, {@link java.math.BigDecimal}, {@link java.util.List} and
 * {@link Map}
 * @param timestamp when this node last heard of or from the member, by this node's own
 * clock
 * @param clockDelta how far the member's clock is ahead of this node's, measured by the
 * last answered probe, or {@code null} if there was none
 * @param roundTripTime how long the member takes to answer a probe of this node, smoothed
 * over many probes, or {@code null} if none was answered directly
 */
public record Member(MemberUri uri, MemberStatus status, long incarnation, Map<String, @Nullable Object> payload,
		Instant timestamp, @Nullable Duration clockDelta, @Nullable Duration roundTripTime,
		@Nullable Evidence evidence) {

}
