package io.membership.measure;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * What is to be done when, by the thread that runs it.
 */
final class Agenda {

	private final Queue<Item> items = new PriorityQueue<>(Comparator.comparingLong(Item::nanos));

	private final long begin = System.nanoTime();

	/** Returns how much time has passed since the beginning. */
	Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.begin);
	}

	/** Adds what is to be done later. */
	void in(Duration delay, Action action) {
		this.items.add(new Item(elapsed().plus(delay).toNanos(), action));
	}

	/** Adds what is to be done again and again, after pauses of equal length. */
	void every(Duration pause, Action action) {
		in(pause, () -> {
			action.run();
			every(pause, action);
		});
	}

	/** Does everything that is due until some time after the beginning. */
	void runUntil(Duration end) throws Exception {
		while (!this.items.isEmpty() && this.items.element().nanos() <= end.toNanos()) {
			Item next = this.items.remove();
			TimeUnit.NANOSECONDS.sleep(next.nanos() - elapsed().toNanos());
			next.action().run();
		}
	}

	/** Something to be done. */
	@FunctionalInterface
	interface Action {

		void run() throws Exception;

	}

	private record Item(long nanos, Action action) {

	}

}
