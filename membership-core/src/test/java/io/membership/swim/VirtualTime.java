package io.membership.swim;

import java.time.Duration;
import java.util.PriorityQueue;

/**
 * A clock that stands still until it is told to go on, and the tasks that wait for it.
 * Its monotonic time begins shortly before it overflows, so that whatever compares two
 * times without care fails.
 */
final class VirtualTime {

	private static final long FIRST_NANO_TIME = Long.MAX_VALUE - Duration.ofSeconds(7).toNanos();

	private static final long FIRST_MICROS = 1_700_000_000_000_000L;

	private final PriorityQueue<Task> tasks = new PriorityQueue<>();

	private long elapsedNanos;

	private long tasksCreated;

	long nanoTime() {
		return FIRST_NANO_TIME + this.elapsedNanos;
	}

	long micros() {
		return FIRST_MICROS + this.elapsedNanos / 1000;
	}

	/** Returns the time since the beginning of this world. */
	Duration elapsed() {
		return Duration.ofNanos(this.elapsedNanos);
	}

	Cancellable schedule(Duration delay, Runnable action) {
		Task task = new Task(this.elapsedNanos + Math.max(0, delay.toNanos()), this.tasksCreated++, action);
		this.tasks.add(task);
		return () -> this.tasks.remove(task);
	}

	/** Goes on, running what becomes due. */
	void advance(Duration duration) {
		long until = this.elapsedNanos + duration.toNanos();
		while (!this.tasks.isEmpty() && this.tasks.peek().dueNanos <= until) {
			step();
		}
		this.elapsedNanos = until;
	}

	/** Goes on, but runs nothing: everybody is frozen, and what becomes due runs late. */
	void freeze(Duration duration) {
		this.elapsedNanos += duration.toNanos();
	}

	/**
	 * Goes on to the next task and runs it.
	 * @return whether there was one before the limit
	 */
	boolean stepWithin(Duration elapsedLimit) {
		if (this.tasks.isEmpty() || this.tasks.peek().dueNanos > elapsedLimit.toNanos()) {
			return false;
		}
		step();
		return true;
	}

	private void step() {
		Task task = this.tasks.remove();
		this.elapsedNanos = Math.max(this.elapsedNanos, task.dueNanos);
		task.action.run();
	}

	private record Task(long dueNanos, long number, Runnable action) implements Comparable<Task> {

		@Override
		public int compareTo(Task other) {
			int order = Long.compare(this.dueNanos, other.dueNanos);
			return (order != 0) ? order : Long.compare(this.number, other.number);
		}

	}

}
