package io.membership.swim;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a member says about itself, in its encoded form. The protocol passes it on
 * untouched and never looks inside. Immutable.
 */
public interface Payload {

	/**
	 * Returns the content for the application.
	 * @return an immutable map
	 */
	Map<String, Object> toMap();

	/**
	 * Returns this payload with one entry changed.
	 * @param key the entry's name
	 * @param value the new value, or {@code null} to remove the entry
	 * @return the changed payload, or this one if nothing changes
	 * @throws IllegalArgumentException if the value cannot be encoded
	 */
	Payload with(String key, @Nullable Object value);

}
