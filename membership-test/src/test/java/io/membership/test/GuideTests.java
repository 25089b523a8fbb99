package io.membership.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.membership.MemberStatus;
import io.membership.Membership;
import org.junit.jupiter.api.Test;

import static io.membership.test.Conditions.allSeeAll;
import static io.membership.test.Conditions.everyoneSees;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the guide, and that they are those in the guide.
 */
class GuideTests {

	// guide: begin
	@Test
	void aPartitionedRackIsBackSoon() {
		SimulatedMesh mesh = SimulatedMesh.builder().size(20).seed(42).build().startJoined();

		mesh.crash(7);
		Outcome crash = mesh.runUntil(everyoneSees(7, MemberStatus.DEAD)).within(Duration.ofSeconds(15));
		assertThat(crash.first(7, MemberStatus.SUSPECT).orElseThrow()).isLessThan(Duration.ofSeconds(6));
		mesh.restart(7).runUntil(allSeeAll()).within(Duration.ofSeconds(15));

		mesh.network().isolate(List.of(1, 2, 3, 4));
		mesh.run(Duration.ofMinutes(1));
		mesh.network().heal();
		mesh.runUntil(allSeeAll()).within(Duration.ofSeconds(15));
	}

	@Test
	void aListenerHearsOfACrash() {
		VirtualNetwork network = new VirtualNetwork(42);
		VirtualHost host = network.host("a");
		Membership a = Membership.builder().platform(host).start();
		Membership b = Membership.builder().platform(network.host("b")).seeds("a:3301").start();
		List<MemberStatus> statuses = new CopyOnWriteArrayList<>();
		a.subscribe((event) -> statuses.add(event.member().status()));

		network.run(Duration.ofSeconds(1));
		b.crash();
		network.run(Duration.ofSeconds(15));

		host.awaitListeners(Duration.ofSeconds(10));
		assertThat(statuses).containsExactly(MemberStatus.ALIVE, MemberStatus.SUSPECT, MemberStatus.DEAD);
		a.close();
	}
	// guide: end

	@Test
	void theGuideShowsTheExamples() throws IOException {
		String source = Files.readString(Path.of("src/test/java/io/membership/test/GuideTests.java"));
		String examples = source.substring(source.indexOf("guide: begin") + 12, source.indexOf("// guide: end"));
		List<String> lines = examples.lines().map(String::strip).filter((line) -> !line.isEmpty()).toList();
		List<String> guide = Files.readAllLines(Path.of("../docs/testing.md")).stream().map(String::strip).toList();
		assertThat(guide).containsAll(lines);
	}

}
