package io.membership.spring.boot.autoconfigure;

import java.util.Map;

import io.membership.Membership;
import org.jspecify.annotations.Nullable;

/**
 * Callback interface that can be implemented by beans wishing to add to the payload with
 * which this node starts. Unlike properties, beans can add numbers, lists and maps.
 */
@FunctionalInterface
public interface MembershipPayloadCustomizer {

	/**
	 * Customizes the payload.
	 * @param payload the payload so far, to be changed in place; see
	 * {@link Membership#setPayload(Map)} for the values that it may hold
	 */
	void customize(Map<String, @Nullable Object> payload);

}
