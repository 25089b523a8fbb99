package io.membership.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.membership.swim.Cancellable;

/**
 * One thread that reads sockets, runs timers and takes tasks from other threads. Sockets
 * are read before timers run, so that an answer which is already there beats the timeout
 * that ran out while nobody was listening.
 */
public final class EventLoop implements ProtocolThread {

	/**
	 * How often sockets are read before timers that are due have to wait no longer, which
	 * is more than a receive buffer holds; beyond it somebody floods this node.
	 */
	private static final int MOST_READS = 16;

	private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(10);

	private final Selector selector;

	private final Thread thread;

	private final Runnable afterEachTurn;

	private final Consumer<Throwable> onError;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final PriorityQueue<Timer> timers = new PriorityQueue<>();

	private long timersCreated;

	private volatile boolean closed;

	/**
	 * Creates a loop whose thread waits for {@link #start()}.
	 * @param threadName the name of the thread
	 * @param afterEachTurn called on the thread after each turn
	 * @param onError called on the thread with what a task threw, which ends no more than
	 * that task
	 */
	public EventLoop(String threadName, Runnable afterEachTurn, Consumer<Throwable> onError) {
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.afterEachTurn = afterEachTurn;
		this.onError = onError;
		this.thread = new Thread(this::run, threadName);
		this.thread.setDaemon(true);
	}

	@Override
	public void start() {
		this.thread.start();
	}

	@Override
	public boolean isCurrentThread() {
		return Thread.currentThread() == this.thread;
	}

	@Override
	public void execute(Runnable task) {
		if (this.closed) {
			throw new RejectedExecutionException("The event loop is closed");
		}
		this.tasks.add(task);
		if (this.closed && this.tasks.remove(task)) {
			throw new RejectedExecutionException("The event loop was closed meanwhile");
		}
		this.selector.wakeup();
	}

	@Override
	public Cancellable schedule(Duration delay, Runnable task) {
		Timer timer = new Timer(System.nanoTime() + delay.toNanos(), this.timersCreated++, task);
		this.timers.add(timer);
		return timer;
	}

	@Override
	public void register(DatagramPort port, Runnable whenReadable) {
		try {
			register(((UdpSocket) port).channel(), whenReadable);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads a channel whenever there is something to read, which may be an error. A
	 * channel that is closed is let go at the next turn.
	 */
	void register(DatagramChannel channel, Runnable whenReadable) throws IOException {
		channel.register(this.selector, SelectionKey.OP_READ, whenReadable);
	}

	@Override
	public void close(DatagramPort port) {
		port.close();
		try {
			// A registered channel is really closed when the selector lets go of it
			this.selector.selectNow();
			this.selector.selectedKeys().clear();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public RefusalDetector createRefusalDetector() {
		return new RefusalProbes(this);
	}

	@Override
	public void close() {
		this.closed = true;
		this.selector.wakeup();
		boolean interrupted = false;
		while (this.thread.isAlive() && !isCurrentThread()) {
			try {
				this.thread.join();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		closeSelector();
	}

	private void closeSelector() {
		try {
			this.selector.close();
		}
		catch (IOException ex) {
			tell(ex);
		}
	}

	private void run() {
		while (!this.closed) {
			if (!guarded(this::turn)) {
				// Whatever the selector lacks, it is not there in the next instant
				LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
			}
			runTasks();
			guarded(this.afterEachTurn);
		}
		runTasks();
	}

	/**
	 * A timer runs only after everything was read that arrived before it was found to be
	 * due, however long this thread stood still between any two steps.
	 */
	private void turn() {
		try {
			Consumer<SelectionKey> read = (key) -> guarded((Runnable) key.attachment());
			long wait = this.tasks.isEmpty() ? millisToNextTimer() : -1;
			if (wait < 0) {
				this.selector.selectNow(read);
			}
			else {
				this.selector.select(read, wait);
			}
			long now = System.nanoTime();
			int reads = 0;
			while (isTimerDue(now) && reads < MOST_READS && this.selector.selectNow(read) > 0) {
				reads++;
			}
			runTimers(now);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean isTimerDue(long now) {
		Timer next = this.timers.peek();
		return next != null && next.dueNanos - now <= 0;
	}

	/** Returns 0 if there is no timer and a negative number if one is due. */
	private long millisToNextTimer() {
		Timer next = this.timers.peek();
		if (next == null) {
			return 0;
		}
		long nanos = next.dueNanos - System.nanoTime();
		return (nanos <= 0) ? -1 : nanos / 1_000_000 + 1;
	}

	private void runTasks() {
		Runnable task = this.tasks.poll();
		while (task != null) {
			guarded(task);
			task = this.tasks.poll();
		}
	}

	private void runTimers(long now) {
		while (isTimerDue(now)) {
			guarded(this.timers.remove());
		}
	}

	/** Returns whether a task ended normally; never throws. */
	private boolean guarded(Runnable task) {
		try {
			task.run();
			return true;
		}
		catch (Throwable ex) {
			tell(ex);
			return false;
		}
	}

	private void tell(Throwable error) {
		try {
			this.onError.accept(error);
		}
		catch (Throwable ex) {
			// Nobody is left to tell, and the thread must go on
		}
	}

	/** A task that is due at some time; equal times keep their order. */
	private static final class Timer implements Runnable, Cancellable, Comparable<Timer> {

		private final long dueNanos;

		private final long number;

		private Runnable task;

		Timer(long dueNanos, long number, Runnable task) {
			this.dueNanos = dueNanos;
			this.number = number;
			this.task = task;
		}

		@Override
		public void run() {
			this.task.run();
		}

		@Override
		public void cancel() {
			this.task = () -> {
			};
		}

		@Override
		public int compareTo(Timer other) {
			long difference = this.dueNanos - other.dueNanos;
			return (difference != 0) ? Long.signum(difference) : Long.compare(this.number, other.number);
		}

	}

}
