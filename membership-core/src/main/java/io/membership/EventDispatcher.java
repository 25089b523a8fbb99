package io.membership;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to listeners on a thread of its own, one at a time and in order. The
 * backlog is bounded: beyond it, the changes of one member are merged into one.
 * Thread-safe.
 */
final class EventDispatcher {

	private static final Logger logger = LoggerFactory.getLogger(EventDispatcher.class);

	/** How many events may wait before changes of the same member are merged. */
	static final int MAX_BACKLOG = 10_000;

	private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(10);

	private final MembershipObserver observer;

	private final Failures failures;

	private final Failures failuresOfListeners;

	private final int maxBacklog;

	private final Function<ThreadFactory, ExecutorService> threads;

	private final Object monitor = new Object();

	private final Queue<Delivery> queue = new ArrayDeque<>();

	private final Map<MemberUri, Overflow> overflow = new LinkedHashMap<>();

	private List<Subscriber> subscribers = List.of();

	private boolean delivering;

	private @Nullable ExecutorService executor;

	private @Nullable Thread thread;

	/**
	 * Creates a dispatcher without a thread.
	 * @param threads makes an executor of one thread that the factory creates
	 */
	EventDispatcher(MembershipObserver observer, Failures failures, Function<ThreadFactory, ExecutorService> threads) {
		this(observer, failures, threads, MAX_BACKLOG);
	}

	EventDispatcher(MembershipObserver observer, Failures failures, Function<ThreadFactory, ExecutorService> threads,
			int maxBacklog) {
		this.threads = threads;
		this.observer = observer;
		this.failures = failures;
		this.failuresOfListeners = new Failures(observer::listenerFailed);
		this.maxBacklog = maxBacklog;
	}

	/** Gets a thread, unless it has one. */
	void start(String threadName) {
		synchronized (this.monitor) {
			if (this.executor != null) {
				return;
			}
			this.executor = this.threads.apply((task) -> {
				Thread created = new Thread(task, threadName);
				created.setDaemon(true);
				this.thread = created;
				return created;
			});
			if (!this.delivering && backlog() > 0) {
				deliverSoon();
			}
		}
	}

	/** Delivers what is pending, then lets the thread end; see {@link Ending#await}. */
	void stop(Duration patience) {
		release().await(patience);
	}

	/**
	 * Lets the thread end when it has delivered what is pending. Events that come later
	 * wait for the next {@link #start}.
	 */
	Ending release() {
		synchronized (this.monitor) {
			ExecutorService released = this.executor;
			this.executor = null;
			if (released != null) {
				released.shutdown();
			}
			return new Ending(released, this.thread);
		}
	}

	/**
	 * Interrupts a listener that takes too long, and drops what is pending unless another
	 * thread has taken over.
	 * @return how many events are lost
	 */
	private int abandon(ExecutorService ending) {
		int lost = 0;
		synchronized (this.monitor) {
			if (this.executor == null) {
				lost = backlog();
				this.queue.clear();
				this.overflow.clear();
			}
		}
		ending.shutdownNow();
		return lost;
	}

	Subscription subscribe(MembershipListener listener, Map<MemberUri, Member> snapshot) {
		Subscriber subscriber = new Subscriber(listener, snapshot);
		synchronized (this.monitor) {
			List<Subscriber> more = new ArrayList<>(this.subscribers);
			more.add(subscriber);
			this.subscribers = List.copyOf(more);
		}
		return subscriber;
	}

	private void unsubscribe(Subscriber subscriber) {
		synchronized (this.monitor) {
			this.subscribers = this.subscribers.stream().filter((other) -> other != subscriber).toList();
		}
	}

	void publish(MembershipEvent event) {
		synchronized (this.monitor) {
			if (this.subscribers.isEmpty()) {
				return;
			}
			if (this.overflow.isEmpty() && this.queue.size() < this.maxBacklog) {
				this.queue.add(new Delivery(event, this.subscribers));
			}
			else {
				merge(event);
			}
			if (!this.delivering) {
				deliverSoon();
			}
		}
	}

