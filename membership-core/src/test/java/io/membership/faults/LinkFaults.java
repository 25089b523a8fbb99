package io.membership.faults;

import java.time.Duration;
import java.util.List;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A host that loses its link for a while.
 */
@InNamespaces
class LinkFaults {

	@Test
	void aNodeWhoseInterfaceIsDownIsDeadUntilItIsUpAgain() throws Exception {
		try (Nodes nodes = new Nodes()) {
			nodes.start(4);
			loseLink(nodes, "interface", () -> nodes.host(2).ip("link", "set", "eth0", "down"),
					() -> nodes.host(2).ip("link", "set", "eth0", "up"));
		}
	}

	@Test
	void aNodeWhoseCableIsPulledIsDeadUntilItIsPluggedIn() throws Exception {
		try (Nodes nodes = new Nodes()) {
			nodes.start(4);
			loseLink(nodes, "cable", () -> nodes.network().setPort("h2", "down"),
					() -> nodes.network().setPort("h2", "up"));
		}
	}

	/** Without a link everybody is dead for the node, which still counts on itself. */
	private static void loseLink(Nodes nodes, String what, Step down, Step up) throws Exception {
		MemberUri victim = nodes.mesh().members().get(1);
		Stopwatch sinceDown = new Stopwatch();
		down.run();
		nodes.awaitSeen(victim, MemberStatus.DEAD);
		assertThat(sinceDown.took(what + " down, dead for all others")).isLessThan(Duration.ofSeconds(15));
		for (MemberUri other : nodes.mesh().othersThan(victim)) {
			nodes.awaitSeen(List.of(victim), other, MemberStatus.DEAD);
		}
		sinceDown.took(what + " down, all others dead for the node");
		Stopwatch sinceUp = new Stopwatch();
		up.run();
		nodes.mesh().awaitHealth();
		assertThat(sinceUp.took(what + " up, all see all alive")).isLessThan(Duration.ofSeconds(30));
	}

	/** Something that is done to a host. */
	private interface Step {

		void run() throws Exception;

	}

}
