package io.membership.faults;

import java.util.Locale;

/**
 * Measures time from its creation, and prints it for the document.
 */
final class Stopwatch {

	private final long begin = System.nanoTime();

	/** Prints how long it took until something was so. */
	void took(String what) {
		System.out.printf(Locale.ROOT, "measured: %s: %.2f s%n", what, (System.nanoTime() - this.begin) / 1e9);
	}

}
