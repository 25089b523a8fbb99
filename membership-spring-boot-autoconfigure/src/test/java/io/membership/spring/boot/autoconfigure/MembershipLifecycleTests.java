package io.membership.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.net.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link MembershipLifecycle}.
 */
@Timeout(30)
class MembershipLifecycleTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MembershipAutoConfiguration.class))
		.withPropertyValues(TestMesh.properties());

	@Test
	void joinsAfterTheWebServerStartedAndLeavesBeforeItShutsDown() {
		this.contextRunner.run((context) -> {
			int phase = context.getBean(MembershipLifecycle.class).getPhase();
			assertThat(phase).isEqualTo(SmartLifecycle.DEFAULT_PHASE - 512);
			assertThat(phase).isGreaterThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
				.isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
				.isLessThan(SmartLifecycle.DEFAULT_PHASE);
		});
	}

	@Test
	void thePhaseIsAProperty() {
		this.contextRunner.withPropertyValues("membership.lifecycle.phase=7")
			.run((context) -> assertThat(context.getBean(MembershipLifecycle.class).getPhase()).isEqualTo(7));
	}

	@Test
	void isNotPaused() {
		this.contextRunner.run((context) -> {
			MembershipLifecycle lifecycle = context.getBean(MembershipLifecycle.class);
			assertThat(lifecycle.isPauseable()).isFalse();
			Membership membership = context.getBean(Membership.class);
			context.getSourceApplicationContext(ConfigurableApplicationContext.class).pause();
			assertThat(lifecycle.isRunning()).isTrue();
			assertThat(membership.state().running()).isTrue();
			context.getSourceApplicationContext(ConfigurableApplicationContext.class).restart();
		});
	}

	@Test
	void contextCanBeStoppedAndStartedAnyNumberOfTimes() {
		try (TestMesh mesh = new TestMesh()) {
			Membership peer = mesh.start();
			this.contextRunner.withPropertyValues("membership.seeds=" + peer.myself().uri()).run((context) -> {
				ConfigurableApplicationContext source = context
					.getSourceApplicationContext(ConfigurableApplicationContext.class);
				Membership membership = context.getBean(Membership.class);
				MemberUri uri = membership.myself().uri();
				for (int round = 1; round <= 3; round++) {
					TestMesh.awaitStatus(peer, uri, MemberStatus.ALIVE);
					assertThat(source.isRunning()).isTrue();
					assertThat(context.getEnvironment().getProperty("local.membership.port", Integer.class))
						.isEqualTo(uri.port());
					source.stop();
					TestMesh.awaitStatus(peer, uri, MemberStatus.LEFT);
					assertThat(source.isRunning()).isFalse();
					assertThat(context.getBean(MembershipLifecycle.class).isRunning()).isFalse();
					assertThat(threadsOf(uri)).isEmpty();
					assertThat(context.getEnvironment().getProperty("local.membership.port")).isNull();
					source.start();
					assertThat(membership.myself().uri()).isEqualTo(uri);
					assertThat(membership.myself().incarnation()).isGreaterThan(round);
				}
				TestMesh.awaitStatus(peer, uri, MemberStatus.ALIVE);
				assertThat(peer.member(uri).map(Member::incarnation).orElseThrow()).isGreaterThanOrEqualTo(4);
			});
		}
	}

	@Test
	void afterRestartPeersSeeItAliveWithinTwoPeriods() {
		try (TestMesh mesh = new TestMesh()) {
			Membership peer = mesh.start();
			this.contextRunner
				.withPropertyValues("membership.protocol-period=1s", "membership.suspect-timeout=3s",
						"membership.anti-entropy-period=10s", "membership.seeds=" + peer.myself().uri())
				.run((context) -> {
					ConfigurableApplicationContext source = context
						.getSourceApplicationContext(ConfigurableApplicationContext.class);
					MemberUri uri = context.getBean(Membership.class).myself().uri();
					TestMesh.awaitStatus(peer, uri, MemberStatus.ALIVE);
					source.stop();
					TestMesh.awaitStatus(peer, uri, MemberStatus.LEFT);
					source.start();
					await().atMost(Duration.ofSeconds(2))
						.until(() -> peer.member(uri).orElseThrow().status() == MemberStatus.ALIVE);
				});
		}
	}

	@Test
	void whenContextClosesLeavesAndNoThreadRemains() {
		try (TestMesh mesh = new TestMesh()) {
			Membership peer = mesh.start();
			AtomicReference<MemberUri> uri = new AtomicReference<>();
			this.contextRunner.withPropertyValues("membership.seeds=" + peer.myself().uri()).run((context) -> {
				uri.set(context.getBean(Membership.class).myself().uri());
				TestMesh.awaitStatus(peer, uri.get(), MemberStatus.ALIVE);
				assertThat(threadsOf(uri.get())).isNotEmpty();
			});
			TestMesh.awaitStatus(peer, uri.get(), MemberStatus.LEFT);
			assertThat(threadsOf(uri.get())).isEmpty();
		}
	}

	@Test
	void whenListenerBlocksTheGoodbyeIsSentAtOnceAndStopEndsInTime() {
		try (TestMesh mesh = new TestMesh()) {
			Membership peer = mesh.start();
			CountDownLatch blocked = new CountDownLatch(1);
			CountDownLatch release = new CountDownLatch(1);
			this.contextRunner.withPropertyValues("membership.seeds=" + peer.myself().uri()).run((context) -> {
				Membership membership = context.getBean(Membership.class);
				MemberUri uri = membership.myself().uri();
				TestMesh.awaitStatus(peer, uri, MemberStatus.ALIVE);
				membership.subscribe((event) -> {
					blocked.countDown();
					awaitUninterruptibly(release);
				});
				membership.setPayload("any", "event");
				assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
				CountDownLatch stopped = new CountDownLatch(1);
				context.getBean(MembershipLifecycle.class).stop(stopped::countDown);
				TestMesh.awaitStatus(peer, uri, MemberStatus.LEFT);
				assertThat(stopped.getCount()).as("goodbye before the end of stop").isOne();
				assertThat(stopped.await(3, TimeUnit.SECONDS)).isTrue();
				release.countDown();
			});
		}
	}

	@Test
	void whenLeavingFailsTheCallbackRunsAllTheSame() throws Exception {
		Membership membership = mock(Membership.class);
		willThrow(new IllegalStateException("no")).given(membership).close();
		MembershipLifecycle lifecycle = lifecycle(membership, new MembershipProperties());
		CountDownLatch called = new CountDownLatch(1);
		lifecycle.stop(called::countDown);
		assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(lifecycle.isRunning()).isFalse();
	}

	@Test
	void whenStartFailsIsNotRunning() {
		Membership membership = mock(Membership.class);
		willThrow(new IllegalStateException("no")).given(membership).start();
		MembershipLifecycle lifecycle = lifecycle(membership, new MembershipProperties());
		assertThatIllegalStateException().isThrownBy(lifecycle::start);
		assertThat(lifecycle.isRunning()).isFalse();
	}

	@Test
	void literalAddressesAreNotLookedUp() {
		Membership membership = mock(Membership.class);
		given(membership.state()).willThrow(new IllegalStateException("started"));
		for (String literal : List.of("192.0.2.1", "[2001:db8::1]", "[fe80::1%nowhere]")) {
			MembershipProperties properties = new MembershipProperties();
			properties.getAdvertise().setHost(literal);
			assertThatIllegalStateException().isThrownBy(lifecycle(membership, properties)::start)
				.withMessage("started");
		}
	}

	@Test
	void afterLeavingThroughTheNodeContextCanBeRestarted() {
		this.contextRunner.run((context) -> {
			ConfigurableApplicationContext source = context
				.getSourceApplicationContext(ConfigurableApplicationContext.class);
			Membership membership = context.getBean(Membership.class);
			assertThat(membership.leave()).isTrue();
			assertThat(context.getEnvironment().getProperty("local.membership.port")).isNull();
			source.stop();
			source.start();
			assertThat(membership.state().running()).isTrue();
			assertThat(context.getEnvironment().getProperty("local.membership.port", Integer.class))
				.isEqualTo(Objects.requireNonNull(membership.state().boundAddress()).getPort());
		});
	}

	private static MembershipLifecycle lifecycle(Membership membership, MembershipProperties properties) {
		MembershipConnectionDetails details = List::of;
		return new MembershipLifecycle(Platform.REAL, membership, properties, details,
				mock(MembershipEventPublisher.class), new StandardEnvironment());
	}

	private static Set<String> threadsOf(MemberUri uri) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter(Thread::isAlive)
			.map(Thread::getName)
			.filter((name) -> name.startsWith("membership-" + uri.port() + "-"))
			.collect(Collectors.toSet());
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		boolean released = false;
		while (!released) {
			try {
				latch.await();
				released = true;
			}
			catch (InterruptedException ex) {
				// The worst listener of all
			}
		}
	}

}
