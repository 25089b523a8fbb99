package io.membership.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits until nothing that was measured before takes time of the processors.
 */
final class QuietMachine {

	/** The share of all processors that is idle on a machine that is quiet. */
	static final double ENOUGH = 0.9;

	/** Long enough that a process that only wakes up at times does not look busy. */
	private static final long SAMPLE_MILLIS = 1000;

	private static final int KILL_SECONDS = 10;

	private QuietMachine() {
	}

	/**
	 * Kills processes, and waits until they are gone and the processors are idle, but not
	 * for ever. The average load would not do: it falls for minutes.
	 * @param left what may be left of what was measured before
	 * @param patience how long to wait for idle processors
	 * @return the share of processor time that was idle in the last second
	 * @throws IllegalStateException if a process does not end
	 */
	static double await(List<ProcessHandle> left, Duration patience) throws IOException, InterruptedException {
		end(left);
		long deadline = System.nanoTime() + patience.toNanos();
		double idle = idleShare();
		while (idle < ENOUGH && System.nanoTime() < deadline) {
			idle = idleShare();
		}
		return idle;
	}

	private static void end(List<ProcessHandle> left) throws InterruptedException {
		left.forEach(ProcessHandle::destroyForcibly);
		for (ProcessHandle process : left) {
			try {
				process.onExit().get(KILL_SECONDS, TimeUnit.SECONDS);
			}
			catch (ExecutionException | TimeoutException ex) {
				throw new IllegalStateException("Process " + process.pid() + " does not end", ex);
			}
		}
	}

	private static double idleShare() throws IOException, InterruptedException {
		ProcFiles.Processors before = ProcFiles.processors();
		// A share is of some time
		Thread.sleep(SAMPLE_MILLIS);
		return ProcFiles.processors().idleSince(before);
	}

}
