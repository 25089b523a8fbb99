package io.membership.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import io.membership.EncryptionKey;
import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipBuilder;
import io.membership.ProbeResult;
import io.membership.SocketBindException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link VirtualNetwork}, and for the hosts on it.
 */
@Timeout(30)
class VirtualNetworkTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final VirtualNetwork network = new VirtualNetwork(42);

	private final List<Membership> nodes = new ArrayList<>();

	@AfterEach
	void crashAll() {
		this.nodes.forEach(Membership::crash);
	}

	@Test
	void nodesFindEachOther() {
		Membership a = start("a");
		Membership b = start("b", "a:3301");
		awaitCompany(a, b);
		assertThat(a.state().boundAddress()).hasToString("a/127.18.0.1:3301");
	}

	@Test
	void timeStandsStillByItself() {
		Membership a = start("a");
		start("b", "a:3301");
		assertThat(this.network.elapsed()).isZero();
		assertThat(a.members()).hasSize(1);
		assertThat(a.state().sinceLastPeriod()).isZero();
		this.network.run(MINUTE);
		assertThat(this.network.elapsed()).isEqualTo(MINUTE);
	}

	@Test
	void aNodeThatCrashedIsRefusedAndDead() {
		Membership a = start("a");
		Membership b = start("b", "a:3301");
		await(() -> sees(a, "b:3301", MemberStatus.ALIVE));
		b.crash();
		await(() -> sees(a, "b:3301", MemberStatus.DEAD));
		assertThat(a.member(MemberUri.parse("b:3301")).map(Member::evidence).orElseThrow().toString())
			.contains("a:3301 (refused)");
	}

	@Test
	void aNodeThatLeavesSaysSo() {
		Membership a = start("a");
		Membership b = start("b", "a:3301");
		awaitCompany(a, b);
		b.leave();
		await(() -> sees(a, "b:3301", MemberStatus.LEFT));
		b.rejoin();
		await(() -> sees(a, "b:3301", MemberStatus.ALIVE));
	}

	@Test
	void aFrozenNodeIsSuspectedAndRefutesWhenItGoesOn() {
		Membership a = start("a");
		VirtualHost host = this.network.host("b");
		start(host, "a:3301");
		await(() -> sees(a, "b:3301", MemberStatus.ALIVE));
		host.freeze();
		await(() -> sees(a, "b:3301", MemberStatus.SUSPECT));
		host.thaw();
		await(() -> sees(a, "b:3301", MemberStatus.ALIVE));
	}

	@Test
	void isolatedHostsDieForTheOthersUntilTheNetworkHeals() {
		Membership a = start("a");
		VirtualHost host = this.network.host("b");
		Membership b = start(host, "a:3301");
		awaitCompany(a, b);
		this.network.isolate(List.of(host));
		await(() -> sees(a, "b:3301", MemberStatus.DEAD) && sees(b, "a:3301", MemberStatus.DEAD));
		this.network.heal();
		awaitCompany(a, b);
	}

	@Test
	void datagramsUnderWayCanBeLost() {
		Membership a = start("a");
		Membership b = start("b", "a:3301");
		this.network.run(Duration.ZERO);
		this.network.loseDatagrams();
		this.network.run(Duration.ofMillis(1));
		assertThat(a.members()).hasSize(1);
		awaitCompany(a, b);
	}

	@Test
	void listenersAreCalledOnAThreadOfTheirOwnThatCanBeAwaited() {
		List<String> events = new CopyOnWriteArrayList<>();
		VirtualHost host = this.network.host("a");
		Membership a = start(host);
		a.subscribe((event) -> {
			if (event instanceof MemberStatusChangedEvent change) {
				// All wishes are allowed here, while somebody waits
				a.setPayload("seen", change.member().uri().toString());
				assertThat(host.awaitListeners(MINUTE)).isTrue();
				events.add(change.member().uri() + " " + change.status());
			}
		});
		Membership b = start("b", "a:3301");
		await(() -> sees(a, "b:3301", MemberStatus.ALIVE));
		assertThat(host.awaitListeners(Duration.ofSeconds(10))).isTrue();
		assertThat(events).containsExactly("b:3301 alive");
		await(() -> b.member(MemberUri.parse("a:3301"))
			.filter((member) -> "b:3301".equals(member.payload().get("seen")))
			.isPresent());
	}

	@Test
	void listenersThatTakeTooLongAreNotAwaited() throws InterruptedException {
		VirtualHost host = this.network.host("a");
		Membership a = start(host);
		Thread test = Thread.currentThread();
		a.subscribe((event) -> {
			while (test.isAlive() && !Thread.currentThread().isInterrupted()) {
				Thread.onSpinWait();
			}
		});
		start("b", "a:3301");
		await(() -> sees(a, "b:3301", MemberStatus.ALIVE));
		assertThat(host.awaitListeners(Duration.ofMillis(10))).isFalse();
	}

	@Test
	void whoWaitsForAProbeLetsTimePass() throws Exception {
		Membership a = start("a");
		start("b");
		assertThat(a.probeUri("b:3301").get(5, TimeUnit.SECONDS)).isInstanceOf(ProbeResult.Alive.class);
		assertThat(this.network.elapsed()).isPositive().isLessThan(Duration.ofMillis(10));
		assertThat(a.probeUri("nobody:3301").thenApply(Object::getClass).join())
			.isEqualTo(ProbeResult.NoResponse.class);
		assertThat(this.network.elapsed()).isBetween(a.options().ackTimeout(), Duration.ofSeconds(5));
	}

	@Test
	void whoDoesNotWaitLongEnoughForAProbeWaitsInVirtualTimeOnly() {
		Membership a = start("a");
		assertThatExceptionOfType(TimeoutException.class)
			.isThrownBy(() -> a.probeUri("nobody:3301").get(1, TimeUnit.MILLISECONDS));
		assertThat(this.network.elapsed()).isEqualTo(Duration.ofMillis(1));
	}

	@Test
	void aPortIsTakenOnlyOnce() {
		start("a");
		assertThatExceptionOfType(SocketBindException.class).isThrownBy(() -> start("a"));
		assertThat(start(builder(this.network.host("a")).port(0)).myself().uri()).hasToString("a:3302");
	}

	@Test
	void aPortIsFreeAgainWhenItsNodeIsGone() {
		Membership a = start("a");
		a.close();
		assertThat(start("a").myself().uri()).hasToString("a:3301");
	}

	@Test
	void aNodeIsReachedByTheAddressThatItBinds() {
		start(builder(this.network.host("a")).bindAddress("192.0.2.7").advertisedHost(null));
		Membership b = start("b", "192.0.2.7:3301");
		await(() -> sees(b, "192.0.2.7:3301", MemberStatus.ALIVE));
	}

	@Test
	void aNodeCanMove() {
		Membership a = start("a");
		Membership b = start("b", "a:3301");
		await(() -> sees(a, "b:3301", MemberStatus.ALIVE));
		b.reinit("b", 3302);
		await(() -> sees(a, "b:3302", MemberStatus.ALIVE) && sees(a, "b:3301", MemberStatus.DEAD));
	}

	@Test
	void datagramsAreEncrypted() {
		EncryptionKey key = EncryptionKey.of("a key");
		Membership a = start(builder(this.network.host("a")).encryptionKey(key));
		Membership b = start(builder(this.network.host("b"), "a:3301").encryptionKey(key));
		Membership c = start("c", "a:3301");
		awaitCompany(a, b);
		this.network.run(MINUTE);
		assertThat(c.members()).hasSize(1);
	}

	@Test
	void everythingFollowsFromTheSeed() {
		assertThat(timesUntilDeath(7)).isEqualTo(timesUntilDeath(7)).isNotEqualTo(timesUntilDeath(8));
	}

	private List<Duration> timesUntilDeath(long seed) {
		VirtualNetwork other = new VirtualNetwork(seed);
		Membership a = start(builder(other.host("a")));
		List<Duration> times = new ArrayList<>();
		for (String name : List.of("b", "c", "d")) {
			Membership peer = start(builder(other.host(name), "a:3301"));
			other.runUntil(() -> sees(a, name + ":3301", MemberStatus.ALIVE), MINUTE);
			peer.crash();
			assertThat(other.runUntil(() -> sees(a, name + ":3301", MemberStatus.DEAD), MINUTE)).isTrue();
			times.add(other.elapsed());
		}
		return times;
	}

	private Membership start(String name, String... seeds) {
		return start(this.network.host(name), seeds);
	}

	private Membership start(VirtualHost host, String... seeds) {
		return start(builder(host, seeds));
	}

	private static MembershipBuilder builder(VirtualHost host, String... seeds) {
		return Membership.builder().platform(host).seeds(seeds);
	}

	private Membership start(MembershipBuilder builder) {
		Membership node = builder.start();
		this.nodes.add(node);
		return node;
	}

	private void awaitCompany(Membership a, Membership b) {
		await(() -> sees(a, "b:3301", MemberStatus.ALIVE) && sees(b, "a:3301", MemberStatus.ALIVE));
	}

	private void await(BooleanSupplier condition) {
		assertThat(this.network.runUntil(condition, MINUTE)).isTrue();
	}

	private static boolean sees(Membership observer, String uri, MemberStatus status) {
		return observer.member(MemberUri.parse(uri)).filter((member) -> member.status() == status).isPresent();
	}

}
