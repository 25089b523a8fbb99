package io.membership.net;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.sun.management.UnixOperatingSystemMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Refusals of real ports of the loopback interface.
 */
@Timeout(20)
class RefusalProbesTests {

	private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

	private static final InetSocketAddress ANY = new InetSocketAddress(0);

	private static final Duration LONGER_THAN_PATIENCE = RefusalProbes.PATIENCE.plusMillis(100);

	private static final byte[] DATAGRAM = { 1, 2, 3 };

	private final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

	private final EventLoopTenant loop = EventLoopTenant.alone("loop", () -> {
	}, this.errors::add);

	private final RefusalProbes probes = new RefusalProbes(this.loop);

	private InetSocketAddress refusing = ANY;

	/**
	 * A port of the range that the system chooses from might become that of a probe,
	 * which would then reach itself.
	 */
	@BeforeEach
	void start() throws IOException {
		int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
		try (UdpSocket socket = UdpSocket.bindFirstFree(LOOPBACK, port, 100)) {
			this.refusing = socket.localAddress();
		}
		this.loop.start();
	}

	@AfterEach
	void close() {
		this.loop.close();
		this.probes.close();
		assertThat(this.errors).isEmpty();
	}

	@Test
	void aPortWithoutAProcessRefuses() throws InterruptedException {
		assertThat(send(ANY, this.refusing)).isTrue();
		assertThat(next()).isEqualTo("refused on loop");
	}

	@Test
	void aRefusalIsToldOnce() throws InterruptedException {
		send(ANY, this.refusing);
		assertThat(next()).isEqualTo("refused on loop");
		awaitTheEndOfPatience();
		assertThat(this.log).isEmpty();
	}

	@Test
	void aRefusalIsNotToldBeforeTheSendingReturns() throws InterruptedException {
		this.loop.execute(() -> {
			this.probes.send(DATAGRAM, ANY, this.refusing, () -> this.log.add("refused"));
			this.log.add("sent");
		});
		assertThat(next()).isEqualTo("sent");
		assertThat(next()).isEqualTo("refused");
	}

	@Test
	void whatArrivedMeanwhileIsReadBeforeARefusalIsTold() throws Exception {
		try (UdpSocket node = UdpSocket.bind(LOOPBACK, 0); UdpSocket ending = UdpSocket.bind(LOOPBACK, 0)) {
			read(node, "goodbye of ");
			this.loop.execute(() -> {
				this.probes.send(DATAGRAM, ANY, this.refusing, () -> this.log.add("refused"));
				answer(ending, node.localAddress());
			});
			assertThat(next()).startsWith("goodbye");
			assertThat(next()).isEqualTo("refused");
		}
	}

	@Test
	void aRefusedProbeLeavesNoSocket() throws InterruptedException {
		send(ANY, this.refusing);
		next();
		assertThat(onLoop(this.probes::open)).isZero();
	}

	@Test
	void aLivingPortReceivesTheDatagramAndDoesNotRefuse() throws Exception {
		try (UdpSocket living = UdpSocket.bind(LOOPBACK, 0)) {
			read(living, "received ");
			send(ANY, living.localAddress());
			assertThat(next()).startsWith("received 3 bytes");
			awaitTheEndOfPatience();
			assertThat(this.log).isEmpty();
			assertThat(onLoop(this.probes::open)).isZero();
		}
	}

	@Test
	void anAnswerEndsTheProbe() throws Exception {
		try (UdpSocket living = UdpSocket.bind(LOOPBACK, 0)) {
			onLoop(() -> {
				this.loop.register(living, () -> living.receive((buffer, length, from) -> {
					answer(living, from);
					this.log.add("answered");
				}));
				return true;
			});
			send(ANY, living.localAddress());
			assertThat(next()).isEqualTo("answered");
			long begin = System.nanoTime();
			while (onLoop(this.probes::open) > 0) {
				assertThat(System.nanoTime() - begin).isLessThan(RefusalProbes.PATIENCE.toNanos() * 9 / 10);
			}
			assertThat(this.log).isEmpty();
		}
	}

	@Test
	void aPortThatIsClosedAfterTheDatagramArrivedDoesNotRefuse() throws Exception {
		try (UdpSocket living = UdpSocket.bind(LOOPBACK, 0)) {
			send(ANY, living.localAddress());
		}
		awaitTheEndOfPatience();
		assertThat(this.log).isEmpty();
	}

