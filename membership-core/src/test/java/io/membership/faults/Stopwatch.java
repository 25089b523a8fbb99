package io.membership.faults;

import java.time.Duration;
import java.util.Locale;

/**
 * Measures time from its creation, and prints it for the document.
 */
final class Stopwatch {

	private final long begin = System.nanoTime();

	/** Prints how long it took until something was so, and returns that. */
	Duration took(String what) {
		Duration time = Duration.ofNanos(System.nanoTime() - this.begin);
		System.out.printf(Locale.ROOT, "measured: %s: %.2f s%n", what, time.toNanos() / 1e9);
		return time;
	}

}
