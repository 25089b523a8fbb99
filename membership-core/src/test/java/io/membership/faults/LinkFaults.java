package io.membership.faults;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import org.junit.jupiter.api.Test;

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

	private static void loseLink(Nodes nodes, String what, Step down, Step up) throws Exception {
		MemberUri victim = nodes.mesh().members().get(1);
		Stopwatch sinceDown = new Stopwatch();
		down.run();
		nodes.awaitSeen(victim, MemberStatus.DEAD);
		sinceDown.took(what + " down, dead for all others");
		Stopwatch sinceUp = new Stopwatch();
		up.run();
		nodes.mesh().awaitHealth();
		sinceUp.took(what + " up, all see all alive");
	}

	/** Something that is done to a host. */
	private interface Step {

		void run() throws Exception;

	}

}
