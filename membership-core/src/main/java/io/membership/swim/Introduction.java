package io.membership.swim;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a node presents itself in the data of a probe, where the reference echoes and
 * forwards what it does not know: a PING says it of its source, an ACK of its target.
 * Never of the datagram's sender, who may only have passed it on.
 *
 * @param abilities what the node understands beyond the reference
 * @param digest the node's view in one number, or {@code null} if it tells none
 * @param cluster the tag of the name of its mesh, 0 for the default name
 */
record Introduction(int abilities, @Nullable Long digest, long cluster) {

	/** Key of a PING's data: of its source. */
	static final String OF_SOURCE = ProbeData.SOURCE_INTRODUCTION;

	/** Key of an ACK's data: of its target. */
	static final String OF_TARGET = ProbeData.TARGET_INTRODUCTION;

	private static final int LONGEST = 3;

	/** Reads an introduction; anything else is none. */
	static @Nullable Introduction parse(@Nullable Object value) {
		if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > LONGEST
				|| !(list.get(0) instanceof Long abilities) || abilities < 0 || abilities > Integer.MAX_VALUE) {
			return null;
		}
		Object digest = (list.size() > 1) ? list.get(1) : null;
		Object cluster = (list.size() == LONGEST) ? list.get(2) : 0L;
		boolean valid = (digest == null || isInteger(digest)) && cluster instanceof Long;
		return valid ? new Introduction(abilities.intValue(), (digest != null) ? ((Number) digest).longValue() : null,
				((Number) cluster).longValue()) : null;
	}

	/** Returns the digest of an introduction, if there is one. */
	static @Nullable Long digestOf(@Nullable Introduction introduction) {
		return (introduction != null) ? introduction.digest : null;
	}

	/** Whether this is a number without a fraction; one beyond a long is a digest too. */
	private static boolean isInteger(@Nullable Object value) {
		return value instanceof Long || value instanceof BigInteger;
	}

	/** Returns this as it is written. */
	List<@Nullable Object> toValue() {
		List<@Nullable Object> value = new ArrayList<>();
		value.add((long) this.abilities);
		if (this.digest != null || this.cluster != 0) {
			value.add(this.digest);
		}
		if (this.cluster != 0) {
			value.add(this.cluster);
		}
		return value;
	}

}
