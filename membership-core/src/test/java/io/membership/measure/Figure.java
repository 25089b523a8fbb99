package io.membership.measure;

import java.util.Locale;

/**
 * What a process occupies.
 */
enum Figure {

	/** Bytes of the heap that are in use after a collection. */
	HEAP("heap after collection, MB", 1e6, true),

	/**
	 * Objects of the classes of the engine, after a collection, but for {@link #KEPT}.
	 */
	OBJECTS("objects of the engine", 1, true),

	/**
	 * Objects of the engine in tables that forget the oldest beyond a limit. A node that
	 * starts anew begins with empty ones, and fills them for as long as it meets members
	 * that it did not know.
	 */
	KEPT("objects in tables with a limit", 1, false),

	/** Bytes in buffers outside the heap. */
	DIRECT("direct memory, MB", 1e6, true),

	/** Classes that are loaded. */
	CLASSES("classes", 1, true),

	/**
	 * Bytes that describe classes. They become more for as long as methods run for the
	 * first time or often enough to be counted, without more classes.
	 */
	METASPACE("metaspace, MB", 1e6, false),

	/** Threads that live. */
	THREADS("threads", 1, true),

	/** Descriptors of open files and sockets. */
	FILES("file descriptors", 1, true),

	/**
	 * Bytes of compiled methods. They become more for hours, because the compiler gets to
	 * a method when it was called often enough, however rarely that is.
	 */
	CODE("compiled code, MB", 1e6, false),

	/** Bytes of physical memory, which the collector gives back when it sees fit. */
	RESIDENT("resident memory, MB", 1e6, false);

	private final String title;

	private final double unit;

	private final boolean judged;

	Figure(String title, double unit, boolean judged) {
		this.title = title;
		this.unit = unit;
		this.judged = judged;
	}

	/** Whether it must not grow. */
	boolean isJudged() {
		return this.judged;
	}

	/** Returns how the figure is called in samples. */
	String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	String title() {
		return this.title;
	}

	/** Returns a value in the unit of the title. */
	String format(double value) {
		return String.format(Locale.ROOT, (this.unit == 1) ? "%.0f" : "%.2f", value / this.unit);
	}

	/** Returns a change of the value in the unit of the title. */
	String formatChange(double change) {
		return String.format(Locale.ROOT, "%+.3f", change / this.unit + 0.0);
	}

}
