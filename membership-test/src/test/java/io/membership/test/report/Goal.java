package io.membership.test.report;

/**
 * What shall be reached, and what was.
 *
 * @param what the goal
 * @param measured the figures that decide
 * @param met whether it is reached
 */
public record Goal(String what, String measured, boolean met) {

	public String verdict() {
		return this.met ? "met" : "**missed**";
	}

	/** Returns a goal that a figure does not exceed some limit. */
	public static Goal atMost(String what, double limit, double measured, String unit) {
		return new Goal(what, Numbers.count(measured) + (Double.isFinite(measured) ? " " + unit : "").stripTrailing(),
				measured <= limit);
	}

}
