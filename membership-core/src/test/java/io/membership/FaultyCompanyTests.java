package io.membership;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes on real sockets, of which one has listeners and observers that throw all that
 * can be thrown.
 */
@Timeout(30)
class FaultyCompanyTests {

	private static final String LOOPBACK = "127.0.0.1";

	private static final MembershipOptions FAST = MembershipOptions.builder()
		.protocolPeriod(Duration.ofMillis(40))
		.ackTimeout(Duration.ofMillis(20))
		.antiEntropyPeriod(Duration.ofMillis(400))
		.suspectTimeout(Duration.ofMillis(200))
		.build();

	private final Membership peer = builder().start();

	private Membership node = builder().build();

	@AfterEach
	void close() {
		this.node.close();
		this.peer.close();
	}

	@Test
	void aListenerWithoutEndKeepsNoEventFromTheOthers() throws Exception {
		CountDownLatch seen = new CountDownLatch(2);
		AtomicInteger failed = new AtomicInteger();
		start(builder().observer(new MembershipObserver() {

			@Override
			public void listenerFailed() {
				failed.incrementAndGet();
				throw new OutOfMemoryError("on purpose");
			}

		}).listener((event) -> recurse(event.member().incarnation())).listener((event) -> {
			throw new OutOfMemoryError("on purpose");
		}).listener((event) -> seen.countDown()));
		assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(failed).hasValueGreaterThanOrEqualTo(4);
		assertAlive();
	}

	/** By name, so that no method that is added is left out. */
	@Test
	void anObserverThatAlwaysThrowsDisturbsNothing() throws Exception {
		Set<String> called = ConcurrentHashMap.newKeySet();
		CountDownLatch probed = new CountDownLatch(5);
		MembershipObserver observer = (MembershipObserver) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { MembershipObserver.class }, (proxy, method, arguments) -> {
					called.add(method.getName());
					if (method.getName().equals("probed")) {
						probed.countDown();
					}
					throw new StackOverflowError("on purpose");
				});
		start(builder().observer(observer));
		assertThat(probed.await(10, TimeUnit.SECONDS)).isTrue();
		assertAlive();
		assertThat(called).contains("sent", "received", "receivedBytes", "probed", "statusChanged", "protocolFailed");
		assertThat(this.node.state().failures()).isGreaterThan(called.size());
	}

	@Test
	void everyMethodOfAnObserverIsGuarded() throws ReflectiveOperationException {
		for (Method method : MembershipObserver.class.getMethods()) {
			assertThat(GuardedObserver.class.getDeclaredMethod(method.getName(), method.getParameterTypes()))
				.isNotNull();
		}
	}

	@Test
	void aNodeThatRunsWellCountsNothing() throws Exception {
		CountDownLatch seen = new CountDownLatch(2);
		start(builder().listener((event) -> seen.countDown()));
		assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
		assertAlive();
		assertThat(this.node.state().failures()).isZero();
	}

	private static long recurse(long value) {
		return (value < 0) ? value : recurse(value + 1) + 1;
	}

	private void start(MembershipBuilder builder) {
		this.node = builder.seeds(this.peer.myself().uri()).start();
	}

	/** The machine may be busy, so it may take some attempts. */
	private void assertAlive() throws InterruptedException {
		MemberUri uri = this.node.myself().uri();
		boolean answers = false;
		for (int attempt = 0; attempt < 100 && !answers; attempt++) {
			answers = this.node.probeUri(this.peer.myself().uri()).join() instanceof ProbeResult.Alive;
		}
		assertThat(answers).isTrue();
		CountDownLatch alive = new CountDownLatch(1);
		try (Subscription subscription = this.peer.subscribe((event) -> countDownIfAlive(event.member(), uri, alive))) {
			subscription.snapshot().values().forEach((member) -> countDownIfAlive(member, uri, alive));
			assertThat(alive.await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	private static void countDownIfAlive(Member member, MemberUri uri, CountDownLatch alive) {
		if (member.uri().equals(uri) && member.status() == MemberStatus.ALIVE) {
			alive.countDown();
		}
	}

	private static MembershipBuilder builder() {
		return Membership.builder().bindAddress(LOOPBACK).advertisedHost(LOOPBACK).port(0).options(FAST);
	}

}
