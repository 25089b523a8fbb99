package io.membership.faults;

import java.time.Duration;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.process.JavaCommand;
import io.membership.process.Observations;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A small heap, with many members, and with an application that takes all of it.
 */
@InNamespaces
class MemoryFaults {

	private static final int CROWD = 1000;

	private static final String SMALL_HEAP = "-Xmx48m";

	@Test
	void aThousandMembersFitASmallHeapThatTheApplicationFillsMeanwhile() throws Exception {
		try (Nodes nodes = new Nodes()) {
			Host host = nodes.host(1);
			MemberUri small = Nodes.uri(host);
			nodes.start(host, small, nodes.command(small).with(SMALL_HEAP));
			nodes.start(nodes.host(2));
			nodes.start(nodes.host(3));
			Host crowd = nodes.host(4);
			Stopwatch watch = new Stopwatch();
			nodes.startOther(crowd, JavaCommand.of(CrowdProcess.class, crowd.address(), CROWD, small));
			nodes.await("a thousand members",
					() -> nodes.mesh().observations().count(small, MemberStatus.ALIVE) == CROWD + 3);
			watch.took(CROWD + " members told, known to the node with 48 MB");
			nodes.stayAlive(Duration.ofSeconds(5));
			ask(nodes, small, MemberProcess.COLLECT);
			ask(nodes, small, MemberProcess.FILL);
			nodes.stayAlive(Duration.ofSeconds(4));
			Stopwatch relief = new Stopwatch();
			ask(nodes, small, MemberProcess.FREE);
			nodes.mesh().awaitHealth();
			relief.took("heap was full for 4 s and is free again, all see all alive");
			ask(nodes, small, MemberProcess.COLLECT);
			// One of the crowd that was slow to answer has no view, so it refutes nothing
			Observations seen = nodes.mesh().observations();
			long suspected = seen.count(small, MemberStatus.SUSPECT);
			assertThat(suspected).isLessThan(CROWD / 100);
			assertThat(seen.count(small, MemberStatus.ALIVE)).isEqualTo(CROWD + 3 - suspected);
		}
	}

	private static void ask(Nodes nodes, MemberUri node, String command) throws Exception {
		nodes.written().clear();
		nodes.mesh().child(node).tell(command);
		System.out.println("measured: " + nodes.written().await(node, command, Nodes.PATIENCE));
	}

}
