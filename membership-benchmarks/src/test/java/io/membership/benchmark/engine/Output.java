package io.membership.benchmark.engine;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * Lines for whoever started this process. They are written a few at a time: a call of the
 * system for each would make nodes slow that learn of a thousand others at once. Nothing
 * runs while there are none, because that would count as time of the nodes. Thread-safe.
 */
final class Output {

	/** What a line waits for at most: it says itself of when it is. */
	private static final long MILLIS = 10;

	private final PrintStream stream;

	private final StringBuilder lines = new StringBuilder();

	Output(PrintStream stream) {
		this.stream = stream;
	}

	/** Returns an output that writes what there is after a few milliseconds. */
	static Output start(PrintStream stream) {
		Output output = new Output(stream);
		Thread writer = new Thread(output::write, "output");
		writer.setDaemon(true);
		writer.start();
		return output;
	}

	private void write() {
		try {
			while (true) {
				await();
				TimeUnit.MILLISECONDS.sleep(MILLIS);
				flush();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private synchronized void await() throws InterruptedException {
		while (this.lines.isEmpty()) {
			wait();
		}
	}

	/** Writes a line, soon. */
	synchronized void line(String line) {
		this.lines.append(line).append('\n');
		notifyAll();
	}

	/** Writes what one node sees of another. */
	synchronized void sight(int observer, Sight sight, int subject, String value) {
		this.lines.append(Witness.MARK).append(' ').append(System.nanoTime());
		this.lines.append(' ').append(observer).append(' ').append(sight).append(' ').append(subject);
		if (!value.isEmpty()) {
			this.lines.append(' ').append(value);
		}
		this.lines.append('\n');
		notifyAll();
	}

	/** Writes what there is now. */
	void flush() {
		String taken = take();
		if (!taken.isEmpty()) {
			this.stream.print(taken);
			this.stream.flush();
		}
	}

	private synchronized String take() {
		String taken = this.lines.toString();
		this.lines.setLength(0);
		return taken;
	}

}
