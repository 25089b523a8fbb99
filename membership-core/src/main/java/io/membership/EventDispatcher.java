package io.membership;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

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

	private final MembershipObserver observer;

	private final Object monitor = new Object();

	private final Queue<Delivery> queue = new ArrayDeque<>();

	private final Map<MemberUri, MergedChange> overflow = new LinkedHashMap<>();

	private List<Subscriber> subscribers = List.of();

	private boolean delivering;

	private @Nullable ExecutorService executor;

	private volatile @Nullable Thread thread;

	EventDispatcher(MembershipObserver observer) {
		this.observer = observer;
	}

	/** Gets a thread, unless it has one. */
	void start(String threadName) {
		synchronized (this.monitor) {
			if (this.executor != null) {
				return;
			}
			this.executor = Executors.newSingleThreadExecutor((task) -> {
				Thread created = new Thread(task, threadName);
				created.setDaemon(true);
				this.thread = created;
				return created;
			});
			if (!this.queue.isEmpty()) {
				deliverSoon();
			}
		}
	}

	/**
	 * Delivers what is pending, then lets the thread end. Does not wait on the thread
	 * itself, and no longer than allowed.
	 */
	void stop(Duration patience) {
		ExecutorService stopping;
		synchronized (this.monitor) {
			stopping = this.executor;
			this.executor = null;
		}
		if (stopping == null) {
			return;
		}
		stopping.shutdown();
		if (Thread.currentThread() == this.thread) {
			return;
		}
		try {
			if (!stopping.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
				logger.warn("A listener takes longer than {}, so {} events are not delivered", patience, backlog());
				stopping.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			stopping.shutdownNow();
			Thread.currentThread().interrupt();
		}
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
			if (this.overflow.isEmpty() && this.queue.size() < MAX_BACKLOG) {
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
		MergedChange change = this.overflow.get(event.member().uri());
		if (change == null) {
			this.overflow.put(event.member().uri(), new MergedChange(event));
		}
		else {
			change.add(event);
			this.observer.eventsCoalesced();
		}
	}

	int backlog() {
		synchronized (this.monitor) {
			return this.queue.size() + this.overflow.size();
		}
	}

	private void deliverSoon() {
		if (this.executor != null) {
			this.delivering = true;
			this.executor.execute(this::deliverAll);
		}
	}

	private void deliverAll() {
		Delivery delivery = next();
		while (delivery != null) {
			delivery.run();
			delivery = Thread.currentThread().isInterrupted() ? giveUp() : next();
		}
	}

	private @Nullable Delivery next() {
		synchronized (this.monitor) {
			if (this.queue.isEmpty()) {
				for (MergedChange change : this.overflow.values()) {
					change.events().forEach((event) -> this.queue.add(new Delivery(event, this.subscribers)));
				}
				this.overflow.clear();
			}
			Delivery delivery = this.queue.poll();
			this.delivering = delivery != null;
			return delivery;
		}
	}

	private @Nullable Delivery giveUp() {
		synchronized (this.monitor) {
			this.delivering = false;
			return null;
		}
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
					EventDispatcher.this.observer.listenerFailed();
					logger.error("A listener failed with {}", this.event, ex);
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
