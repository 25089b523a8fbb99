package io.membership.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.membership.MemberStatus;
import io.membership.Membership;
import org.junit.jupiter.api.Test;

import static io.membership.test.Conditions.allSeeAll;
import static io.membership.test.Conditions.everyoneSees;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Examples of the documentation.
 */
class GuideTests {

	@Test
	void aPartitionedRackIsBackSoon() {
		SimulatedMesh mesh = SimulatedMesh.builder().size(20).seed(42).build().startJoined();

		mesh.crash(7);
		Outcome crash = mesh.runUntil(everyoneSees(7, MemberStatus.DEAD)).within(Duration.ofSeconds(15));
		assertThat(crash.first(7, MemberStatus.SUSPECT).orElseThrow()).isLessThan(Duration.ofSeconds(6));
		mesh.restart(7).runUntil(allSeeAll()).within(Duration.ofSeconds(15));

		mesh.network().isolate(List.of(1, 2, 3, 4));
		mesh.run(Duration.ofMinutes(1));
		mesh.network().heal();
		mesh.runUntil(allSeeAll()).within(Duration.ofSeconds(15));
	}

	@Test
	void aListenerHearsOfACrash() {
		VirtualNetwork network = new VirtualNetwork(42);
		VirtualHost host = network.host("a");
		Membership a = Membership.builder().platform(host).start();
		Membership b = Membership.builder().platform(network.host("b")).seeds("a:3301").start();
		List<MemberStatus> statuses = new CopyOnWriteArrayList<>();
		a.subscribe((event) -> statuses.add(event.member().status()));

		network.run(Duration.ofSeconds(1));
		b.crash();
		network.run(Duration.ofSeconds(15));

		host.awaitListeners(Duration.ofSeconds(10));
		assertThat(statuses).containsExactly(MemberStatus.ALIVE, MemberStatus.SUSPECT, MemberStatus.DEAD);
		a.close();
	}

}
