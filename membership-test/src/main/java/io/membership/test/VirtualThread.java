package io.membership.test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.membership.net.DatagramPort;
import io.membership.net.ProtocolThread;
import io.membership.net.RefusalDetector;
import io.membership.swim.Cancellable;

/**
 * The thread of one node on a {@link VirtualNetwork}: whoever lets time pass, or wishes
 * something of the node, becomes it for as long as that takes. Guarded by the lock of the
 * network.
 */
final class VirtualThread implements ProtocolThread {

	private final VirtualNetwork network;

	private final VirtualHost host;

	private final Runnable afterEachTurn;

	private final Consumer<Throwable> onError;

	private final List<Runnable> readers = new ArrayList<>();

	private final Queue<Runnable> late = new ArrayDeque<>();

	private volatile boolean ended;

	VirtualThread(VirtualNetwork network, VirtualHost host, Runnable afterEachTurn, Consumer<Throwable> onError) {
		this.network = network;
		this.host = host;
		this.afterEachTurn = afterEachTurn;
		this.onError = onError;
	}

	@Override
	public void start() {
		// Whoever lets time pass is this thread
	}

	@Override
	public boolean isCurrentThread() {
		return this.network.current() == this;
	}

	/** Runs it now, but what a node does already is done first. */
	@Override
	public void execute(Runnable task) {
		if (this.ended) {
			throw new RejectedExecutionException("The node has ended");
		}
		this.network.locked(() -> {
			if (this.network.current() != null) {
				this.network.after(0, () -> turn(task));
			}
			else {
				turn(task);
			}
			return true;
		});
	}

	@Override
	public Cancellable schedule(Duration delay, Runnable task) {
		Timer timer = new Timer(task);
		this.network.locked(() -> {
			this.network.after(Math.max(0, delay.toNanos()), () -> turnUnlessFrozen(timer));
			return true;
		});
		return timer;
	}

	/** What arrives meanwhile is read first, as on a real host. */
	private void turnUnlessFrozen(Runnable task) {
		if (this.host.isFrozen()) {
			this.late.add(task);
		}
		else {
			turn(task);
		}
	}

	/** Does what it missed, first of all the reading. */
	void catchUp() {
		this.readers.forEach(this::turn);
		for (Runnable task = this.late.poll(); task != null; task = this.late.poll()) {
			turn(task);
		}
	}

	private void turn(Runnable task) {
		if (this.ended) {
			return;
		}
		VirtualThread before = this.network.current();
		this.network.become(this);
		try {
			guarded(task);
			guarded(this.afterEachTurn);
		}
		finally {
			this.network.become(before);
		}
	}

	/** Whatever a task throws, the node goes on. */
	private void guarded(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			this.onError.accept(ex);
		}
	}

	@Override
	public void register(DatagramPort port, Runnable whenReadable) {
		this.network.locked(() -> {
			this.readers.add(whenReadable);
			((VirtualPort) port).listen(() -> {
				if (!this.host.isFrozen()) {
					turn(whenReadable);
				}
			});
			return true;
		});
	}

	@Override
	public void close(DatagramPort port) {
		port.close();
	}

	@Override
	public RefusalDetector createRefusalDetector() {
		return new VirtualRefusalDetector(this.network, this::turnUnlessFrozen);
	}

	@Override
	public void close() {
		this.network.locked(() -> {
			this.ended = true;
			this.host.ended(this);
			return true;
		});
	}

	private static final class Timer implements Runnable, Cancellable {

		private Runnable task;

		Timer(Runnable task) {
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

	}

}
