package io.membership.swim;

import java.util.Collections;
import java.util.Map;

import io.membership.InvalidPayloadException;
import org.jspecify.annotations.Nullable;

/**
 * What a member says about itself, in its encoded form. The protocol passes it on
 * untouched and never looks inside. Immutable.
 */
public interface Payload {

	/** Begins the hash of a map: an empty payload is the hash of a map of nothing. */
	long MAP_TAG = 9;

	/** The canonical hash of a payload without entries. */
	long EMPTY_HASH = Hash64.fold(MAP_TAG, 0);

	/**
	 * Returns the content for the application.
	 * @return an immutable map
	 */
	Map<String, @Nullable Object> toMap();

	/**
	 * Returns a hash of the content that does not depend on how it is encoded: the same
	 * before and after a reference node passed it on (docs/wire-protocol.md, "View
	 * digest").
	 * @return the hash
	 */
	long canonicalHash();

	/**
	 * Returns the canonical hash of a payload.
	 * @param payload the payload, or {@code null} for none, which counts as an empty one
	 * @return the hash
	 */
	static long hashOf(@Nullable Payload payload) {
		return (payload != null) ? payload.canonicalHash() : EMPTY_HASH;
	}

	/**
	 * Returns this payload with some entries changed.
	 * @param changes the new values by name, where {@code null} removes an entry
	 * @return the changed payload, or this one if nothing changes
	 * @throws InvalidPayloadException if a value cannot be encoded
	 */
	Payload with(Map<String, ? extends @Nullable Object> changes);

	/**
	 * Returns this payload with one entry changed, see {@link #with(Map)}.
	 * @param key the entry's name
	 * @param value the new value, or {@code null} to remove the entry
	 * @return the changed payload, or this one if nothing changes
	 */
	default Payload with(String key, @Nullable Object value) {
		return with(Collections.singletonMap(key, value));
	}

}
