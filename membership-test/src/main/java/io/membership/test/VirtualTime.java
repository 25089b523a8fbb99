package io.membership.test;

import java.time.Duration;

/**
 * The one clock of a mesh, which stands still until the next event.
 */
final class VirtualTime {

	private final EventQueue queue = new EventQueue();

	private long nanos;

	/** Returns the time since the mesh exists. */
	long nanos() {
		return this.nanos;
	}

	Duration elapsed() {
		return Duration.ofNanos(this.nanos);
	}

	/** Lets something happen at a time, or now if that is over. */
	void at(long dueNanos, Runnable event) {
		this.queue.add(Math.max(dueNanos, this.nanos), event);
	}

	/**
	 * Goes on to the next event and lets it happen.
	 * @return whether there was one until the limit
	 */
	boolean step(long limitNanos) {
		long due = this.queue.nextDue();
		if (due > limitNanos) {
			return false;
		}
		this.nanos = due;
		this.queue.remove().run();
		return true;
	}

	/** Goes on to a time until which nothing happens any more. */
	void skipTo(long limitNanos) {
		this.nanos = Math.max(this.nanos, limitNanos);
	}

}
