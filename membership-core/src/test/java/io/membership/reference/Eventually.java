package io.membership.reference;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Waits for something to become true, as the reference's {@code retrying} does: tries
 * again and again until an assertion holds or the time is up.
 */
final class Eventually {

	/**
	 * The reference allows 5 s, of which the slowest case needs 3.6 s on a quiet machine.
	 * Here all nodes share one process with each other and the machine with other builds,
	 * so that a node may not get to run for a while.
	 */
	static final Duration PATIENCE = Duration.ofSeconds(10);

	/** Shorter than the reference's 0.1 s, because here asking costs nothing. */
	private static final long PAUSE_MILLIS = 20;

	private Eventually() {
	}

	/** Waits until an assertion holds. */
	static void eventually(ThrowingCallable assertion) {
		eventually(PATIENCE, assertion);
	}

	/** Waits until an assertion holds, with a patience of its own. */
	static void eventually(Duration patience, ThrowingCallable assertion) {
		long deadline = System.nanoTime() + patience.toNanos();
		while (true) {
			try {
				assertion.call();
				return;
			}
			catch (AssertionError ex) {
				if (deadline - System.nanoTime() <= 0) {
					throw ex;
				}
			}
			catch (Throwable ex) {
				throw new AssertionError("Cannot tell whether it holds", ex);
			}
			pause();
		}
	}

	private static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting", ex);
		}
	}

}
