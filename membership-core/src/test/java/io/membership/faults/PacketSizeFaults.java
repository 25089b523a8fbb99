package io.membership.faults;

import java.time.Duration;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import org.junit.jupiter.api.Test;

/**
 * A link that carries smaller packets than the nodes think. The switch loses those that
 * are larger, and tells nobody.
 */
@InNamespaces
class PacketSizeFaults {

	@Test
	void aNodeBehindALinkThatLosesLargePacketsSaysWhatHelps() throws Exception {
		try (Nodes nodes = new Nodes()) {
			nodes.start(3);
			MemberUri narrow = Nodes.uri(nodes.host(2));
			nodes.network().setPort("h2", "mtu", "600");
			nodes.stayAlive(Duration.ofSeconds(4));
			nodes.mesh().awaitHealth();
			Stopwatch watch = new Stopwatch();
			nodes.mesh().child(narrow).tell(MemberProcess.PAYLOAD + " 1000");
			nodes.awaitSeen(narrow, MemberStatus.DEAD);
			watch.took("payload larger than the link carries, the node dead for all others");
			nodes.written().await(narrow, "max-packet-size", Nodes.PATIENCE);
			watch.took("the same, warning at the node");
			Stopwatch remedy = new Stopwatch();
			nodes.mesh().child(narrow).tell(MemberProcess.PAYLOAD + " 100");
			nodes.mesh().awaitHealth();
			remedy.took("a payload that fits, all see all alive");
		}
	}

}
