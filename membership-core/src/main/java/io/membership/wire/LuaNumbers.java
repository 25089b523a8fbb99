package io.membership.wire;

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

	/** Reads the next value, and returns another one if it is not a number. */
	static double read(Input in, double otherwise) {
		return switch (in.nextType()) {
			case INTEGER -> in.integerAsDouble();
			case FLOAT -> in.float64();
			default -> {
				String text = in.text();
				yield (text != null) ? parse(text.strip(), otherwise) : otherwise;
			}
		};
	}

	/** Returns whether a number is an integer that a long holds. */
	static boolean isLong(double value) {
		return value == Math.rint(value) && value >= Long.MIN_VALUE && value < 0x1p63;
	}

	private static double parse(String text, double otherwise) {
		return DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : otherwise;
	}

}
