package io.membership;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Errors that nobody expected: each is counted, and one of a kind logged with where it
 * happened, again at most once a minute. Thread-safe, and never an error itself, however
 * little memory is left.
 */
final class Failures {

	private static final Logger logger = LoggerFactory.getLogger(Failures.class);

	private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

	/** How many kinds are told apart; all others are one. */
	static final int MOST_KINDS = 64;

	private final Runnable counter;

	private final LongSupplier nanoTime;

	private final AtomicLong count = new AtomicLong();

	private final Map<String, Kind> kinds = new HashMap<>();

	/**
	 * Creates a log without entries.
	 * @param counter told of each failure; may fail itself
	 */
	Failures(Runnable counter) {
		this(counter, System::nanoTime);
	}

	Failures(Runnable counter, LongSupplier nanoTime) {
		this.counter = counter;
		this.nanoTime = nanoTime;
	}

	/** Returns how many there were. */
	long count() {
		return this.count.get();
	}

	/**
	 * Takes in a failure.
	 * @param where what was going on
	 * @param error what was thrown
	 */
	void report(String where, Throwable error) {
		this.count.incrementAndGet();
		quietly(this.counter);
		quietly(() -> log(where, error));
	}

	private static void quietly(Runnable step) {
		try {
			step.run();
		}
		catch (Throwable ex) {
			// There is nothing left to do, and whoever reports must go on
		}
	}

	private void log(String where, Throwable error) {
		Long more = kind(error).next(this.nanoTime.getAsLong());
		if (more != null) {
			logger.error("Unexpected error in {}{}", where,
					(more > 0) ? ", and " + more + " like it in the last minute or more" : "", error);
		}
	}

	private Kind kind(Throwable error) {
		StackTraceElement[] trace = error.getStackTrace();
		// Where the stack or the memory ran out says nothing
		boolean isPlaceKnown = trace.length > 0 && !(error instanceof VirtualMachineError);
		String name = error.getClass().getName() + (isPlaceKnown ? trace[0].toString() : "");
		synchronized (this.kinds) {
			boolean isOneOfMany = this.kinds.size() >= MOST_KINDS && !this.kinds.containsKey(name);
			return this.kinds.computeIfAbsent(isOneOfMany ? "" : name, (key) -> new Kind());
		}
	}

	/** Errors of the same class that are thrown at the same place. */
	private static final class Kind {

		private @Nullable Long loggedNanos;

		private long unlogged;

		/**
		 * Returns how many were not logged, or {@code null} if this one is not either.
		 */
		synchronized @Nullable Long next(long nowNanos) {
			if (this.loggedNanos != null && nowNanos - this.loggedNanos < PAUSE) {
				this.unlogged++;
				return null;
			}
			long more = this.unlogged;
			this.loggedNanos = nowNanos;
			this.unlogged = 0;
			return more;
		}

	}

}
