package io.membership;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;

import io.membership.Evidence.Cause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How events reach listeners.
 */
@Timeout(20)
class EventDispatcherTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Evidence EVIDENCE = Evidence.own(Cause.REQUESTED);

	private final AtomicInteger failures = new AtomicInteger();

	private volatile boolean counterFails;

	private final AtomicInteger coalesced = new AtomicInteger();

	private final EventDispatcher dispatcher = new EventDispatcher(new MembershipObserver() {

		@Override
		public void listenerFailed() {
			EventDispatcherTests.this.failures.incrementAndGet();
			if (EventDispatcherTests.this.counterFails) {
				throw new OutOfMemoryError("on purpose");
			}
		}

		@Override
		public void eventsCoalesced() {
			EventDispatcherTests.this.coalesced.incrementAndGet();
		}

	}, new Failures(() -> {
	}), Executors::newSingleThreadExecutor, 10);

	private final BlockingQueue<MembershipEvent> received = new LinkedBlockingQueue<>();

	@AfterEach
	void stop() {
		this.dispatcher.stop(PATIENCE);
	}

	@Nested
	class Events {

		@Test
		void arriveInOrderExactlyOnce() {
			subscribe();
			start();
			publish(1, 5);
			stop();
			assertThat(incarnations()).containsExactly(1L, 2L, 3L, 4L, 5L);
		}

		@Test
		void reachEveryListener() {
			List<MembershipEvent> others = new CopyOnWriteArrayList<>();
			subscribe();
			EventDispatcherTests.this.dispatcher.subscribe(others::add, Map.of());
			start();
			publish(1, 3);
			stop();
			assertThat(others).hasSize(3).containsExactlyElementsOf(EventDispatcherTests.this.received);
		}

		@Test
		void arriveOnAThreadOfTheGivenName() {
			AtomicReference<String> name = new AtomicReference<>();
			EventDispatcherTests.this.dispatcher.subscribe((event) -> name.set(Thread.currentThread().getName()),
					Map.of());
			start();
			publish(1, 1);
			stop();
			assertThat(name).hasValue("events");
		}

		@Test
		void thatNobodyWantsAreNotKept() {
			publish(1, 5);
			assertThat(EventDispatcherTests.this.dispatcher.backlog()).isZero();
		}

		@Test
		void beforeTheStartWaitForIt() {
			subscribe();
			publish(1, 3);
			start();
			stop();
			assertThat(incarnations()).containsExactly(1L, 2L, 3L);
		}

		@Test
		void ofAListenerThatThrowsReachTheOthers() {
			EventDispatcherTests.this.dispatcher.subscribe((event) -> {
				throw new IllegalStateException("on purpose");
			}, Map.of());
			subscribe();
			start();
			publish(1, 3);
			stop();
			assertThat(incarnations()).containsExactly(1L, 2L, 3L);
		}

		@Test
		void ofAListenerThatThrowsAnErrorGoOn() {
			EventDispatcherTests.this.dispatcher.subscribe((event) -> {
				throw new AssertionError("on purpose");
			}, Map.of());
			start();
			publish(1, 3);
			stop();
			assertThat(EventDispatcherTests.this.failures).hasValue(3);
		}

		@Test
		void ofAListenerThatThrowsGoOnEvenIfNobodyCanCountThat() {
			EventDispatcherTests.this.counterFails = true;
			EventDispatcherTests.this.dispatcher.subscribe((event) -> {
				throw new StackOverflowError("on purpose");
			}, Map.of());
			subscribe();
			start();
			publish(1, 3);
			stop();
			assertThat(incarnations()).containsExactly(1L, 2L, 3L);
		}

		@Test
		void areNotHeldUpByAListenerThatLeavesAnInterrupt() {
			EventDispatcherTests.this.dispatcher.subscribe((event) -> Thread.currentThread().interrupt(), Map.of());
			subscribe();
			start();
			publish(1, 5);
			stop();
			assertThat(incarnations()).containsExactly(1L, 2L, 3L, 4L, 5L);
		}

	}

	@Nested
	class ASubscription {

		@Test
		void holdsTheViewFromWhichItGoesOn() {
			Map<MemberUri, Member> snapshot = Map.of(uri(1), member(1, 7));
			assertThat(EventDispatcherTests.this.dispatcher.subscribe((event) -> {
			}, snapshot).snapshot()).isEqualTo(snapshot);
		}

		@Test
		void bringsNothingThatHappenedBefore() throws InterruptedException {
			BlockedListener blocked = new BlockedListener();
			EventDispatcherTests.this.dispatcher.subscribe(blocked, Map.of());
			start();
			publish(1, 5);
			blocked.awaitEvent();
			subscribe();
			publish(6, 7);
			blocked.release();
			stop();
			assertThat(incarnations()).containsExactly(6L, 7L);
		}

		@Test
		void bringsNothingThatHappenedBeforeEvenIfItWasMerged() throws InterruptedException {
			BlockedListener blocked = new BlockedListener();
			EventDispatcherTests.this.dispatcher.subscribe(blocked, Map.of());
			start();
			publish(1, 50);
			blocked.awaitEvent();
			subscribe();
			blocked.release();
			stop();
			assertThat(incarnations()).isEmpty();
		}

		@Test
		void thatIsClosedBringsNothingMore() throws InterruptedException {
			Subscription subscription = subscribe();
			BlockedListener blocked = new BlockedListener();
			EventDispatcherTests.this.dispatcher.subscribe(blocked, Map.of());
			start();
			publish(1, 5);
			blocked.awaitEvent();
			subscription.close();
			blocked.release();
			stop();
			assertThat(incarnations()).containsExactly(1L);
		}

		@Test
		void mayBeClosedByItsListener() {
			AtomicReference<Subscription> subscription = new AtomicReference<>();
			AtomicInteger calls = new AtomicInteger();
			subscription.set(EventDispatcherTests.this.dispatcher.subscribe((event) -> {
				calls.incrementAndGet();
				subscription.get().close();
			}, Map.of()));
			start();
			publish(1, 5);
			stop();
			assertThat(calls).hasValue(1);
		}

		@Test
		void mayBeClosedTwice() {
			Subscription subscription = subscribe();
			subscription.close();
			subscription.close();
			publish(1, 1);
			assertThat(EventDispatcherTests.this.dispatcher.backlog()).isZero();
		}

		@Test
		void mayBeMadeByAListener() {
			AtomicInteger calls = new AtomicInteger();
			EventDispatcherTests.this.dispatcher.subscribe((event) -> {
				if (event.member().incarnation() == 1) {
					EventDispatcherTests.this.dispatcher.subscribe((later) -> calls.incrementAndGet(), Map.of());
					publish(2, 2);
				}
			}, Map.of());
			start();
			publish(1, 1);
			stop();
			assertThat(calls).hasValue(1);
		}

	}

	@Nested
	class ASlowListener {

		private final BlockedListener blocked = new BlockedListener();

		@Test
		void holdsUpNobodyWhoPublishes() throws InterruptedException {
			block();
			publish(2, 100);
			assertThat(EventDispatcherTests.this.dispatcher.backlog()).isEqualTo(11);
			this.blocked.release();
		}

		@Test
		void receivesEverythingUpToTheBound() throws InterruptedException {
			block();
			publish(2, 11);
			this.blocked.release();
			stop();
			assertThat(this.blocked.incarnations())
				.containsExactlyElementsOf(LongStream.rangeClosed(1, 11).boxed().toList());
		}

		@Test
		void receivesTheLastChangeInsteadOfAllBeyondTheBound() throws InterruptedException {
			block();
			publish(2, 100);
			this.blocked.release();
			stop();
			assertThat(this.blocked.incarnations()).hasSize(12).endsWith(11L, 100L);
		}

		@Test
		void isToldWhichIncarnationCameBeforeTheMergedOnes() throws InterruptedException {
			block();
			publish(2, 100);
			this.blocked.release();
			stop();
			assertThat(this.blocked.events).last().isEqualTo(event(1, 100, 11));
		}

		@Test
		void isSparedOneEventForEveryMerger() throws InterruptedException {
			block();
			publish(2, 100);
			assertThat(EventDispatcherTests.this.coalesced).hasValue(88);
			this.blocked.release();
		}

		@Test
		void receivesMergedChangesMemberByMemberInOrder() throws InterruptedException {
			block();
			publish(2, 11);
			for (int incarnation = 1; incarnation < 10; incarnation++) {
				for (int member = 5; member > 0; member--) {
					EventDispatcherTests.this.dispatcher.publish(event(member, incarnation, incarnation - 1));
				}
			}
			this.blocked.release();
			stop();
			assertThat(this.blocked.events.subList(11, this.blocked.events.size()))
				.extracting((event) -> event.member().uri())
				.containsExactly(uri(5), uri(4), uri(3), uri(2), uri(1));
		}

		@Test
		void receivesNothingNewerBeforeWhatWasMerged() throws InterruptedException {
			block();
			publish(2, 100);
			EventDispatcherTests.this.dispatcher.publish(event(2, 1, 0));
			this.blocked.release();
			stop();
			assertThat(this.blocked.events.subList(11, 13)).extracting((event) -> event.member().uri())
				.containsExactly(uri(1), uri(2));
		}

		private void block() throws InterruptedException {
			EventDispatcherTests.this.dispatcher.subscribe(this.blocked, Map.of());
			start();
			publish(1, 1);
			this.blocked.awaitEvent();
		}

	}

	@Nested
	class TheEnd {

		@Test
		void bringsEverythingThatWaits() throws InterruptedException {
			BlockedListener blocked = new BlockedListener();
			EventDispatcherTests.this.dispatcher.subscribe(blocked, Map.of());
			start();
			publish(1, 8);
			blocked.awaitEvent();
			blocked.release();
			stop();
			assertThat(blocked.incarnations()).hasSize(8);
		}

		@Test
		void leavesNoThread() {
			subscribe();
			AtomicReference<Thread> thread = new AtomicReference<>();
			EventDispatcherTests.this.dispatcher.subscribe((event) -> thread.set(Thread.currentThread()), Map.of());
			start();
			publish(1, 1);
			stop();
			assertThat(thread.get().isAlive()).isFalse();
		}

		@Test
		void withoutABeginningDoesNothing() {
			stop();
			assertThat(EventDispatcherTests.this.dispatcher.backlog()).isZero();
		}

		@Test
		void doesNotWaitLongerThanAllowed() throws InterruptedException {
			BlockedListener blocked = new BlockedListener();
			EventDispatcherTests.this.dispatcher.subscribe(blocked, Map.of());
			start();
			publish(1, 5);
			blocked.awaitEvent();
			EventDispatcherTests.this.dispatcher.stop(Duration.ofMillis(1));
			assertThat(EventDispatcherTests.this.dispatcher.backlog()).isZero();
			blocked.release();
		}

		@Test
		void bringsNothingMoreToAListenerThatTookTooLong() throws InterruptedException {
			BlockedListener blocked = new BlockedListener();
			EventDispatcherTests.this.dispatcher.subscribe(blocked, Map.of());
			start();
			publish(1, 5);
			blocked.awaitEvent();
			EventDispatcherTests.this.dispatcher.stop(Duration.ofMillis(1));
			blocked.release();
			blocked.thread.join();
			assertThat(blocked.incarnations()).containsExactly(1L);
		}

		@Test
		void mayBeBroughtAboutByAListener() throws InterruptedException {
			CountDownLatch stopped = new CountDownLatch(1);
			subscribe();
			EventDispatcherTests.this.dispatcher.subscribe((event) -> {
				if (event.member().incarnation() == 1) {
					stop();
					stopped.countDown();
				}
			}, Map.of());
			start();
			publish(1, 5);
			assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
		}

	}

	@Nested
	class ANewBeginning {

		@Test
		void bringsEventsAgain() {
			subscribe();
			start();
			publish(1, 3);
			stop();
			start();
			publish(4, 6);
			stop();
			assertThat(incarnations()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
		}

		@Test
		void whileItRunsDoesNothing() {
			subscribe();
			start();
			start();
			publish(1, 3);
			stop();
			assertThat(incarnations()).containsExactly(1L, 2L, 3L);
		}

		@Test
		void beforeTheOldThreadIsAbandonedLosesNothing() throws InterruptedException {
			BlockedListener blocked = new BlockedListener();
			EventDispatcherTests.this.dispatcher.subscribe(blocked, Map.of());
			start();
			publish(1, 3);
			blocked.awaitEvent();
			EventDispatcher.Ending ending = EventDispatcherTests.this.dispatcher.release();
			start();
			publish(4, 6);
			ending.await(Duration.ofMillis(1));
			blocked.release();
			stop();
			assertThat(blocked.incarnations()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
		}

		@Test
		void byAListenerKeepsTheOrder() throws InterruptedException {
			CountDownLatch all = new CountDownLatch(9);
			List<Long> order = new CopyOnWriteArrayList<>();
			EventDispatcherTests.this.dispatcher.subscribe((event) -> {
				order.add(event.member().incarnation());
				if (event.member().incarnation() == 1) {
					publish(2, 5);
					EventDispatcherTests.this.dispatcher.stop(PATIENCE);
					start();
					publish(6, 9);
				}
				all.countDown();
			}, Map.of());
			start();
			publish(1, 1);
			assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(order).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
		}

		@Test
		void byAListenerNeverCallsItTwiceAtOnce() throws InterruptedException {
			CountDownLatch all = new CountDownLatch(9);
			AtomicInteger inside = new AtomicInteger();
			AtomicInteger together = new AtomicInteger();
			EventDispatcherTests.this.dispatcher.subscribe((event) -> {
				together.accumulateAndGet(inside.incrementAndGet(), Math::max);
				if (event.member().incarnation() == 1) {
					publish(2, 9);
					EventDispatcherTests.this.dispatcher.stop(PATIENCE);
					start();
					awaitBriefly(all);
				}
				inside.decrementAndGet();
				all.countDown();
			}, Map.of());
			start();
			publish(1, 1);
			assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(together).hasValue(1);
		}

		@Test
		void afterAListenerThatTookTooLongBringsWhatIsNew() throws InterruptedException {
			BlockedListener blocked = new BlockedListener();
			EventDispatcherTests.this.dispatcher.subscribe(blocked, Map.of());
			start();
			publish(1, 5);
			blocked.awaitEvent();
			EventDispatcherTests.this.dispatcher.stop(Duration.ofMillis(1));
			start();
			publish(6, 7);
			blocked.release();
			blocked.awaitEvents(3);
			assertThat(blocked.incarnations()).containsExactly(1L, 6L, 7L);
		}

		/** Gives a second thread the chance to do what it must not do. */
		private static void awaitBriefly(CountDownLatch latch) {
			try {
				assertThat(latch.await(50, TimeUnit.MILLISECONDS)).isFalse();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

	private void start() {
		this.dispatcher.start("events");
	}

	private Subscription subscribe() {
		return this.dispatcher.subscribe(this.received::add, Map.of());
	}

	private void publish(long first, long last) {
		for (long incarnation = first; incarnation <= last; incarnation++) {
			this.dispatcher.publish(event(1, incarnation, incarnation - 1));
		}
	}

	private List<Long> incarnations() {
		return this.received.stream().map((event) -> event.member().incarnation()).toList();
	}

	private static MembershipEvent event(int number, long incarnation, long previous) {
		return new MemberIncarnationChangedEvent(member(number, incarnation), previous, EVIDENCE);
	}

	private static Member member(int number, long incarnation) {
		return new Member(uri(number), MemberStatus.ALIVE, incarnation, Map.of(), Instant.EPOCH, null, null, null);
	}

	private static MemberUri uri(int number) {
		return MemberUri.of("m" + number, 1);
	}

	/** A listener that does not return from its first event until it is released. */
	private static final class BlockedListener implements MembershipListener {

		private final List<MembershipEvent> events = new CopyOnWriteArrayList<>();

		private final BlockingQueue<MembershipEvent> arrivals = new LinkedBlockingQueue<>();

		private final CountDownLatch released = new CountDownLatch(1);

		private volatile Thread thread;

		@Override
		public void onEvent(MembershipEvent event) {
			this.thread = Thread.currentThread();
			this.events.add(event);
			this.arrivals.add(event);
			while (this.released.getCount() > 0) {
				try {
					this.released.await();
				}
				catch (InterruptedException ex) {
					// It is as slow as it is
				}
			}
		}

		void awaitEvent() throws InterruptedException {
			assertThat(this.arrivals.poll(10, TimeUnit.SECONDS)).isNotNull();
		}

		void awaitEvents(int count) throws InterruptedException {
			while (this.events.size() < count) {
				awaitEvent();
			}
		}

		void release() {
			this.released.countDown();
		}

		List<Long> incarnations() {
			List<Long> incarnations = new ArrayList<>();
			this.events.forEach((event) -> incarnations.add(event.member().incarnation()));
			return incarnations;
		}

	}

}
