package io.membership.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.membership.benchmark.engine.Engines;
import io.membership.test.report.Results;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The report of made-up results.
 */
class BenchmarkReportTests {

	@TempDir
	Path directory;

	private String report = "";

	@BeforeEach
	void write() throws IOException {
		save("membership", 20, Measures.KILL + Measures.LAST, 1.5, 1.25, 2);
		save("membership", 100, Measures.KILL + Measures.LAST, 2.5);
		save("jgroups", 20, Measures.KILL + Measures.LAST, Double.POSITIVE_INFINITY);
		Results failed = new Results();
		failed.addFailure("all see all 1000");
		failed.addCommand("full engines=jgroups nodes=1000");
		failed.save(this.directory.resolve(BenchmarkReport.file("jgroups", "1000")));
		new BenchmarkReport(this.directory, Explanations.parse("## kill-20\n\nNobody knows why."))
			.write(this.directory.resolve("docs"));
		this.report = Files.readString(this.directory.resolve("docs/benchmarks.md"));
	}

	private void save(String engine, int nodes, String metric, double... values) throws IOException {
		Results results = new Results();
		results.addCommand("full nodes=" + nodes);
		for (double value : values) {
			results.add(nodes + " nodes", metric, value);
		}
		results.save(this.directory.resolve(BenchmarkReport.file(engine, String.valueOf(nodes))));
	}

	@Test
	void rowsShowMedianAndRange() {
		String title = Engines.of("membership").title();
		assertThat(this.report).contains("| " + title + " | 20 | – | 1.50 (1.25 to 2, n = 3) |",
				"| " + title + " | 100 | – | 2.50 |");
	}

	@Test
	void whatDidNotHappenIsNever() {
		assertThat(this.report).contains("| " + Engines.of("jgroups").title() + " | 20 | – | never |");
	}

	@Test
	void enginesHaveTheirVersionAndWhyTheyEnded() {
		assertThat(this.report).containsPattern(
				"\\| `jgroups` \\| JGroups 5\\.\\S+ \\| its tcp.xml[^|]* \\| ended with 1000 nodes: all see all 1000 \\|");
		assertThat(this.report).containsPattern("\\| `pekko` \\| Apache Pekko cluster 1\\..* \\| not run \\|");
	}

	@Test
	void commandsHaveWhatTheyMeasured() {
		assertThat(this.report).contains("| `full nodes=20` | `membership` 20; `jgroups` 20 |",
				"| `full nodes=100` | `membership` 100 |", "| `full engines=jgroups nodes=1000` | `jgroups` 1000 |");
	}

	@Test
	void goalsComeFirst() {
		assertThat(this.report).containsSubsequence("## Goals", "2 of 2 are met", "## Engines");
		assertThat(this.report).doesNotContain("Nobody knows why");
	}

	@Test
	void oneNodeHasItsPart() throws IOException {
		assertThat(this.report).doesNotContain("## One node");
		Results remote = new Results();
		remote.add(RemoteMembers.GROUP, RemoteMembers.MEMBERS, 10_000);
		remote.add(RemoteMembers.GROUP, RemoteMembers.KNOWN, 150.4);
		remote.add(RemoteMembers.GROUP, "known: class A", 100);
		remote.add(RemoteMembers.GROUP, RemoteMembers.CONTACTED, 250);
		remote.add(RemoteMembers.GROUP, "talked to: class A", 101);
		remote.add(RemoteMembers.GROUP, "talked to: class B", 102);
		remote.add(RemoteMembers.GROUP, RemoteMembers.QUIET, 5);
		remote.add(RemoteMembers.GROUP, RemoteMembers.QUIET_RATE, 1);
		remote.add(RemoteMembers.GROUP, RemoteMembers.BUSY, 55);
		remote.add(RemoteMembers.GROUP, RemoteMembers.BUSY_RATE, 1001);
		remote.save(this.directory.resolve(RemoteMembers.FILE));
		write();
		assertThat(this.report).containsSubsequence("| 10,000 | 150 | 250 |", "| `B` | – | 102.0 |",
				"| `A` | 100.0 | 101.0 |", "| 1 | 5.00 |", "| 1,001 | 55.00 |", "The difference is 50.0 µs");
	}

	@Test
	void falsePositivesStandBesideHowShortTimeWas() throws IOException {
		save("membership", 50, Measures.starved("3"), 0);
		Results scarce = Results.load(this.directory.resolve(BenchmarkReport.file("membership", "50")));
		scarce.add("50 nodes", Measures.halted("3"), 99.5);
		scarce.add("50 nodes", Measures.IDLE, 0.75);
		scarce.save(this.directory.resolve(BenchmarkReport.file("membership", "50")));
		write();
		assertThat(this.report).contains("| halted at 3 % | 20 % | 10 % | 5 % | 3 % |",
				"| 50 | – | – | – | 99.5 | – | – | – | 0 |", "busy before it ran 50 nodes (75 % idle)");
	}

	@Test
	void whatWasMeasuredSideBySideIsAdded() throws IOException {
		Results beside = new Results();
		beside.add("20 nodes", SideBySide.CPU, 4);
		beside.addCommand("full parts=beside");
		beside.save(this.directory.resolve(SideBySide.file("membership", 20)));
		write();
		assertThat(this.report).contains("| " + Engines.of("membership").title() + " | 20 | 4 |",
				"| `full parts=beside` | `membership` 20 |", "| 1.50 (1.25 to 2, n = 3) |");
	}

	@Test
	void tablesWithoutFiguresAreLeftOut() {
		assertThat(this.report).contains("## A member is killed").doesNotContain("## A member leaves");
	}

	@Test
	void eachTableHasItsPlot() {
		assertThat(this.report).contains("](images/benchmarks/a-member-is-killed.svg)");
		assertThat(this.directory.resolve("docs/images/benchmarks/a-member-is-killed.svg")).exists();
	}

}
