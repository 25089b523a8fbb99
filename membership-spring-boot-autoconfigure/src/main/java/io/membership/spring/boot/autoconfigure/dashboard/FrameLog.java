package io.membership.spring.boot.autoconfigure.dashboard;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * The last frames that were sent to all pages, numbered from 1. A page is a position in
 * this log: it goes on where it stopped, be it slow or connected anew, and has to begin
 * anew when the log has forgotten that place. So all pages together cost as much memory
 * as this log, however slow they are. Thread-safe.
 */
final class FrameLog {

	private final int maxFrames;

	private final int maxBytes;

	private final Deque<byte[]> frames = new ArrayDeque<>();

	private long lastNumber;

	private int bytes;

	FrameLog(int maxFrames, int maxBytes) {
		this.maxFrames = maxFrames;
		this.maxBytes = maxBytes;
	}

	/** Adds a frame, and forgets old ones to make room; the last one always stays. */
	synchronized void append(byte[] frame) {
		this.frames.addLast(frame);
		this.bytes += frame.length;
		this.lastNumber++;
		while (this.frames.size() > 1 && (this.frames.size() > this.maxFrames || this.bytes > this.maxBytes)) {
			this.bytes -= this.frames.removeFirst().length;
		}
	}

	/** Returns the number of the last frame, 0 if there was none. */
	synchronized long lastNumber() {
		return this.lastNumber;
	}

	/** Tells whether a page that has all frames up to a number can go on from there. */
	synchronized boolean isKnown(long number) {
		return number <= this.lastNumber && number >= this.lastNumber - this.frames.size();
	}

	/**
	 * Returns the frame after a number that {@linkplain #isKnown is known}.
	 * @return the frame, or {@code null} if there is none yet or none any more
	 */
	synchronized byte @Nullable [] after(long number) {
		if (!isKnown(number) || number == this.lastNumber) {
			return null;
		}
		long skipped = number - (this.lastNumber - this.frames.size());
		return this.frames.stream().skip(skipped).findFirst().orElse(null);
	}

}
