package io.membership.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.membership.swim.Cancellable;

/**
 * What one node has of an event loop, alone or with others: its sockets, timers and tasks
 * run on the loop's thread, and what goes wrong with them concerns no other node.
 */
final class EventLoopTenant implements ProtocolThread {

	private final EventLoop loop;

	private final boolean isAlone;

	private final Runnable afterEachTurn;

	private final Consumer<Throwable> onError;

	/** What was to be done before the start. */
	private final List<EventLoop.Task> early = new ArrayList<>();

	private volatile boolean started;

	private volatile boolean closed;

	/** Whether something was done in the current turn of the loop. */
	private boolean inTurn;

	private EventLoopTenant(EventLoop loop, boolean isAlone, Runnable afterEachTurn, Consumer<Throwable> onError) {
		this.loop = loop;
		this.isAlone = isAlone;
		this.afterEachTurn = afterEachTurn;
		this.onError = onError;
	}

	/**
	 * Creates a tenant with a loop of its own, which starts and ends with it.
	 * @param threadName the name of the thread
	 * @param afterEachTurn called on the thread after each turn in which something was
	 * done
	 * @param onError called on the thread with what a task threw, which ends no more than
	 * that task
	 */
	static EventLoopTenant alone(String threadName, Runnable afterEachTurn, Consumer<Throwable> onError) {
		return new EventLoopTenant(new EventLoop(threadName), true, afterEachTurn, onError);
	}

	/** Creates a tenant of a loop that runs already; see {@link #alone}. */
	static EventLoopTenant of(EventLoop loop, Runnable afterEachTurn, Consumer<Throwable> onError) {
		return new EventLoopTenant(loop, false, afterEachTurn, onError);
	}

	@Override
	public void start() {
		this.loop.admit(this);
		if (this.isAlone) {
			this.loop.start();
		}
		synchronized (this.early) {
			this.early.forEach(this.loop::execute);
			this.early.clear();
			this.started = true;
		}
	}

	@Override
	public boolean isCurrentThread() {
		return this.loop.isCurrentThread();
	}

	@Override
	public void execute(Runnable work) {
		EventLoop.Task task = new EventLoop.Task(this, work);
		if (this.closed) {
			throw new RejectedExecutionException("This node is closed");
		}
		if (isEarly(task)) {
			return;
		}
		this.loop.execute(task);
		if (this.closed && this.loop.withdraw(task)) {
			throw new RejectedExecutionException("This node was closed meanwhile");
		}
	}

	private boolean isEarly(EventLoop.Task task) {
		if (this.started) {
			return false;
		}
		synchronized (this.early) {
			return !this.started && this.early.add(task);
		}
	}

	@Override
	public Cancellable schedule(Duration delay, Runnable work) {
		return this.loop.schedule(delay, new EventLoop.Task(this, work));
	}

	@Override
	public void register(DatagramPort port, Runnable whenReadable) {
		UdpSocket socket = (UdpSocket) port;
		socket.readInto(this.loop.buffer());
		DatagramChannel channel = socket.channel();
		if (isCurrentThread()) {
			register(channel, whenReadable);
		}
		else {
			execute(() -> register(channel, whenReadable));
		}
	}

	/** Reads a channel; to be called on the thread. */
	void register(DatagramChannel channel, Runnable whenReadable) {
		try {
			this.loop.register(channel, new EventLoop.Task(this, whenReadable));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close(DatagramPort port) {
		port.close();
		try {
			this.loop.deregisterClosed();
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
		boolean wasClosed = this.closed;
		this.closed = true;
		if (this.isAlone) {
			this.loop.close();
		}
		else if (this.started && !wasClosed) {
			moveOut();
		}
	}

	/** After this nothing of the node is left on the loop, which goes on. */
	private void moveOut() {
		CompletableFuture<Void> gone = new CompletableFuture<>();
		try {
			this.loop.execute(new EventLoop.Task(this, () -> {
				try {
					this.loop.evict(this);
				}
				catch (IOException ex) {
					tell(ex);
				}
				finally {
					gone.complete(null);
				}
			}));
		}
		catch (RejectedExecutionException ex) {
			// The loop itself has ended, and everything on it
			return;
		}
		if (!isCurrentThread()) {
			gone.join();
		}
	}

	// For the loop

	/** Returns whether this is the first thing that is done in this turn. */
	boolean beginInTurn() {
		boolean first = !this.inTurn;
		this.inTurn = true;
		return first;
	}

	void endTurn() {
		this.inTurn = false;
		run(this.afterEachTurn);
	}

	/** Does something; never throws. */
	void run(Runnable work) {
		try {
			work.run();
		}
		catch (Throwable ex) {
			tell(ex);
		}
	}

	void tell(Throwable error) {
		try {
			this.onError.accept(error);
		}
		catch (Throwable ex) {
			// Nobody is left to tell, and the thread must go on
		}
	}

}
