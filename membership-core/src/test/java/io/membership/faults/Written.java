package io.membership.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import io.membership.MemberUri;

/**
 * What nodes write besides what they see: their logs, and answers to commands.
 * Thread-safe.
 */
final class Written {

	private final List<Line> lines = new ArrayList<>();

	synchronized void add(MemberUri node, String text) {
		System.out.println(node + ": " + text);
		this.lines.add(new Line(node, text));
		notifyAll();
	}

	/** Returns what a node wrote that holds some text. */
	synchronized List<String> of(MemberUri node, String part) {
		return this.lines.stream().filter(isFrom(node, part)).map(Line::text).toList();
	}

	/** Forgets everything. */
	synchronized void clear() {
		this.lines.clear();
	}

	/** Waits until a node has written something, and returns the first of it. */
	synchronized String await(MemberUri node, String part, Duration patience)
			throws InterruptedException, TimeoutException {
		long deadline = System.nanoTime() + patience.toNanos();
		while (this.lines.stream().noneMatch(isFrom(node, part))) {
			long millis = (deadline - System.nanoTime()) / 1_000_000;
			if (millis <= 0) {
				throw new TimeoutException(node + " did not write '" + part + "' within " + patience);
			}
			wait(millis);
		}
		return of(node, part).get(0);
	}

	private static Predicate<Line> isFrom(MemberUri node, String part) {
		return (line) -> line.node.equals(node) && line.text.contains(part);
	}

	/** A line of text, and who wrote it. */
	private record Line(MemberUri node, String text) {

	}

}
