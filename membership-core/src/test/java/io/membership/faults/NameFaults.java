package io.membership.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.process.Child;
import io.membership.process.JavaCommand;
import org.junit.jupiter.api.Test;

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
			for (MemberUri other : nodes.mesh().othersThan(moving)) {
				awaitAnswer(nodes, other, moving);
				awaitAnswer(nodes, moving, other);
			}
			nodes.mesh().awaitHealth();
			watch.took("address of a host changed, all reach it there");
			nodes.stayAlive(Duration.ofSeconds(4));
			nodes.mesh().awaitHealth();
		}
	}

	/** Threads that wait for the server cannot do anything else for 30 seconds. */
	@Test
	void aNameServerThatHangsDelaysNobodyWhoIsKnown() throws Exception {
		try (Nodes nodes = new Nodes()) {
			Child names = startNameServer(nodes, 4, 30);
			names.tell("hanging1.mesh");
			names.tell("hanging2.mesh");
			tell(nodes, names, 4);
			nodes.start(nodes.host(1));
			Stopwatch watch = new Stopwatch();
			MemberUri waiting = nodes.start(nodes.host(2),
					"seeds=hanging1.mesh:3301,hanging2.mesh:3301," + Nodes.uri(nodes.host(1)));
			nodes.mesh().awaitHealth();
			watch.took("two of three seeds hang, started and joined");
			nodes.start(nodes.host(3));
			nodes.mesh().awaitHealth();
			Stopwatch newcomer = new Stopwatch();
			startNamed(nodes, 4);
			nodes.awaitSeen(List.of(waiting), named(4), MemberStatus.ALIVE);
			newcomer.took("while two names hang, a newcomer with another name is alive");
			nodes.stayAlive(Duration.ofSeconds(8));
			nodes.mesh().awaitHealth();
		}
	}

	@Test
	void aNameWithSeveralAddressesIsTheHostThatAnswersAtOneOfThem() throws Exception {
		try (Nodes nodes = new Nodes()) {
			Child names = startNameServer(nodes, 3, 1);
			MemberUri many = MemberUri.of("many.mesh", 3301);
			// The last one is the last one as sorted by the C library, too
			nodes.host(1).ip("addr", "add", "10.77.0.129/24", "dev", "eth0");
			names.tell("many.mesh 10.77.0.61 10.77.0.62 10.77.0.63 10.77.0.129");
			nodes.start(nodes.host(1), many, nodes.command(many).with(KEEP_NAMES_BRIEFLY));
			Stopwatch watch = new Stopwatch();
			for (int i = 2; i <= 3; i++) {
				MemberUri uri = Nodes.uri(nodes.host(i));
				nodes.start(nodes.host(i), uri, nodes.command(uri).with(KEEP_NAMES_BRIEFLY));
			}
			nodes.mesh().awaitHealth();
			watch.took("a name with four addresses, one of which answers, all see all alive");
			nodes.stayAlive(Duration.ofSeconds(6));
			nodes.mesh().kill(many);
			nodes.awaitSeen(many, MemberStatus.DEAD);
		}
	}

	@Test
	void whoLostAllBehindANameOfSeedsFindsThoseInTheirPlace() throws Exception {
		try (Nodes nodes = new Nodes()) {
			Child names = startNameServer(nodes, 3, 1);
			names.tell("seeds.mesh " + nodes.host(1).address());
			MemberUri old = nodes.start(nodes.host(1));
			MemberUri left = Nodes.uri(nodes.host(2));
			Stopwatch join = new Stopwatch();
			nodes.start(nodes.host(2), left, nodes.command(left, "seeds=dns:///seeds.mesh").with(KEEP_NAMES_BRIEFLY));
			nodes.mesh().awaitHealth();
			join.took("a seed by the name of its address, started and joined");
			nodes.mesh().kill(old);
			nodes.awaitSeen(List.of(left), old, MemberStatus.DEAD);
			names.tell("seeds.mesh " + nodes.host(3).address());
			MemberUri young = nodes.start(nodes.host(3), "seeds=");
			Stopwatch find = new Stopwatch();
			nodes.awaitSeen(List.of(left), young, MemberStatus.ALIVE);
			find.took("all seeds replaced under the same name, found");
		}
	}

	/** Waits until somebody answers another one directly. */
	private static void awaitAnswer(Nodes nodes, MemberUri source, MemberUri target) throws Exception {
		String answer = "";
		while (!answer.endsWith("Alive")) {
			nodes.written().clear();
			nodes.mesh().child(source).tell(MemberProcess.PROBE + " " + target);
			answer = nodes.written().await(source, MemberProcess.PROBE, Nodes.PATIENCE);
		}
	}

	private static MemberUri named(int number) {
		return MemberUri.of("n" + number + ".mesh", 3301);
	}

	private static void tell(Nodes nodes, Child names, int number) throws IOException {
		names.tell("n" + number + ".mesh " + nodes.host(number).address());
	}

	private static void startNamed(Nodes nodes, int number) throws Exception {
		MemberUri uri = named(number);
		nodes.start(nodes.host(number), uri, nodes.command(uri).with(KEEP_NAMES_BRIEFLY));
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