	@Test
	void theProbeComesFromTheAddressOfTheNodeAndAnotherPort() throws Exception {
		InetAddress other = InetAddress.getByName("127.0.0.2");
		try (UdpSocket living = UdpSocket.bind(null, 0)) {
			read(living, "");
			InetSocketAddress to = new InetSocketAddress(LOOPBACK, living.localAddress().getPort());
			send(new InetSocketAddress(other, 3301), to);
			assertThat(next()).startsWith("3 bytes from /127.0.0.2:").doesNotEndWith(":3301");
		}
	}

	@Test
	void soManyAreOpenAtOnceAndNoMore() throws Exception {
		try (UdpSocket living = UdpSocket.bind(LOOPBACK, 0)) {
			for (int i = 0; i < RefusalProbes.MOST_OPEN; i++) {
				assertThat(send(ANY, living.localAddress())).isTrue();
			}
			assertThat(send(ANY, living.localAddress())).isFalse();
			assertThat(onLoop(this.probes::open)).isEqualTo(RefusalProbes.MOST_OPEN);
			awaitTheEndOfPatience();
			assertThat(send(ANY, living.localAddress())).isTrue();
		}
	}

	@Test
	void aDatagramThatCannotBeSentIsLeftOut() throws InterruptedException {
		assertThat(send(new InetSocketAddress("192.0.2.1", 0), this.refusing)).isFalse();
		assertThat(onLoop(this.probes::open)).isZero();
		assertThat(this
			.onLoop(() -> this.probes.send(new byte[70_000], ANY, this.refusing, () -> this.log.add("refused"))))
			.isFalse();
		assertThat(onLoop(this.probes::open)).isZero();
		assertThat(this.log).isEmpty();
	}

	@Test
	void closingTellsNobodyAndClosesTheSockets() throws Exception {
		try (UdpSocket living = UdpSocket.bind(LOOPBACK, 0)) {
			send(ANY, living.localAddress());
			onLoop(() -> {
				this.probes.send(DATAGRAM, ANY, this.refusing, () -> this.log.add("refused"));
				this.probes.close();
				return true;
			});
			assertThat(onLoop(this.probes::open)).isZero();
			assertThat(send(ANY, living.localAddress())).isFalse();
			awaitTheEndOfPatience();
			assertThat(this.log).isEmpty();
		}
	}

	@Test
	void fileDescriptorsDoNotLeak() throws Exception {
		assumeThat(ManagementFactory.getOperatingSystemMXBean()).isInstanceOf(UnixOperatingSystemMXBean.class);
		send(ANY, this.refusing);
		next();
		long before = openFiles();
		for (int i = 0; i < 200; i++) {
			send(ANY, this.refusing);
			next();
		}
		try (UdpSocket living = UdpSocket.bind(LOOPBACK, 0)) {
			for (int i = 0; i < RefusalProbes.MOST_OPEN; i++) {
				send(ANY, living.localAddress());
			}
			this.loop.close();
			this.probes.close();
		}
		assertThat(openFiles()).isLessThan(before + RefusalProbes.MOST_OPEN);
	}

	private static long openFiles() {
		return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
	}

	private boolean send(InetSocketAddress from, InetSocketAddress to) {
		return onLoop(() -> this.probes.send(DATAGRAM, from, to,
				() -> this.log.add("refused on " + Thread.currentThread().getName())));
	}

	private void read(UdpSocket socket, String prefix) {
		onLoop(() -> {
			this.loop.register(socket, () -> socket
				.receive((buffer, length, from) -> this.log.add(prefix + length + " bytes from " + from)));
			return true;
		});
	}

	private static void answer(UdpSocket socket, InetSocketAddress to) {
		try {
			socket.send(DATAGRAM, to);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private void awaitTheEndOfPatience() throws InterruptedException {
		BlockingQueue<String> over = new LinkedBlockingQueue<>();
		this.loop.execute(() -> this.loop.schedule(LONGER_THAN_PATIENCE, () -> over.add("over")));
		assertThat(over.poll(10, TimeUnit.SECONDS)).isNotNull();
	}

	private <T> T onLoop(Supplier<T> task) {
		return CompletableFuture.supplyAsync(task, this.loop).join();
	}

	private String next() throws InterruptedException {
		String entry = this.log.poll(10, TimeUnit.SECONDS);
		assertThat(entry).isNotNull();
		return entry;
	}

}
