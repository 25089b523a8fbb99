package io.membership.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.membership.swim.Cancellable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The thread that does everything.
 */
@Timeout(20)
class EventLoopTests {

	private static final Duration SOON = Duration.ofMillis(1);

	private final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

	private final EventLoopTenant loop = EventLoopTenant.alone("the-loop", () -> {
	}, this.errors::add);

	@AfterEach
	void close() {
		this.loop.close();
	}

	@Test
	void tasksRunInOrderOnItsThread() throws InterruptedException {
		this.loop.start();
		this.loop.execute(() -> this.log.add(Thread.currentThread().getName()));
		this.loop.execute(() -> this.log.add("second"));
		assertThat(List.of(next(), next())).containsExactly("the-loop", "second");
	}

	@Test
	void tasksFromBeforeTheStartRunAfterIt() throws InterruptedException {
		this.loop.execute(() -> this.log.add("early"));
		this.loop.start();
		assertThat(next()).isEqualTo("early");
	}

	@Test
	void itKnowsItsOwnThread() throws InterruptedException {
		this.loop.start();
		this.loop.execute(() -> this.log.add(String.valueOf(this.loop.isCurrentThread())));
		assertThat(List.of(next(), String.valueOf(this.loop.isCurrentThread()))).containsExactly("true", "false");
	}

	@Test
	void aTaskThatThrowsIsReported() throws InterruptedException {
		this.loop.start();
		this.loop.execute(() -> {
			throw new IllegalStateException("on purpose");
		});
		assertThat(this.errors.poll(10, TimeUnit.SECONDS)).hasMessage("on purpose");
	}

	@Test
	void aTaskThatThrowsDoesNotEndTheLoop() throws InterruptedException {
		this.loop.start();
		this.loop.execute(() -> {
			throw new AssertionError("on purpose");
		});
		this.loop.execute(() -> this.log.add("next"));
		assertThat(next()).isEqualTo("next");
	}

	@Test
	void anErrorThatCannotEvenBeReportedDoesNotEndTheLoop() throws InterruptedException {
		try (EventLoopTenant speechless = EventLoopTenant.alone("speechless", () -> {
			throw new StackOverflowError("on purpose");
		}, (error) -> {
			throw new OutOfMemoryError("on purpose");
		})) {
			speechless.start();
			speechless.execute(() -> {
				throw new OutOfMemoryError("on purpose");
			});
			speechless.execute(() -> this.log.add("next"));
			assertThat(next()).isEqualTo("next");
		}
	}

	@Test
	void aTimerThatThrowsDoesNotEndTheLoop() throws InterruptedException {
		this.loop.start();
		this.loop.execute(() -> {
			this.loop.schedule(Duration.ZERO, () -> {
				throw new IllegalStateException("on purpose");
			});
			this.loop.schedule(SOON, () -> this.log.add("next"));
		});
		assertThat(next()).isEqualTo("next");
	}

	@Test
	void timersRunInTheOrderOfTheirTimes() throws InterruptedException {
		this.loop.start();
		this.loop.execute(() -> {
			this.loop.schedule(Duration.ofMillis(20), () -> this.log.add("third"));
			this.loop.schedule(Duration.ZERO, () -> this.log.add("first"));
			this.loop.schedule(Duration.ofMillis(10), () -> this.log.add("second"));
		});
		assertThat(List.of(next(), next(), next())).containsExactly("first", "second", "third");
	}

	@Test
	void aTimerIsNotEarly() throws InterruptedException {
		this.loop.start();
		AtomicReference<Duration> elapsed = new AtomicReference<>();
		this.loop.execute(() -> {
			long begin = System.nanoTime();
			this.loop.schedule(Duration.ofMillis(15), () -> {
				elapsed.set(Duration.ofNanos(System.nanoTime() - begin));
				this.log.add("done");
			});
		});
		next();
		assertThat(elapsed.get()).isGreaterThanOrEqualTo(Duration.ofMillis(15));
	}

