package io.membership.test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

import io.membership.swim.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a member, which can be frozen or slow. What arrives while it does not
 * run waits in a bounded receive buffer, and is read before the timers that have become
 * due meanwhile, as the event loop of a real node does.
 */
final class Worker {

	/**
	 * How many datagrams are read before timers get their turn, as on a real node: more
	 * than a receive buffer usually holds.
	 */
	private static final int DATAGRAMS_PER_TURN = 4096;

	private final VirtualTime time;

	private final int bufferSize;

	private final Consumer<Datagram> reader;

	private final Consumer<Runnable> guard;

	private final Queue<Datagram> buffer = new ArrayDeque<>(0);

	private final Queue<Runnable> refusals = new ArrayDeque<>(0);

	private final Queue<Timer> dueTimers = new ArrayDeque<>(0);

	private int buffered;

	private boolean frozen;

	private boolean turnAwaited;

	private long costNanos;

	private long busyUntil;

	private int readInTurn;

	/**
	 * Creates a worker.
	 * @param bufferSize how many bytes of datagrams wait at most
	 * @param reader takes in a datagram
	 * @param guard runs everything that this worker does
	 */
	Worker(VirtualTime time, int bufferSize, Consumer<Datagram> reader, Consumer<Runnable> guard) {
		this.time = time;
		this.bufferSize = bufferSize;
		this.reader = reader;
		this.guard = guard;
	}

	/**
	 * Takes in a datagram, now or later.
	 * @return whether there was room for it
	 */
	boolean receive(Datagram datagram) {
		if (isFree()) {
			read(datagram);
			return true;
		}
		if (this.buffered + datagram.bytes().length > this.bufferSize) {
			return false;
		}
		this.buffer.add(datagram);
		this.buffered += datagram.bytes().length;
		awaitTurn();
		return true;
	}

	/** Takes in that a datagram was refused, which needs no room, now or later. */
	void receiveRefusal(Runnable onRefused) {
		if (isFree()) {
			run(onRefused);
			return;
		}
		this.refusals.add(onRefused);
		awaitTurn();
	}

	Cancellable schedule(long dueNanos, Runnable task) {
		Timer timer = new Timer(task);
		this.time.at(dueNanos, timer);
		return timer;
	}

	/** Does nothing any more until it is thawed. */
	void freeze() {
		this.frozen = true;
	}

	void thaw() {
		this.frozen = false;
		if (hasWork()) {
			awaitTurn();
		}
	}

	private boolean hasWork() {
		return !(this.refusals.isEmpty() && this.buffer.isEmpty() && this.dueTimers.isEmpty());
	}

	boolean isFrozen() {
		return this.frozen;
	}

	/** Sets how long each datagram and each timer takes. */
	void setCost(Duration cost) {
		this.costNanos = cost.toNanos();
	}

	boolean isSlow() {
		return this.costNanos > 0;
	}

	private boolean isFree() {
		return !this.frozen && !this.turnAwaited && this.busyUntil <= this.time.nanos();
	}

	private void awaitTurn() {
		if (!this.frozen && !this.turnAwaited) {
			this.turnAwaited = true;
			this.time.at(this.busyUntil, this::turn);
		}
	}

	private void turn() {
		this.turnAwaited = false;
		while (!this.frozen && hasWork()) {
			if (this.busyUntil > this.time.nanos()) {
				awaitTurn();
				return;
			}
			takeNext();
		}
	}

	private void takeNext() {
		Runnable refusal = this.refusals.poll();
		if (refusal != null) {
			run(refusal);
			return;
		}
		Datagram datagram = (this.readInTurn < DATAGRAMS_PER_TURN || this.dueTimers.isEmpty()) ? this.buffer.poll()
				: null;
		if (datagram != null) {
			this.readInTurn++;
			this.buffered -= datagram.bytes().length;
			read(datagram);
			return;
		}
		Timer timer = this.dueTimers.poll();
		if (timer != null) {
			runTimer(timer);
		}
		if (this.dueTimers.isEmpty()) {
			this.readInTurn = 0;
		}
	}

	private void read(Datagram datagram) {
		run(() -> this.reader.accept(datagram));
	}

	private void run(Runnable task) {
		this.busyUntil = this.time.nanos() + this.costNanos;
		this.guard.accept(task);
	}

	private void runTimer(Timer timer) {
		Runnable task = timer.task;
		if (task != null) {
			timer.task = null;
			run(task);
		}
	}

	/** Canceled ones stay in the queue, empty, until they are due. */
	private final class Timer implements Runnable, Cancellable {

		private @Nullable Runnable task;

		Timer(Runnable task) {
			this.task = task;
		}

		@Override
		public void run() {
			if (this.task == null) {
				return;
			}
			if (isFree()) {
				runTimer(this);
			}
			else {
				Worker.this.dueTimers.add(this);
				awaitTurn();
			}
		}

		@Override
		public void cancel() {
			this.task = null;
		}

	}

}
