package io.membership.wire;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Numbers as the reference understands them in events: whatever {@code tonumber} of Lua
 * makes a double of, strings in decimal notation included.
 */
final class LuaNumbers {

	private static final Pattern DECIMAL = Pattern
		.compile("[+-]?(?:[0-9]++\\.?[0-9]*+|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?");

	private LuaNumbers() {
	}

	/** Reads the next value, and returns nothing if it is not a number. */
	static OptionalDouble read(Input in) {
		switch (in.next().getValueType()) {
			case INTEGER -> {
				return OptionalDouble.of(in.integer().doubleValue());
			}
			case FLOAT -> {
				return OptionalDouble.of(in.float64());
			}
			default -> {
				String text = in.text();
				return (text != null) ? parse(text.strip()) : OptionalDouble.empty();
			}
		}
	}

	/** Returns whether a number is an integer that a long holds. */
	static boolean isLong(double value) {
		return value == Math.rint(value) && value >= Long.MIN_VALUE && value < 0x1p63;
	}

	private static OptionalDouble parse(String text) {
		if (!DECIMAL.matcher(text).matches()) {
			return OptionalDouble.empty();
		}
		return OptionalDouble.of(Double.parseDouble(text));
	}

}
