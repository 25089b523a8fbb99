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
		failed.save(this.directory.resolve(BenchmarkReport.file("jgroups", "1000")));
		Files.writeString(this.directory.resolve("jgroups.command"), "full engines=jgroups");
		new BenchmarkReport(this.directory).write(this.directory.resolve("docs"));
		this.report = Files.readString(this.directory.resolve("docs/benchmarks.md"));
	}

	private void save(String engine, int nodes, String metric, double... values) throws IOException {
		Results results = new Results();
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
	void enginesHaveTheirVersionTheirCommandAndWhyTheyEnded() {
		assertThat(this.report)
			.containsPattern("\\| `jgroups` \\| JGroups 5\\.\\S+ \\| its tcp.xml \\| `full engines=jgroups` \\|"
					+ " ended with 1000 nodes: all see all 1000 \\|");
		assertThat(this.report).containsPattern("\\| `pekko` \\| Apache Pekko cluster 1\\..* \\| not run \\|");
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
