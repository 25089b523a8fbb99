package io.membership.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipObserver;
import io.membership.Seed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes that find each other by names which change, in virtual time.
 */
@Timeout(60)
class SeedTests {

	private static final String MESH = "dns:///mesh";

	private static final String SERVICE = "_membership._udp.mesh";

	private static final Duration A_SECOND = Duration.ofSeconds(1);

	/** The longest pause between two searches, and the time to find what there is. */
	private static final Duration ONE_PAUSE = Duration.ofSeconds(32);

	private final VirtualNetwork network = new VirtualNetwork(7);

	private final List<Membership> nodes = new ArrayList<>();

	@AfterEach
	void crashAll() {
		this.nodes.forEach(Membership::crash);
	}

	@Test
	void aNameLeadsToTheMesh() {
		VirtualHost host = this.network.host("a");
		Membership a = start(host);
		this.network.name("mesh", host);
		Membership b = start(this.network.host("b"), MESH);
		await(A_SECOND, () -> sees(a, "b:3301") && sees(b, "a:3301"));
	}

	@Test
	void aServiceLeadsToTheMesh() {
		Membership a = start(this.network.host("a"));
		this.network.service(SERVICE, MemberUri.of("a", 3301), MemberUri.of("gone", 3301));
		Membership b = start(this.network.host("b"), "dns+srv:///" + SERVICE);
		await(A_SECOND, () -> sees(a, "b:3301") && sees(b, "a:3301"));
	}

	@Test
	void aNameThatDoesNotResolveAtTheStartIsFoundLater() {
		this.network.name("mesh");
		Membership b = start(this.network.host("b"), MESH);
		this.network.run(Duration.ofHours(1));
		VirtualHost host = this.network.host("a");
		start(host);
		this.network.name("mesh", host);
		await(ONE_PAUSE, () -> sees(b, "a:3301"));
	}

	@Test
	void whoHasLostEverybodyFindsThoseWhoCameInTheirPlace() {
		VirtualHost old = this.network.host("a");
		Membership a = start(old);
		this.network.name("mesh", old);
		Membership b = start(this.network.host("b"), MESH);
		await(A_SECOND, () -> sees(b, "a:3301"));
		a.crash();
		VirtualHost young = this.network.host("c");
		start(young);
		this.network.name("mesh", young);
		await(ONE_PAUSE, () -> sees(b, "c:3301"));
	}

	@Test
	void islandsMeetWhereTheirNameLeads() {
		VirtualHost one = this.network.host("a");
		VirtualHost other = this.network.host("c");
		Membership a = start(one);
		Membership c = start(other);
		Membership b = start(this.network.host("b"), "a:3301", MESH);
		Membership d = start(this.network.host("d"), "c:3301", MESH);
		this.network.name("mesh", one);
		this.network.run(Duration.ofMinutes(5));
		assertThat(List.of(b.members().size(), c.members().size())).containsExactly(4, 4);
		assertThat(sees(a, "d:3301") && sees(d, "a:3301")).isTrue();
	}

	@Test
	void aCrowdThatStartsTogetherIsOneMesh() {
		VirtualHost[] hosts = IntStream.range(0, 50)
			.mapToObj((i) -> this.network.host("n" + i))
			.toArray(VirtualHost[]::new);
		this.network.name("mesh", hosts);
		for (VirtualHost host : hosts) {
			start(host, MESH);
		}
		await(Duration.ofSeconds(10), () -> this.nodes.stream().allMatch((node) -> node.members().size() == 50));
	}

	@Test
	void ownAddressIsNoFailure() {
		List<String> failures = new CopyOnWriteArrayList<>();
		VirtualHost host = this.network.host("a");
		this.network.name("mesh", host);
		Membership a = Membership.builder().platform(host).seeds(MESH).observer(new MembershipObserver() {
			@Override
			public void seedsFailed() {
				failures.add("failed");
			}
		}).start();
		this.nodes.add(a);
		this.network.run(Duration.ofMinutes(5));
		assertThat(a.members()).hasSize(1);
		assertThat(a.state().failures()).isZero();
		assertThat(failures).isEmpty();
	}

	@Test
	void aProviderIsAskedAgainAndAgain() {
		List<Seed> told = new CopyOnWriteArrayList<>();
		Membership b = Membership.builder().platform(this.network.host("b")).seedProvider(() -> told).start();
		this.nodes.add(b);
		this.network.run(Duration.ofHours(1));
		start(this.network.host("a"));
		told.add(MemberUri.of("a", 3301));
		await(ONE_PAUSE, () -> sees(b, "a:3301"));
	}

	@Test
	void whoIsKnownByAnotherNameIsNotGreetedForEver() {
		VirtualHost host = this.network.host("a");
		start(host);
		this.network.name("mesh", host);
		List<MembershipObserver.MessageType> sent = new CopyOnWriteArrayList<>();
		Membership b = Membership.builder()
			.platform(this.network.host("b"))
			.seeds(MESH)
			.observer(new MembershipObserver() {
				@Override
				public void sent(MessageType type, int bytes) {
					sent.add(type);
				}
			})
			.start();
		this.nodes.add(b);
		this.network.run(Duration.ofMinutes(1));
		sent.clear();
		this.network.run(Duration.ofMinutes(10));
		assertThat(sent.stream().filter(MembershipObserver.MessageType.PING::equals).count()).isBetween(590L, 610L);
	}

	private Membership start(VirtualHost host, String... seeds) {
		Membership node = Membership.builder().platform(host).seeds(seeds).start();
		this.nodes.add(node);
		return node;
	}

	private void await(Duration limit, BooleanSupplier condition) {
		assertThat(this.network.runUntil(condition, limit)).isTrue();
	}

	private static boolean sees(Membership observer, String uri) {
		return observer.member(MemberUri.parse(uri))
			.filter((member) -> member.status() == MemberStatus.ALIVE)
			.isPresent();
	}

}
