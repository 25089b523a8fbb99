package io.membership.test.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The report is made of what simulations measured. To write it, set
 * {@code -Dmembership.report=full}.
 */
class SimulationReportTests {

	private final Experiment tiny = new Experiment() {

		@Override
		public String id() {
			return "tiny";
		}

		@Override
		public String title() {
			return "A tiny experiment";
		}

		@Override
		public List<Job> jobs(Scale scale) {
			return List.of(Parity.job(5, 1), Parity.job(5, 2));
		}

		@Override
		public void write(Results results, Scale scale, Section section) {
			Sample dead = results.sample("5", "dead.all");
			section
				.table(List.of("runs", "dead at all"),
						List.of(List.of(Numbers.count(dead.size()), Numbers.seconds(dead.max()))))
				.plot("tiny", new LinePlot("Dead at all", "seconds", "% of runs").distribution("N=5", dead))
				.goals(Goal.atMost("dead at all within 10 s", 10, dead.max(), "s"));
		}

	};

	@TempDir
	Path directory;

	@Test
	void theSameSeedsGiveTheSameReport() throws Exception {
		String first = report(this.directory.resolve("first"));
		String second = report(this.directory.resolve("second"));
		assertThat(withoutTheMachine(first)).isEqualTo(withoutTheMachine(second)).contains("| 2 | ");
		assertThat(this.directory.resolve("first/images/simulation/tiny.svg"))
			.hasSameTextualContentAs(this.directory.resolve("second/images/simulation/tiny.svg"));
	}

	@Test
	void goalsAreSummarized() throws Exception {
		assertThat(report(this.directory)).contains("1 of 1 are met.").contains("| dead at all within 10 s |");
	}

	@Test
	void anExperimentThatDoesNotExistIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SimulationReport.write(Scale.QUICK, this.directory, this.directory, List.of("parrity")))
			.withMessageContaining("parity");
	}

	@Test
	void resultsThatAreMissingAreNamed() throws Exception {
		SimulationReport.write(Scale.QUICK, this.directory, this.directory, List.of("none"));
		assertThat(this.directory.resolve("simulation.md")).content()
			.contains("## 1. Parity with the reference")
			.contains("Not run.");
	}

	@Test
	void anErrorIsAResult() {
		Results results = new Job("group", 7, (seed, recorder) -> {
			recorder.add("before", 1);
			throw new IllegalStateException("broken\nengine");
		}).run();
		assertThat(results.failures()).containsExactly("group with seed 7: broken engine");
		assertThat(results.sample("group", "before").size()).isEqualTo(1);
	}

	@Test
	void resultsSurviveAsAFile() throws Exception {
		Path file = this.directory.resolve("results.tsv");
		Results results = Parity.job(5, 3).run();
		results.addFailure("something");
		results.save(file);
		Results loaded = Results.load(file);
		assertThat(loaded.sample("5", "dead.all").values()).isEqualTo(results.sample("5", "dead.all").values());
		assertThat(loaded.failures()).containsExactly("something");
		assertThat(loaded.wallSeconds()).isEqualTo(results.wallSeconds());
		assertThat(loaded.processorSeconds()).isEqualTo(results.processorSeconds());
	}

	private String report(Path output) throws Exception {
		Laboratory laboratory = new Laboratory(output.resolve("results"), Scale.QUICK, System.err);
		laboratory.run(List.of(this.tiny));
		new Report(Scale.QUICK, laboratory).write(List.of(this.tiny), output);
		return Files.readString(output.resolve("simulation.md"));
	}

	private static String withoutTheMachine(String report) {
		return report.substring(0, report.indexOf("## The machine"));
	}

	@Test
	@EnabledIfSystemProperty(named = "membership.report", matches = "quick|full")
	void writeTheReport() throws Exception {
		Scale scale = Scale.valueOf(System.getProperty("membership.report").toUpperCase(Locale.ROOT));
		String output = System.getProperty("membership.report.output",
				scale.pick("target/simulation/quick", "../docs"));
		String names = System.getProperty("membership.report.experiments", "");
		SimulationReport.write(scale, Path.of(output), Path.of("target/simulation"),
				names.isEmpty() ? List.of() : Arrays.asList(names.split(",", -1)));
		assertThat(Path.of(output, "simulation.md")).exists();
	}

}
