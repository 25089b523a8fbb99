package io.membership.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.membership.Membership;
import io.membership.MembershipBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Threads that nodes share.
 */
@Timeout(30)
class EventLoopGroupTests {

	private final EventLoopGroup group = new EventLoopGroup(1);

	private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

	@AfterEach
	void close() {
		this.group.close();
	}

	@Test
	void tenantsShareTheThread() throws InterruptedException {
		for (ProtocolThread tenant : List.of(started("one"), started("other"))) {
			tenant.execute(() -> this.log.add(Thread.currentThread().getName() + " " + tenant.isCurrentThread()));
		}
		assertThat(List.of(nextTask(), nextTask())).containsOnly("membership-loop-1 true");
	}

	@Test
	void tenantsAreSpreadOverTheThreads() throws InterruptedException {
		try (EventLoopGroup two = new EventLoopGroup(2)) {
			for (int i = 0; i < 4; i++) {
				ProtocolThread tenant = two.createProtocolThread("any", () -> {
				}, (error) -> {
				});
				tenant.start();
				tenant.execute(() -> this.log.add(Thread.currentThread().getName()));
			}
			assertThat(List.of(next(), next(), next(), next())).containsExactlyInAnyOrder("membership-loop-1",
					"membership-loop-1", "membership-loop-2", "membership-loop-2");
		}
	}

	@Test
	void nothingHappensBeforeTheStart() throws Exception {
		ProtocolThread early = tenant("early");
		try (UdpSocket socket = bind(); UdpSocket sender = bind()) {
			early.register(socket, () -> socket.receive((buffer, length, from) -> this.log.add("read")));
			early.execute(() -> this.log.add("task"));
			sender.send(new byte[1], socket.localAddress());
			ProtocolThread running = started("running");
			running.execute(() -> this.log.add("other"));
			assertThat(next()).isEqualTo("other");
			early.start();
			assertThat(List.of(nextTask(), nextTask())).containsExactlyInAnyOrder("task", "read");
		}
	}

	@Test
	void whatGoesWrongIsToldToWhomItConcerns() throws InterruptedException {
		ProtocolThread one = started("one");
		ProtocolThread other = started("other");
		one.execute(() -> {
			throw new IllegalStateException("on purpose");
		});
		other.execute(() -> this.log.add("done"));
		assertThat(List.of(nextTask(), nextTask())).containsExactly("one: on purpose", "done");
	}

	@Test
	void theEndOfATurnConcernsWhoeverHadSomethingToDo() throws InterruptedException {
		started("other");
		ProtocolThread one = started("one");
		one.execute(() -> this.log.add("task"));
		assertThat(List.of(next(), next())).containsExactly("task", "end of one's turn");
		one.execute(() -> this.log.add("task"));
		assertThat(List.of(next(), next())).containsExactly("task", "end of one's turn");
	}

	@Test
	void whoIsClosedLeavesNothingBehind() throws Exception {
		ProtocolThread leaving = started("leaving");
		ProtocolThread staying = started("staying");
		UdpSocket socket = bind();
		leaving.register(socket, () -> this.log.add("read"));
		leaving.execute(() -> leaving.schedule(Duration.ofMillis(20), () -> this.log.add("timer")));
		leaving.close();
		socket.close();
		UdpSocket.bind(InetAddress.getLoopbackAddress(), socket.localAddress().getPort()).close();
		this.log.clear();
		staying.execute(() -> staying.schedule(Duration.ofMillis(30), () -> this.log.add("still there")));
		assertThat(nextTask()).isEqualTo("still there");
	}

	@Test
	void whoIsClosedRefusesTasks() {
		ProtocolThread tenant = started("closed");
		tenant.close();
		tenant.close();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> tenant.execute(() -> {
		}));
	}

	@Test
	void closingWithoutAStartIsPossible() {
		tenant("idle").close();
		assertThat(this.log).isEmpty();
	}

	@Test
	void whoClosesItselfDoesNotWait() throws InterruptedException {
		ProtocolThread one = started("one");
		ProtocolThread other = started("other");
		one.execute(one::close);
		other.execute(() -> this.log.add("done"));
		assertThat(nextTask()).isEqualTo("done");
	}

	@Test
	void everyTaskThatIsAcceptedRuns() throws InterruptedException {
		for (int i = 0; i < 200; i++) {
			ProtocolThread closing = started("closing");
			AtomicInteger done = new AtomicInteger();
			int accepted = EventLoopTests.closeWhileItIsGivenTasks(closing, done);
			ProtocolThread last = started("last");
			last.execute(() -> this.log.add("all before are done"));
			while (!next().equals("all before are done")) {
				assertThat(done.get()).isLessThanOrEqualTo(accepted);
			}
			assertThat(done).hasValue(accepted);
			last.close();
			this.log.clear();
		}
	}

	@Test
	void afterTheGroupNobodyIsLeftToWaitFor() {
		ProtocolThread tenant = started("one");
		this.group.close();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> tenant.execute(() -> {
		}));
		tenant.close();
		assertThat(this.log).doesNotContain("one");
	}

	@Test
	void aGroupNeedsAThread() {
		assertThatIllegalArgumentException().isThrownBy(() -> new EventLoopGroup(0)).withMessageContaining("0 threads");
	}

	@Test
	void manyNodesMeetOnTwoThreads() throws InterruptedException {
		int count = 40;
		try (EventLoopGroup two = new EventLoopGroup(2)) {
			List<Membership> nodes = new ArrayList<>();
			try {
				IntStream.range(0, count).forEach((number) -> nodes.add(start(two, nodes)));
				while (nodes.stream().anyMatch((node) -> node.members().size() < count)) {
					TimeUnit.MILLISECONDS.sleep(10);
				}
				List<String> threads = Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
				nodes.forEach((node) -> assertThat(threads)
					.noneMatch((name) -> name.startsWith("membership-" + node.myself().uri().port())));
			}
			finally {
				nodes.forEach(Membership::close);
			}
		}
	}

	private static Membership start(EventLoopGroup group, List<Membership> others) {
		MembershipBuilder builder = Membership.builder()
			.platform(group)
			.bindAddress("127.0.0.1")
			.advertisedHost("127.0.0.1")
			.port(0);
		if (!others.isEmpty()) {
			builder.seeds(others.get(0).myself().uri());
		}
		return builder.start();
	}

	private ProtocolThread started(String name) {
		ProtocolThread tenant = tenant(name);
		tenant.start();
		return tenant;
	}

	private ProtocolThread tenant(String name) {
		return this.group.createProtocolThread(name, () -> this.log.add("end of " + name + "'s turn"),
				(error) -> this.log.add(name + ": " + error.getMessage()));
	}

	private String nextTask() throws InterruptedException {
		String entry = next();
		while (entry.startsWith("end of")) {
			entry = next();
		}
		return entry;
	}

	private String next() throws InterruptedException {
		String entry = this.log.poll(10, TimeUnit.SECONDS);
		assertThat(entry).isNotNull();
		return entry;
	}

	private static UdpSocket bind() throws Exception {
		return UdpSocket.bind(InetAddress.getLoopbackAddress(), 0);
	}

}
