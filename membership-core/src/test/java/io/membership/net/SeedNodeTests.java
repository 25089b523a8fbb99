package io.membership.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipBuilder;
import io.membership.MembershipOptions;
import io.membership.UnroutableAddressException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Nodes that find each other by names, on real sockets of the loopback interface.
 */
@Timeout(30)
class SeedNodeTests {

	private static final String SERVICE = "_membership._udp.mesh.example.org";

	private static final MembershipOptions QUICK = MembershipOptions.DEFAULTS.toBuilder()
		.protocolPeriod(Duration.ofMillis(200))
		.ackTimeout(Duration.ofMillis(100))
		.build();

	private final List<Membership> nodes = new ArrayList<>();

	@AfterEach
	void crashAll() {
		this.nodes.forEach(Membership::crash);
	}

	@Test
	void aServiceLeadsToTheMesh() throws Exception {
		try (DnsServer server = new DnsServer()) {
			Membership seed = start(builder(Platform.REAL));
			server.put(SERVICE, "localhost:" + port(seed));
			Platform platform = new RealPlatform(new SystemNames(server.url()));
			Membership node = start(builder(platform).seeds("dns+srv:///" + SERVICE));
			awaitAlive(node, seed);
			assertThat(server.questions()).contains(SERVICE);
		}
	}

	@Test
	void aServiceThatIsNotThereAtTheStartIsAskedForAgain() throws Exception {
		try (DnsServer server = new DnsServer()) {
			Membership seed = start(builder(Platform.REAL));
			Platform platform = new RealPlatform(new SystemNames(server.url()));
			Membership node = start(builder(platform).seeds("dns+srv:///" + SERVICE));
			assertThat(server.questions().poll(10, TimeUnit.SECONDS)).isEqualTo(SERVICE);
			server.put(SERVICE, "127.0.0.1:" + port(seed));
			awaitAlive(node, seed);
		}
	}

	@Test
	void aNameLeadsToTheMesh() throws Exception {
		Membership seed = start(builder(Platform.REAL));
		Membership node = start(builder(Platform.REAL).seeds("dns:///localhost:" + port(seed)));
		awaitAlive(node, seed);
	}

	@Test
	void aNameThatHangsDelaysNobodyElse() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		AddressBook.Lookup names = (host) -> {
			if (host.equals("hangs.invalid")) {
				awaitUninterruptibly(release);
			}
			return InetAddress.getAllByName(host);
		};
		Membership seed = start(builder(Platform.REAL));
		Membership node = start(
				builder(new RealPlatform(names)).seeds("dns:///hangs.invalid", "dns:///localhost:" + port(seed)));
		awaitAlive(node, seed);
		release.countDown();
	}

	@Test
	void aProviderThatHangsDelaysNeitherOthersNorTheEnd() throws Exception {
		Membership seed = start(builder(Platform.REAL));
		MemberUri uri = seed.myself().uri();
		Membership node = start(builder(Platform.REAL).seedProvider(() -> {
			new CountDownLatch(1).await();
			return List.of();
		}).seedProvider(() -> List.of(uri)));
		awaitAlive(node, seed);
		String prefix = "membership-" + port(node) + "-";
		node.crash();
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith(prefix));
	}

	@Test
	void aProviderMayCallItsOwnNode() throws Exception {
		Membership seed = start(builder(Platform.REAL));
		MemberUri uri = seed.myself().uri();
		List<Membership> self = new ArrayList<>();
		CountDownLatch built = new CountDownLatch(1);
		Membership node = builder(Platform.REAL).seedProvider(() -> {
			built.await();
			self.get(0).setPayload("asked", true);
			return List.of(uri);
		}).build();
		self.add(node);
		this.nodes.add(node);
		built.countDown();
		node.start();
		awaitAlive(node, seed);
		assertThat(node.myself().payload()).containsEntry("asked", true);
	}

	@Test
	void aNodeThatOthersCannotReachDoesNotStart() {
		MembershipBuilder builder = builder(Platform.REAL).seeds("192.0.2.1:3301");
		assertThatExceptionOfType(UnroutableAddressException.class).isThrownBy(builder::start)
			.withMessageContaining("127.0.0.1")
			.withMessageContaining("192.0.2.1:3301");
	}

	private static MembershipBuilder builder(Platform platform) {
		return Membership.builder()
			.platform(platform)
			.options(QUICK)
			.bindAddress("127.0.0.1")
			.advertisedHost("127.0.0.1")
			.port(0);
	}

	private Membership start(MembershipBuilder builder) {
		Membership node = builder.start();
		this.nodes.add(node);
		return node;
	}

	private static int port(Membership node) {
		return Objects.requireNonNull(node.state().boundAddress()).getPort();
	}

	private static void awaitAlive(Membership observer, Membership other) throws InterruptedException {
		CountDownLatch alive = new CountDownLatch(1);
		MemberUri uri = other.myself().uri();
		observer.subscribe((event) -> {
			if (event instanceof MemberStatusChangedEvent && event.member().uri().equals(uri)
					&& event.member().status() == MemberStatus.ALIVE) {
				alive.countDown();
			}
		});
		boolean already = observer.member(uri).filter((member) -> member.status() == MemberStatus.ALIVE).isPresent();
		assertThat(already || alive.await(20, TimeUnit.SECONDS)).isTrue();
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		boolean released = false;
		while (!released) {
			try {
				latch.await();
				released = true;
			}
			catch (InterruptedException ex) {
				// Like a native call
			}
		}
	}

}
