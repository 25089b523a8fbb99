package io.membership.spring.boot.autoconfigure.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * How far one page has read: its beginning first, then the frames of the log. Not
 * thread-safe.
 */
final class Cursor {

	private final FrameLog log;

	private byte @Nullable [] beginning;

	private long number;

	private long lastProgress = System.nanoTime();

	Cursor(FrameLog log, long number, byte[] beginning) {
		this.log = log;
		this.number = number;
		this.beginning = beginning;
	}

	/** Returns what to write next, or {@code null} if there is nothing now. */
	byte @Nullable [] next() {
		byte[] next = this.beginning;
		if (next != null) {
			this.beginning = null;
		}
		else {
			next = this.log.after(this.number);
			this.number += (next != null) ? 1 : 0;
		}
		if (next != null) {
			this.lastProgress = System.nanoTime();
		}
		return next;
	}

	/** Tells whether frames are gone that were not read. */
	boolean isLost() {
		return !this.log.isKnown(this.number);
	}

	/** Tells for how many nanoseconds something has waited to be read, 0 if nothing. */
	long waiting() {
		boolean upToDate = this.beginning == null && this.number == this.log.lastNumber();
		return upToDate ? 0 : System.nanoTime() - this.lastProgress;
	}

}
