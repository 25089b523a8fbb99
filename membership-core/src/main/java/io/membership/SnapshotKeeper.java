package io.membership;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the snapshots of a node, if it has a file for them: written when something
 * changed and not too often, and at the end of each run. On a thread of its own, because
 * a disk may take seconds: neither the protocol nor listeners shall wait for it, nor it
 * for slow listeners. Guarded by the lock of the facade.
 */
final class SnapshotKeeper {

	private static final Logger logger = LoggerFactory.getLogger(SnapshotKeeper.class);

	/** How soon a change is noticed. */
	private static final Duration CHECK = Duration.ofMillis(500);

	/** The pause between writes, of which failed ones count too. */
	private static final Duration PAUSE = Duration.ofSeconds(3);

	/** How long the end waits for a slow disk. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final @Nullable SnapshotFile file;

	private final Failures failures;

	private final Duration check;

	private final Duration pause;

	private @Nullable Run run;

	SnapshotKeeper(@Nullable Path file, Failures failures) {
		this(file, failures, CHECK, PAUSE);
	}

	SnapshotKeeper(@Nullable Path file, Failures failures, Duration check, Duration pause) {
		this.file = (file != null) ? new SnapshotFile(file) : null;
		this.failures = failures;
		this.check = check;
		this.pause = pause;
	}

	/** Returns the snapshot of an earlier process, or {@code null} if there is none. */
	@Nullable Snapshot read() {
		return (this.file != null) ? this.file.read() : null;
	}

	/** Begins a run, of which any thread may take the current snapshot. */
	void start(String threadName, Supplier<Snapshot> current) {
		if (this.file != null) {
			this.run = new Run(this.file, threadName, current);
			this.run.begin();
		}
	}

	/**
	 * Begins the end of a run: nothing is written any more but the last snapshot.
	 * @param last the last one, or {@code null} for none
	 */
	void release(@Nullable Snapshot last) {
		if (this.run != null) {
			this.run.last = last;
			this.run.ended.countDown();
		}
	}

	/** Waits until the last snapshot is written, but not for ever. */
	void await() {
		if (this.run != null) {
			this.run.await();
			this.run = null;
		}
	}

	/** A run and its thread. */
	private final class Run {

		private final SnapshotFile file;

		private final Supplier<Snapshot> current;

		private final Thread thread;

		private final CountDownLatch ended = new CountDownLatch(1);

		private @Nullable Snapshot written;

		private volatile @Nullable Snapshot last;

		Run(SnapshotFile file, String threadName, Supplier<Snapshot> current) {
			this.file = file;
			this.current = current;
			this.thread = new Thread(this::keep, threadName);
			this.thread.setDaemon(true);
		}

		void begin() {
			this.thread.start();
		}

		private void keep() {
			try {
				while (!this.ended.await(SnapshotKeeper.this.check.toNanos(), TimeUnit.NANOSECONDS)) {
					if (isWritten(this.current)) {
						this.ended.await(SnapshotKeeper.this.pause.toNanos(), TimeUnit.NANOSECONDS);
					}
				}
				Snapshot toTheEnd = this.last;
				if (toTheEnd != null) {
					isWritten(() -> toTheEnd);
				}
			}
			catch (InterruptedException ex) {
				logger.debug("Nobody waits for the last snapshot any more", ex);
			}
		}

		/** Returns whether there was something to write, or a failure to recover from. */
		private boolean isWritten(Supplier<Snapshot> snapshot) {
			try {
				return write(snapshot.get());
			}
			catch (Throwable ex) {
				SnapshotKeeper.this.failures.report("the keeping of the snapshot", ex);
				return true;
			}
		}

		/** Returns whether there was something to write. */
		private boolean write(Snapshot snapshot) {
			if (snapshot.equals(this.written)) {
				return false;
			}
			if (this.file.write(snapshot)) {
				this.written = snapshot;
			}
			return true;
		}

		void await() {
			try {
				TimeUnit.NANOSECONDS.timedJoin(this.thread, PATIENCE.toNanos());
				if (this.thread.isAlive()) {
					logger.warn("snapshot file={} is not written within {}", this.file, PATIENCE);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.thread.interrupt();
		}

	}

}
