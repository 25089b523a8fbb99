package io.membership.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.membership.test.report.Results;
import io.membership.test.report.Section;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is met and what is missed, of made-up results.
 */
class GoalsTests {

	private final Map<String, Map<Integer, Results>> meshes = new LinkedHashMap<>();

	private final Results micro = new Results();

	private final Results remote = new Results();

	@Test
	void withoutFiguresThereIsNothingToSay() {
		assertThat(report()).isEmpty();
	}

	@Test
	void theMedianAndTheBestPeerDecide() {
		mesh("membership", 20, Measures.KILL + Measures.LAST, 1.5, 1.25, 9);
		mesh("membership-gcm", 20, Measures.KILL + Measures.LAST, 1);
		mesh("scalecube", 20, Measures.KILL + Measures.LAST, Double.POSITIVE_INFINITY);
		mesh("serf", 20, Measures.KILL + Measures.LAST, 1.6, 1.4, 5);
		assertThat(report()).contains("1 of 1 are met", "| 1.50 s | Serf: 1.60 s | met |");
		mesh("hazelcast", 20, Measures.KILL + Measures.LAST, 1.5);
		assertThat(report()).contains("0 of 1 are met", "| 1.50 s | Hazelcast: 1.50 s | **missed** |");
	}

	@Test
	void whatNeverHappensIsMissed() {
		mesh("membership", 20, Measures.STOP + Measures.LAST, Double.POSITIVE_INFINITY);
		assertThat(report()).contains("| never | – | **missed** |");
	}

	@Test
	void theSizeThatIsFurthestFromTheGoalDecides() {
		mesh("membership", 20, Measures.BYTES, 150);
		mesh("membership", 50, Measures.BYTES, 201);
		mesh("membership", 100, Measures.BYTES, 180);
		mesh("memberlist", 20, Measures.BYTES, 100);
		mesh("memberlist", 50, Measures.BYTES, 201);
		assertThat(report()).contains(
				"| ≤ 200 bytes at any N | 201 bytes (N = 50) | memberlist: 201 bytes | **missed** |",
				"| ≤ 1.35 × at any N | 1.50 × (N = 20) | memberlist: 100 bytes | **missed** |");
	}

	@Test
	void ratiosAreOfEqualSizes() {
		mesh("membership", 20, SideBySide.CPU, 1);
		mesh("scalecube", 20, SideBySide.CPU, 3.5);
		mesh("memberlist", 50, SideBySide.CPU, 0.5);
		assertThat(report()).contains("| ≤ 1/3 × at any N | 0.29 × (N = 20) | ScaleCube cluster: 3.50 ms | met |")
			.doesNotContain("memberlist: ");
	}

	@Test
	void starvationCountsOnlyIfItHurtsSomebody() {
		mesh("membership", 50, Measures.starved("20"), 0);
		mesh("memberlist", 50, Measures.starved("20"), 0);
		assertThat(report()).contains("| 0 at 20 % of a processor | no peer has any | **missed** |");
		mesh("membership", 50, Measures.starved("10"), 0);
		mesh("scalecube", 50, Measures.starved("10"), 7);
		mesh("membership", 50, Measures.starved("5"), 5);
		mesh("memberlist", 50, Measures.starved("5"), 9);
		assertThat(report()).contains("| 0 at 10 % of a processor | ScaleCube cluster: 7 | met |");
	}

	@Test
	void whoDoesNotRecoverStillCountsWhereItHungered() {
		mesh("membership", 50, Measures.starved("10"), 0);
		mesh("scalecube", 50, Measures.starved("10"), 7);
		mesh("membership", 50, Measures.starved("5"), 0);
		assertThat(report()).contains("| 0 at 10 % of a processor | ScaleCube cluster: 7 | met |");
	}

	@Test
	void whoAlwaysHungersMissesTheGoal() {
		mesh("membership", 50, Measures.starved("10"), 3);
		mesh("scalecube", 50, Measures.starved("10"), 7);
		assertThat(report()).contains("| 3 at 10 % of a processor | ScaleCube cluster: 7 | **missed** |");
	}

	@Test
	void aThousandMustBeWatchedForLongEnough() {
		watched(599, 0.5, 0);
		assertThat(report()).contains("| 0 in 599 s, 0.50 processors | – | **missed** |");
		watched(600.2, 0.5, 0);
		assertThat(report()).contains("| 0 in 600 s, 0.50 processors | – | met |");
		watched(600, 1.1, 0);
		assertThat(report()).contains("**missed**");
		watched(600, 0.5, 1);
		assertThat(report()).contains("**missed**");
	}

	private void watched(double seconds, double processors, double missed) {
		this.meshes.clear();
		mesh("membership", 1000, Measures.WATCHED, seconds);
		mesh("membership", 1000, Measures.WATCHED_CPU, processors);
		mesh("membership", 1000, Measures.WATCHED_FALSE, missed);
	}

	@Test
	void operationsAndMemoryAreGoalsToo() {
		this.micro.add("answerAFullPing 10", Microbenchmarks.NANOS, 9000);
		this.micro.add("answerAFullPing 1000", Microbenchmarks.NANOS, 16_000);
		this.remote.add(RemoteMembers.GROUP, RemoteMembers.KNOWN, 199.6);
		this.remote.add(RemoteMembers.GROUP, RemoteMembers.CONTACTED, 300);
		assertThat(report()).contains("| ≤ 15 µs | 16 µs (among 1000 members) | – | **missed** |",
				"| ≤ 200 bytes | 200 bytes | – | met |", "| ≤ 200 bytes | 300 bytes | – | **missed** |");
	}

	@Test
	void onlyWhatIsMissedIsExplained() {
		this.remote.add(RemoteMembers.GROUP, RemoteMembers.KNOWN, 100);
		this.remote.add(RemoteMembers.GROUP, RemoteMembers.CONTACTED, 300);
		assertThat(report()).contains("**Missed: heap per remote member that was talked to.** Addresses.")
			.doesNotContain("Objects.");
	}

	private void mesh(String engine, int nodes, String metric, double... values) {
		Results results = this.meshes.computeIfAbsent(engine, (id) -> new TreeMap<>())
			.computeIfAbsent(nodes, (size) -> new Results());
		for (double value : values) {
			results.add(nodes + " nodes", metric, value);
		}
	}

	private String report() {
		Section section = new Section("");
		new Goals(this.meshes, this.micro, this.remote)
			.write(Explanations.parse("## heap-known\n\nObjects.\n\n## heap-contacted\n\nAddresses.\n"), section);
		return section.toString();
	}

}