	private void merge(MembershipEvent event) {
		Overflow waiting = this.overflow.get(event.member().uri());
		if (waiting == null) {
			this.overflow.put(event.member().uri(), new Overflow(new MergedChange(event), this.subscribers));
		}
		else {
			waiting.change.add(event);
			this.overflow.put(event.member().uri(), new Overflow(waiting.change, this.subscribers));
			this.observer.eventsCoalesced();
		}
	}

	int backlog() {
		synchronized (this.monitor) {
			return this.queue.size() + this.overflow.size();
		}
	}

	private void deliverSoon() {
		ExecutorService current = this.executor;
		if (current != null) {
			current.execute(() -> deliverAll(current));
			this.delivering = true;
		}
	}

	/** Whatever happens, the next event is delivered. */
	private void deliverAll(ExecutorService mine) {
		boolean isMore = true;
		while (isMore) {
			try {
				isMore = deliverNext(mine);
			}
			catch (Throwable ex) {
				this.failures.report("the delivery of events", ex);
				LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
			}
		}
	}

	private boolean deliverNext(ExecutorService mine) {
		Delivery delivery = next(mine);
		if (delivery != null) {
			delivery.run();
		}
		return delivery != null;
	}

	/** Returns what to deliver, if this thread was not replaced by another meanwhile. */
	private @Nullable Delivery next(ExecutorService mine) {
		synchronized (this.monitor) {
			if (this.executor != null && this.executor != mine) {
				deliverSoon();
				return null;
			}
			if (this.queue.isEmpty()) {
				this.overflow.values().forEach((waiting) -> this.queue.addAll(deliveries(waiting)));
				this.overflow.clear();
			}
			Delivery delivery = this.queue.poll();
			this.delivering = delivery != null;
			return delivery;
		}
	}

	private List<Delivery> deliveries(Overflow waiting) {
		return waiting.change.events().stream().map((event) -> new Delivery(event, waiting.recipients)).toList();
	}

	/** The end of a thread that was released. */
	final class Ending {

		private final @Nullable ExecutorService executor;

		private final @Nullable Thread thread;

		private Ending(@Nullable ExecutorService executor, @Nullable Thread thread) {
			this.executor = executor;
			this.thread = thread;
		}

		/**
		 * Waits until everything is delivered and the thread is gone, but not on that
		 * thread itself, and no longer than allowed; what is pending then is lost.
		 */
		void await(Duration patience) {
			if (this.executor == null || Thread.currentThread() == this.thread) {
				return;
			}
			try {
				if (!this.executor.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
					logger.warn("A listener takes longer than {}, so {} events are not delivered", patience,
							abandon(this.executor));
				}
				else if (this.thread != null) {
					TimeUnit.NANOSECONDS.timedJoin(this.thread, patience.toNanos());
				}
			}
			catch (InterruptedException ex) {
				abandon(this.executor);
				Thread.currentThread().interrupt();
			}
		}

	}

	/** Merged changes, and who was subscribed when the last of them happened. */
	private record Overflow(MergedChange change, List<Subscriber> recipients) {

	}

	/** One event and who was subscribed when it happened. */
	private final class Delivery implements Runnable {

		private final MembershipEvent event;

		private final List<Subscriber> recipients;

		Delivery(MembershipEvent event, List<Subscriber> recipients) {
			this.event = event;
			this.recipients = recipients;
		}

		@Override
		public void run() {
			for (Subscriber recipient : this.recipients) {
				try {
					recipient.receive(this.event);
				}
				catch (Throwable ex) {
					EventDispatcher.this.failuresOfListeners.report("a listener of " + this.event, ex);
				}
			}
		}

	}

	private final class Subscriber implements Subscription {

		private final MembershipListener listener;

		private final Map<MemberUri, Member> snapshot;

		private volatile boolean closed;

		Subscriber(MembershipListener listener, Map<MemberUri, Member> snapshot) {
			this.listener = listener;
			this.snapshot = snapshot;
		}

		void receive(MembershipEvent event) {
			if (!this.closed) {
				this.listener.onEvent(event);
			}
		}

		@Override
		public Map<MemberUri, Member> snapshot() {
			return this.snapshot;
		}

		@Override
		public void close() {
			this.closed = true;
			unsubscribe(this);
		}

	}

}
