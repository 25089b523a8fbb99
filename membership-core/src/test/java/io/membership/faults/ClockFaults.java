package io.membership.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A wall clock that somebody sets. Namespaces of Linux do not have wall clocks of their
 * own, so libfaketime sets what the C library tells one process of it; the monotonic
 * clock is the real one, as where the real clock is set.
 */
@InNamespaces
class ClockFaults {

	@TempDir
	private Path directory;

	@Test
	void aClockThatIsSetKillsNobodyAndDelaysNothing() throws Exception {
		Optional<Path> library = library();
		assumeTrue(library.isPresent(), "libfaketime is not there, which Debian has in its package faketime");
		try (Nodes nodes = new Nodes()) {
			setClock("+0s");
			nodes.start(nodes.host(1));
			Host host = nodes.host(2);
			MemberUri stepped = Nodes.uri(host);
			nodes.start(host, stepped,
					nodes.command(stepped)
						.variable("LD_PRELOAD", library.orElseThrow().toString())
						.variable("FAKETIME_TIMESTAMP_FILE", clock().toString())
						.variable("FAKETIME_NO_CACHE", "1")
						.variable("FAKETIME_DONT_FAKE_MONOTONIC", "1")
						.variable("DONT_FAKE_MONOTONIC", "1"));
			nodes.start(nodes.host(3));
			nodes.mesh().awaitHealth();
			for (String step : List.of("+3600s", "-3600s", "+86400s", "-86400s")) {
				setClock(step);
				assertThat(clockOf(nodes, stepped)).as("seconds that the clock is ahead")
					.isCloseTo(Long.parseLong(step.replace("s", "")), within(60L));
				nodes.stayAlive(Duration.ofSeconds(4));
				nodes.mesh().awaitHealth();
			}
			MemberUri victim = Nodes.uri(nodes.host(3));
			Stopwatch watch = new Stopwatch();
			nodes.mesh().kill(victim);
			nodes.awaitSeen(List.of(stepped), victim, MemberStatus.DEAD);
			watch.took("clock set back by a day, another node killed, dead for this one");
		}
	}

	/** Returns how many seconds a process thinks that it is later than it is. */
	private static long clockOf(Nodes nodes, MemberUri node) throws Exception {
		nodes.written().clear();
		nodes.mesh().child(node).tell(MemberProcess.CLOCK);
		String line = nodes.written().await(node, MemberProcess.CLOCK, Nodes.PATIENCE);
		return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)) - Instant.now().getEpochSecond();
	}

	private Path clock() {
		return this.directory.resolve("clock");
	}

	private void setClock(String offset) throws IOException {
		Path next = this.directory.resolve("next");
		Files.writeString(next, offset + "\n");
		Files.move(next, clock(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private static Optional<Path> library() throws IOException {
		try (Stream<Path> directories = Files.list(Path.of("/usr/lib"))) {
			return directories.map((directory) -> directory.resolve("faketime/libfaketimeMT.so.1"))
				.filter(Files::exists)
				.findFirst();
		}
	}

}
