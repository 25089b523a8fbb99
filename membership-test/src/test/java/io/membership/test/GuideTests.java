package io.membership.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.membership.MemberStatus;
import org.junit.jupiter.api.Test;

import static io.membership.test.Conditions.allSeeAll;
import static io.membership.test.Conditions.everyoneSees;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example of the guide, and that it is the one in the guide.
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
	// guide: end

	@Test
	void theGuideShowsTheExample() throws IOException {
		String source = Files.readString(Path.of("src/test/java/io/membership/test/GuideTests.java"));
		String example = source.substring(source.indexOf("guide: begin") + 12, source.indexOf("// guide: end"));
		List<String> lines = example.lines().map(String::strip).filter((line) -> !line.isEmpty()).toList();
		List<String> guide = Files.readAllLines(Path.of("../docs/testing.md")).stream().map(String::strip).toList();
		assertThat(guide).containsAll(lines);
	}

}
