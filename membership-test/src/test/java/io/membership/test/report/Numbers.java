package io.membership.test.report;

import java.util.Locale;

/**
 * Figures as people read them, the same in every country.
 */
public final class Numbers {

	private Numbers() {
	}

	/** Returns a time in seconds with two digits after the point. */
	public static String seconds(double seconds) {
		return fixed(seconds, 2);
	}

	/** Returns a number, with so many digits after the point as it deserves. */
	public static String count(double value) {
		if (value == Math.rint(value) || Math.abs(value) >= 100) {
			return fixed(value, 0);
		}
		return fixed(value, (Math.abs(value) >= 10) ? 1 : 2);
	}

	public static String percent(double share) {
		return Double.isNaN(share) ? "–" : fixed(share * 100, 1) + " %";
	}

	public static String fixed(double value, int digits) {
		if (Double.isNaN(value)) {
			return "–";
		}
		if (Double.isInfinite(value)) {
			return "never";
		}
		return String.format(Locale.ROOT, "%,." + digits + "f", value);
	}

}
