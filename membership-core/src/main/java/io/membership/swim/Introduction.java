package io.membership.swim;

import java.math.BigInteger;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a node presents itself in the data of a probe, where the reference echoes and
 * forwards what it does not know: a PING says it of its source, an ACK of its target.
 * Never of the datagram's sender, who may only have passed it on.
 *
 * @param abilities what the node understands beyond the reference
 * @param digest the node's view in one number, or {@code null} if it tells none
 */
record Introduction(int abilities, @Nullable Long digest) {

	/** Key of a PING's data: of its source. */
	static final String OF_SOURCE = "x";

	/** Key of an ACK's data: of its target. */
	static final String OF_TARGET = "y";

	/** Reads an introduction; anything else is none. */
	static @Nullable Introduction parse(@Nullable Object value) {
		if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > 2
				|| !(list.get(0) instanceof Long abilities) || abilities < 0 || abilities > Integer.MAX_VALUE) {
			return null;
		}
		if (list.size() == 1) {
			return new Introduction(abilities.intValue(), null);
		}
		return isInteger(list.get(1)) ? new Introduction(abilities.intValue(), ((Number) list.get(1)).longValue())
				: null;
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
	List<Object> toValue() {
		return (this.digest != null) ? List.of((long) this.abilities, this.digest) : List.of((long) this.abilities);
	}

}
