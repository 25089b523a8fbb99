package io.membership.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.process.JavaCommand;
import io.membership.process.Sighting;
import org.junit.jupiter.api.Test;

/**
 * Datagrams that come twice, late, and in another order.
 */
@InNamespaces
class RelayFaults {

	private static final int FIRST_PORT = 4001;

	private static final int NODES = 4;

	@Test
	void datagramsThatComeTwiceLateAndInDisorderKillNobody() throws Exception {
		try (Nodes nodes = new Nodes()) {
			List<Object> targets = new ArrayList<>();
			for (int i = 1; i <= NODES; i++) {
				targets.add(nodes.host(i).address());
			}
			Host relay = nodes.host(NODES + 1);
			nodes.startOther(relay, JavaCommand.of(RelayProcess.class, 150, 50, FIRST_PORT).and(targets.toArray()));
			Stopwatch watch = new Stopwatch();
			for (int i = 0; i < NODES; i++) {
				MemberUri uri = MemberUri.of(relay.address(), FIRST_PORT + i);
				nodes.start(nodes.host(i + 1), uri, nodes.command(uri, "bind=" + uri.port()));
			}
			nodes.mesh().awaitHealth();
			watch.took("four nodes behind a relay with up to 150 ms and half of all twice, all see all");
			long begin = Sighting.now();
			nodes.stayAlive(Duration.ofSeconds(8));
			System.out
				.println("measured: doubts within 8 s of that: " + nodes.mesh().observations().doubts(begin).size());
			MemberUri victim = nodes.mesh().members().get(2);
			Stopwatch death = new Stopwatch();
			nodes.mesh().kill(victim);
			nodes.awaitSeen(victim, MemberStatus.DEAD);
			death.took("a node behind that relay killed, dead for all others");
		}
	}

}
