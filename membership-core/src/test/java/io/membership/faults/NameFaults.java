package io.membership.faults;

import java.io.IOException;
import java.time.Duration;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.process.Child;
import io.membership.process.JavaCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members that are known by names, and a name server that changes, hangs, or knows too
 * much. The virtual machines keep what it says for a second only, instead of 30.
 */
@InNamespaces
class NameFaults {

	private static final int NAME_SERVER = 9;

	private static final String KEEP_NAMES_BRIEFLY = "-Dsun.net.inetaddr.ttl=1";

	@Test
	void aHostThatMovesToAnotherAddressIsFoundThere() throws Exception {
		try (Nodes nodes = new Nodes()) {
			Child names = startNameServer(nodes, 4, 1);
			for (int i = 1; i <= 4; i++) {
				tell(nodes, names, i);
				startNamed(nodes, i);
			}
			nodes.mesh().awaitHealth();
			MemberUri moving = named(2);
			Host host = nodes.host(2);
			Stopwatch watch = new Stopwatch();
			host.ip("addr", "del", host.address() + "/24", "dev", "eth0");
			host.ip("addr", "add", "10.77.0.202/24", "dev", "eth0");
			names.tell("n2.mesh 10.77.0.202");
			nodes.awaitSeen(moving, MemberStatus.SUSPECT);
			nodes.mesh().awaitHealth();
			assertThat(watch.took("address of a host changed, all see all alive")).isLessThan(Duration.ofSeconds(20));
			nodes.stayAlive(Duration.ofSeconds(6));
			nodes.mesh().awaitHealth();
		}
	}

	private static MemberUri named(int number) {
		return MemberUri.of("n" + number + ".mesh", 3301);
	}

	private static void tell(Nodes nodes, Child names, int number) throws IOException {
		names.tell("n" + number + ".mesh " + nodes.host(number).address());
	}

	private static void startNamed(Nodes nodes, int number, String... words) throws Exception {
		MemberUri uri = named(number);
		nodes.start(nodes.host(number), uri, nodes.command(uri, words).with(KEEP_NAMES_BRIEFLY));
	}

	private static Child startNameServer(Nodes nodes, int clients, int timeout) throws IOException {
		String server = nodes.host(NAME_SERVER).address();
		for (int i = 1; i <= clients; i++) {
			nodes.host(i)
				.writeFile("resolv.conf", "nameserver " + server + "\noptions timeout:" + timeout + " attempts:1\n");
			nodes.host(i).writeFile("nsswitch.conf", "hosts: files dns\n");
		}
		return nodes.startOther(nodes.host(NAME_SERVER), JavaCommand.of(DnsProcess.class));
	}

}
