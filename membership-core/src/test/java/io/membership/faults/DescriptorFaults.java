package io.membership.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that can open no file and no socket any more.
 */
@InNamespaces
class DescriptorFaults {

	@Test
	void aProcessWithoutDescriptorsStaysAMemberAndNoticesDeaths() throws Exception {
		try (Nodes nodes = new Nodes()) {
			nodes.start(nodes.host(1));
			MemberUri poor = nodes.start(nodes.host(2), "preload=on");
			nodes.start(nodes.host(3));
			nodes.start(nodes.host(4));
			nodes.mesh().awaitHealth();
			String pid = String.valueOf(nodes.mesh().child(poor).pid());
			try (Stream<Path> open = Files.list(Path.of("/proc", pid, "fd"))) {
				Command.run("prlimit", "--pid", pid, "--nofile=" + open.count() + ":4096");
			}
			nodes.stayAlive(Duration.ofSeconds(8));
			nodes.mesh().awaitHealth();
			MemberUri victim = Nodes.uri(nodes.host(3));
			Stopwatch watch = new Stopwatch();
			nodes.mesh().kill(victim);
			nodes.awaitSeen(List.of(poor), victim, MemberStatus.DEAD);
			watch.took("no descriptors left, another node killed, dead for this one");
			nodes.awaitSeen(List.of(Nodes.uri(nodes.host(1)), Nodes.uri(nodes.host(4))), victim, MemberStatus.DEAD);
			Command.run("prlimit", "--pid", pid, "--nofile=4096:4096");
			nodes.start(nodes.host(3));
			nodes.mesh().awaitHealth();
			assertThat(nodes.written().of(poor, "ERROR")).isEmpty();
		}
	}

}
