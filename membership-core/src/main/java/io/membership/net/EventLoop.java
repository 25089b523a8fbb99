package io.membership.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.membership.swim.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * One thread that reads sockets, runs timers and takes tasks from other threads, for one
 * node or many: its {@linkplain EventLoopTenant tenants}. Sockets are read before timers
 * run, so that an answer which is already there beats the timeout that ran out while
 * nobody was listening.
 */
final class EventLoop implements AutoCloseable {

	/**
	 * How often sockets are read before timers that are due have to wait no longer, which
	 * is more than a receive buffer holds; beyond it somebody floods this node.
	 */
	private static final int MOST_READS = 16;

	private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(10);

	private final Selector selector;

	/** Where all sockets are read, one datagram after the other. */
	private final ByteBuffer buffer = ByteBuffer.allocate(UdpSocket.LARGEST_DATAGRAM);

	private final Thread thread;

	private final Set<EventLoopTenant> tenants = ConcurrentHashMap.newKeySet();

	/** The tenants for whom something was done in this turn. */
	private final List<EventLoopTenant> busy = new ArrayList<>();

	private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();

	private final PriorityQueue<Timer> timers = new PriorityQueue<>();

	private long timersCreated;

	private volatile boolean closed;

	/**
	 * Creates a loop whose thread waits for {@link #start()}.
	 * @param threadName the name of the thread
	 */
	EventLoop(String threadName) {
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.thread = new Thread(this::run, threadName);
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	/** Returns room for the largest datagram, for use on the thread. */
	ByteBuffer buffer() {
		return this.buffer;
	}

	boolean isCurrentThread() {
		return Thread.currentThread() == this.thread;
	}

	/** Runs a task, which is the last thing that happens if the loop ends meanwhile. */
	void execute(Task task) {
		if (this.closed) {
			throw new RejectedExecutionException("The event loop is closed");
		}
		this.tasks.add(task);
		if (this.closed && withdraw(task)) {
			throw new RejectedExecutionException("The event loop was closed meanwhile");
		}
		this.selector.wakeup();
	}

	/** Takes a task back, and returns whether that was possible. */
	boolean withdraw(Task task) {
		return this.tasks.remove(task);
	}

	/** Runs a task later; to be called on the thread. */
	Cancellable schedule(Duration delay, Task task) {
		Timer timer = new Timer(System.nanoTime() + delay.toNanos(), this.timersCreated++, task);
		this.timers.add(timer);
		return timer;
	}

	/**
	 * Reads a channel whenever there is something to read, which may be an error. A
	 * channel that is closed is let go at the next turn.
	 */
	void register(DatagramChannel channel, Task whenReadable) throws IOException {
		channel.register(this.selector, SelectionKey.OP_READ, whenReadable);
	}

	/** Lets go of channels that were closed. */
	void deregisterClosed() throws IOException {
		// A registered channel is really closed when the selector lets go of it
		this.selector.selectNow();
		this.selector.selectedKeys().clear();
	}

	/** Tells a tenant from now on when the selector fails. */
	void admit(EventLoopTenant tenant) {
		this.tenants.add(tenant);
	}

	/** Lets go of all timers and channels of a tenant; to be called by a task. */
	void evict(EventLoopTenant tenant) throws IOException {
		this.tenants.remove(tenant);
		this.timers.removeIf((timer) -> timer.task.tenant() == tenant);
		this.selector.keys()
			.stream()
			.filter((key) -> ((Task) key.attachment()).tenant() == tenant)
			.forEach(SelectionKey::cancel);
		deregisterClosed();
	}

	/** Ends the thread and waits for that, unless called on it. */
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
			tellAll(ex);
		}
	}

	private void tellAll(Throwable error) {
		this.tenants.forEach((tenant) -> tenant.tell(error));
	}

	private void run() {
		while (!this.closed) {
			turnGuarded();
			runTasks();
			this.busy.forEach(EventLoopTenant::endTurn);
			this.busy.clear();
		}
		runTasks();
	}

	private void turnGuarded() {
		try {
			turn();
		}
		catch (Throwable ex) {
			tellAll(ex);
			// Whatever the selector lacks, it is not there in the next instant
			LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
		}
	}

	/**
	 * A timer runs only after everything was read that arrived before it was found to be
	 * due, however long this thread stood still between any two steps.
	 */
	private void turn() throws IOException {
		long wait = this.tasks.isEmpty() ? millisToNextTimer() : -1;
		if (wait < 0) {
			this.selector.selectNow(this::read);
		}
		else {
			this.selector.select(this::read, wait);
		}
		long now = System.nanoTime();
		int reads = 0;
		while (isTimerDue(now) && reads < MOST_READS && this.selector.selectNow(this::read) > 0) {
			reads++;
		}
		runTimers(now);
	}

	private boolean isTimerDue(long now) {
		Timer next = nextTimer();
		return next != null && next.dueNanos - now <= 0;
	}

	/** Returns the timer that is due first; nobody wakes up for one that is canceled. */
	private @Nullable Timer nextTimer() {
		Timer next = this.timers.peek();
		while (next != null && next.canceled) {
			this.timers.remove();
			next = this.timers.peek();
		}
		return next;
	}

	/** Returns 0 if there is no timer and a negative number if one is due. */
	private long millisToNextTimer() {
		Timer next = nextTimer();
		if (next == null) {
			return 0;
		}
		long nanos = next.dueNanos - System.nanoTime();
		return (nanos <= 0) ? -1 : nanos / 1_000_000 + 1;
	}

	private void runTasks() {
		Task task = this.tasks.poll();
		while (task != null) {
			run(task);
			task = this.tasks.poll();
		}
	}

	private void runTimers(long now) {
		while (isTimerDue(now)) {
			run(this.timers.remove().task);
		}
	}

	private void read(SelectionKey key) {
		run((Task) key.attachment());
	}

	private void run(Task task) {
		if (task.tenant().beginInTurn()) {
			this.busy.add(task.tenant());
		}
		task.tenant().run(task.work());
	}

	/**
	 * Something to do for a tenant.
	 *
	 * @param tenant for whom
	 * @param work what to do
	 */
	record Task(EventLoopTenant tenant, Runnable work) {

	}

	/** A task that is due at some time; equal times keep their order. */
	private static final class Timer implements Cancellable, Comparable<Timer> {

		private final long dueNanos;

		private final long number;

		private final Task task;

		private boolean canceled;

		Timer(long dueNanos, long number, Task task) {
			this.dueNanos = dueNanos;
			this.number = number;
			this.task = task;
		}

		@Override
		public void cancel() {
			this.canceled = true;
		}

		@Override
		public int compareTo(Timer other) {
			long difference = this.dueNanos - other.dueNanos;
			return (difference != 0) ? Long.signum(difference) : Long.compare(this.number, other.number);
		}

	}

}