	@Test
	void aCanceledTimerDoesNotRun() throws InterruptedException {
		this.loop.start();
		this.loop.execute(() -> {
			Cancellable timer = this.loop.schedule(SOON, () -> this.log.add("canceled"));
			this.loop.schedule(SOON, () -> this.log.add("other"));
			timer.cancel();
		});
		assertThat(next()).isEqualTo("other");
	}

	@Test
	void aTimerMayScheduleAnother() throws InterruptedException {
		this.loop.start();
		this.loop.execute(() -> this.loop.schedule(SOON, () -> this.loop.schedule(SOON, () -> this.log.add("again"))));
		assertThat(next()).isEqualTo("again");
	}

	@Test
	void whatArrivesIsRead() throws Exception {
		try (UdpSocket socket = bind(); UdpSocket sender = bind()) {
			this.loop.register(socket, () -> socket.receive((buffer, length, from) -> this.log.add("read " + length)));
			this.loop.start();
			sender.send(new byte[7], socket.localAddress());
			assertThat(next()).isEqualTo("read 7");
		}
	}

	@Test
	void whatArrivesIsReadBeforeTimersThatAreDueAsWell() throws Exception {
		try (UdpSocket socket = bind(); UdpSocket sender = bind()) {
			this.loop.register(socket, () -> socket.receive((buffer, length, from) -> this.log.add("read")));
			this.loop.start();
			this.loop.execute(() -> {
				this.loop.schedule(Duration.ZERO, () -> this.log.add("timer"));
				sendBusily(sender, socket.localAddress());
			});
			assertThat(List.of(next(), next())).containsExactly("read", "timer");
		}
	}

	@Test
	void allThatArrivedIsReadBeforeTimersThatAreDueAsWell() throws Exception {
		try (UdpSocket socket = bind(); UdpSocket sender = bind()) {
			this.loop.register(socket, () -> socket.receive((buffer, length, from) -> this.log.add("read")));
			this.loop.start();
			this.loop.execute(() -> {
				this.loop.schedule(Duration.ZERO, () -> this.log.add("timer"));
				sendBusily(sender, socket.localAddress());
				sendBusily(sender, socket.localAddress());
				sendBusily(sender, socket.localAddress());
			});
			assertThat(List.of(next(), next(), next(), next())).containsExactly("read", "read", "read", "timer");
		}
	}

	@Test
	void aFloodDoesNotKeepTimersWaitingForEver() throws Exception {
		try (UdpSocket socket = bind(); UdpSocket sender = bind()) {
			// Reads nothing, so there is always something to read
			this.loop.register(socket, () -> {
			});
			this.loop.start();
			sender.send(new byte[1], socket.localAddress());
			this.loop.execute(() -> this.loop.schedule(Duration.ZERO, () -> this.log.add("timer")));
			assertThat(next()).isEqualTo("timer");
		}
	}

	@Test
	void aReaderThatThrowsDoesNotEndTheLoop() throws Exception {
		try (UdpSocket socket = bind(); UdpSocket sender = bind()) {
			this.loop.register(socket, () -> socket.receive((buffer, length, from) -> {
				this.log.add("read " + length);
				throw new IllegalStateException("on purpose");
			}));
			this.loop.start();
			sender.send(new byte[1], socket.localAddress());
			sender.send(new byte[2], socket.localAddress());
			assertThat(List.of(next(), next())).containsExactly("read 1", "read 2");
		}
	}

	@Test
	void aSocketThatIsClosedDoesNotDisturbAnother() throws Exception {
		try (UdpSocket old = bind(); UdpSocket replacement = bind(); UdpSocket sender = bind()) {
			this.loop.register(old, () -> this.log.add("old"));
			this.loop.start();
			this.loop.execute(() -> {
				this.loop.register(replacement,
						() -> replacement.receive((buffer, length, from) -> this.log.add("new")));
				old.close();
				sendBusily(sender, replacement.localAddress());
			});
			assertThat(next()).isEqualTo("new");
		}
	}

