package io.membership.net;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.membership.swim.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns a protocol, and maybe others as well: it reads ports, runs
 * timers and takes tasks from other threads.
 */
public interface ProtocolThread extends Executor, AutoCloseable {

	/** Starts the thread, or begins to be served by it. */
	void start();

	/**
	 * Tells whether the caller runs on this thread.
	 * @return whether it does
	 */
	boolean isCurrentThread();

	/**
	 * Runs a task on this thread.
	 * @param task the task
	 * @throws RejectedExecutionException if the thread has ended
	 */
	@Override
	void execute(Runnable task);

	/**
	 * Runs a task on this thread and waits for its result.
	 * @param <T> the type of the result
	 * @param task the task; what it throws, the caller gets
	 * @return the result
	 * @throws RejectedExecutionException if the thread has ended
	 */
	default <T extends @Nullable Object> T call(Supplier<T> task) {
		if (isCurrentThread()) {
			return task.get();
		}
		CompletableFuture<T> result = new CompletableFuture<>();
		execute(() -> {
			try {
				result.complete(task.get());
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		});
		try {
			return result.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw ex;
		}
	}

	/**
	 * Runs a task later. To be called on this thread.
	 * @param delay the time from now
	 * @param task the task
	 * @return the means to prevent it
	 */
	Cancellable schedule(Duration delay, Runnable task);

	/**
	 * Reads a port whenever there is something to read. To be called before the thread is
	 * started or on it.
	 * @param port a port of the same platform
	 * @param whenReadable reads it
	 */
	void register(DatagramPort port, Runnable whenReadable);

	/**
	 * Closes a port that this thread reads, so that it is free on return. To be called by
	 * a task on this thread.
	 * @param port the port
	 */
	void close(DatagramPort port);

	/**
	 * Creates what finds out whether hosts refuse datagrams.
	 * @return a detector that this thread watches
	 */
	RefusalDetector createRefusalDetector();

	/**
	 * Ends the thread, or whatever it does for this protocol if it serves others as well,
	 * and waits for that, unless called on it.
	 */
	@Override
	void close();

}
