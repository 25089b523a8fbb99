package io.membership.net;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads on which look-ups may block. There are none as long as nothing is looked up.
 */
final class LookupThreads implements Executor, AutoCloseable {

	private static final int IDLE_SECONDS = 5;

	/** How long closing waits for threads. */
	private static final Duration PATIENCE = Duration.ofMillis(200);

	private final ThreadPoolExecutor pool;

	/** The threads of the pool, and some that have ended. */
	private final Set<Thread> created = ConcurrentHashMap.newKeySet();

	private LookupThreads(String name, int core, int most, BlockingQueue<Runnable> waiting) {
		this.pool = new ThreadPoolExecutor(core, most, IDLE_SECONDS, TimeUnit.SECONDS, waiting,
				(task) -> createThread(task, name));
		this.pool.allowCoreThreadTimeOut(core > 0);
	}

	/**
	 * Creates threads for which look-ups wait.
	 * @param name the name of each
	 * @param most how many there may be
	 * @param mostWaiting how many look-ups may wait
	 */
	static LookupThreads withQueue(String name, int most, int mostWaiting) {
		return new LookupThreads(name, most, most, new LinkedBlockingQueue<>(mostWaiting));
	}

	/**
	 * Creates threads for which nothing waits: each look-up has one, or is rejected.
	 * @param name the name of each
	 * @param most how many there may be
	 */
	static LookupThreads withoutQueue(String name, int most) {
		return new LookupThreads(name, 0, most, new SynchronousQueue<>());
	}

	private Thread createThread(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		this.created.removeIf((other) -> other.getState() == Thread.State.TERMINATED);
		this.created.add(thread);
		return thread;
	}

	/**
	 * Runs a look-up.
	 * @param lookup what may block
	 * @throws RejectedExecutionException if there are too many, or the threads were
	 * closed
	 */
	@Override
	public void execute(Runnable lookup) {
		this.pool.execute(lookup);
	}

	/** Tells whether no look-up can begin any more. */
	boolean isClosed() {
		return this.pool.isShutdown();
	}

	/**
	 * Ends the threads, and waits briefly for that. One that is looking up a name cannot
	 * be interrupted, and ends when the name server answers or fails.
	 */
	@Override
	public void close() {
		this.pool.shutdownNow();
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		try {
			for (Thread thread : this.created) {
				TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
