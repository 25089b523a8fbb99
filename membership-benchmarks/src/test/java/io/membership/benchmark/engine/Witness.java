package io.membership.benchmark.engine;

/**
 * Writes down what one node sees, and when, by the monotonic clock that all processes of
 * a machine share. A line begins with {@value #MARK}, then come the time in nanoseconds,
 * who saw it, a {@link Sight} and of whom, all separated by spaces. Where time is 0, it
 * is when the line is read.
 */
final class Witness {

	static final String MARK = "@";

	private final int observer;

	private final Output output;

	Witness(int observer, Output output) {
		this.observer = observer;
		this.output = output;
	}

	/** Notes that a member is there. */
	void up(int subject) {
		write(Sight.UP, subject, "");
	}

	/** Notes that a member is not there any more. */
	void down(int subject) {
		write(Sight.DOWN, subject, "");
	}

	/** Notes what a member says about itself. */
	void payload(int subject, String value) {
		write(Sight.PAYLOAD, subject, value);
	}

	/** Notes that this node begins to do something. */
	void begins(Sight deed) {
		write(deed, this.observer, "");
	}

	private void write(Sight sight, int subject, String value) {
		this.output.sight(this.observer, sight, subject, value);
	}

}