	@Test
	void everyTurnIsFollowedByTheHook() throws InterruptedException {
		try (EventLoopTenant hooked = EventLoopTenant.alone("hooked", () -> this.log.add("hook"), this.errors::add)) {
			hooked.execute(() -> this.log.add("task"));
			hooked.start();
			assertThat(List.of(next(), next())).containsExactly("task", "hook");
		}
	}

	@Test
	void closingWaitsForTheThread() throws InterruptedException {
		this.loop.start();
		AtomicReference<Thread> thread = new AtomicReference<>();
		this.loop.execute(() -> {
			thread.set(Thread.currentThread());
			this.log.add("known");
		});
		next();
		this.loop.close();
		assertThat(thread.get().isAlive()).isFalse();
	}

	@Test
	void closingRunsTheTasksThatWait() throws InterruptedException {
		CountDownLatch busy = new CountDownLatch(1);
		this.loop.start();
		this.loop.execute(() -> awaitUninterruptibly(busy));
		for (int i = 0; i < 5; i++) {
			this.loop.execute(() -> this.log.add("task"));
		}
		busy.countDown();
		this.loop.close();
		assertThat(new ArrayList<>(this.log)).hasSize(5);
	}

	@Test
	void aClosedLoopRefusesTasks() {
		this.loop.start();
		this.loop.close();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.loop.execute(() -> {
		}));
	}

	@Test
	void everyTaskThatIsAcceptedRuns() throws InterruptedException {
		for (int i = 0; i < 200; i++) {
			EventLoopTenant closing = EventLoopTenant.alone("closing", () -> {
			}, this.errors::add);
			closing.start();
			AtomicInteger done = new AtomicInteger();
			int accepted = closeWhileItIsGivenTasks(closing, done);
			assertThat(done).hasValue(accepted);
		}
	}

	/** Returns how many tasks a thread accepts before it refuses them. */
	static int closeWhileItIsGivenTasks(ProtocolThread closing, AtomicInteger done) throws InterruptedException {
		AtomicInteger accepted = new AtomicInteger();
		CountDownLatch begun = new CountDownLatch(1);
		Thread submitter = new Thread(() -> {
			begun.countDown();
			try {
				while (true) {
					closing.execute(done::incrementAndGet);
					accepted.incrementAndGet();
				}
			}
			catch (RejectedExecutionException ex) {
				// It is closed
			}
		});
		submitter.start();
		begun.await();
		closing.close();
		submitter.join();
		return accepted.get();
	}

	@Test
	void closingTwiceDoesNothing() {
		this.loop.start();
		this.loop.close();
		this.loop.close();
		assertThat(this.errors).isEmpty();
	}

	@Test
	void closingWithoutAStartIsPossible() {
		this.loop.close();
		assertThat(this.errors).isEmpty();
	}

	@Test
	void closingKeepsTheInterruptOfWhoCloses() throws InterruptedException {
		CountDownLatch busy = new CountDownLatch(1);
		this.loop.start();
		this.loop.execute(() -> awaitUninterruptibly(busy));
		Thread closer = new Thread(() -> {
			this.loop.close();
			this.log.add("interrupted " + Thread.currentThread().isInterrupted());
		});
		closer.start();
		closer.interrupt();
		busy.countDown();
		assertThat(next()).isEqualTo("interrupted true");
	}

	private String next() throws InterruptedException {
		String entry = this.log.poll(10, TimeUnit.SECONDS);
		assertThat(entry).isNotNull();
		return entry;
	}

	private static UdpSocket bind() throws Exception {
		return UdpSocket.bind(InetAddress.getLoopbackAddress(), 0);
	}

	/** Sends, and stays busy until the clock has moved on. */
	private static void sendBusily(UdpSocket sender, InetSocketAddress to) {
		try {
			sender.send(new byte[1], to);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		long begin = System.nanoTime();
		while (System.nanoTime() - begin < 2_000_000) {
			Thread.onSpinWait();
		}
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
