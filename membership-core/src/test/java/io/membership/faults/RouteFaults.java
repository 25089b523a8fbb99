package io.membership.faults;

import java.time.Duration;
import java.util.List;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.process.Sighting;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Routes that are not the same in both directions.
 */
@InNamespaces
class RouteFaults {

	/** Frames to a hardware address that nobody has are lost without a word. */
	@Test
	void aPathThatLosesEverythingInOneDirectionKillsNobody() throws Exception {
		try (Nodes nodes = new Nodes()) {
			nodes.start(4);
			long begin = Sighting.now();
			nodes.host(3)
				.ip("neigh", "replace", nodes.host(2).address(), "lladdr", "02:00:00:00:00:99", "dev", "eth0", "nud",
						"permanent");
			nodes.stayAlive(Duration.ofSeconds(8));
			List<Sighting> doubts = nodes.mesh().observations().doubts(begin);
			System.out.println("measured: one direction between two members lost for 8 s, doubts: " + doubts.size());
			nodes.mesh().awaitHealth();
		}
	}

	/** What such a host says comes from an address that nobody knows. */
	@Test
	void aHostWhoseAnswersComeFromAnotherAddressIsAMemberLikeAnother() throws Exception {
		try (Nodes nodes = new Nodes()) {
			nodes.host(3);
			Host host = nodes.host(2);
			nodes.network().plug(host, "eth1", "h2b");
			host.ip("addr", "add", "10.77.0.102/24", "dev", "eth1", "noprefixroute");
			for (Host other : List.of(nodes.host(1), nodes.host(3))) {
				host.ip("route", "add", other.address() + "/32", "dev", "eth1", "src", "10.77.0.102");
			}
			Stopwatch watch = new Stopwatch();
			nodes.start(3);
			watch.took("three nodes started, one of which answers from another address: all see all alive");
			long begin = Sighting.now();
			nodes.stayAlive(Duration.ofSeconds(5));
			assertThat(nodes.mesh().observations().doubts(begin)).isEmpty();
			MemberUri victim = Nodes.uri(host);
			Stopwatch death = new Stopwatch();
			nodes.mesh().kill(victim);
			nodes.awaitSeen(victim, MemberStatus.DEAD);
			death.took("the same one killed: dead for all others");
		}
	}

}
