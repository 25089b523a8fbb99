package io.membership;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A known member changed what it says about itself.
 *
 * @param member the member after the change
 * @param previous the payload before the change, immutable
 * @param evidence how the change became known
 */
public record MemberPayloadChangedEvent(Member member, Map<String, @Nullable Object> previous,
		Evidence evidence) implements MembershipEvent {

}
