package io.membership.test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A few random scenarios in each build. To run more, set
 * {@code -Dmembership.swarm.duration=PT1H}.
 */
class SwarmTests {

	static LongStream seeds() {
		return LongStream.rangeClosed(1, 30);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void aMeshRecoversFromWhateverHappened(long seed) {
		SimulationError fault = Scenario.random(seed).fault();
		assertThat(fault).as("%s", fault).isNull();
	}

	/** What the swarm found when it ran for long. */
	@ParameterizedTest
	@ValueSource(strings = "844727576/2/"
			+ "cut:2:3451@6634,duplication:2:9924@37176,crash:1:8775@41633,payload:1:1107@48518")
	void whatWentWrongOnceDoesNotAgain(String scenario) {
		SimulationError fault = Scenario.parse(scenario).fault();
		assertThat(fault).as("%s", fault).isNull();
	}

	@Test
	void aScenarioIsItsText() {
		Scenario scenario = Scenario.random(5);
		assertThat(Scenario.parse(scenario.toString())).isEqualTo(scenario);
	}

	@Test
	void aScenarioWithoutStepsIsItsText() {
		Scenario scenario = Scenario.parse("5/3/");
		assertThat(Scenario.parse(scenario.toString())).isEqualTo(scenario);
	}

	@Test
	void aScenarioIsShortenedToWhatMakesItGoWrong() {
		Scenario scenario = Scenario
			.parse("1/5/loss:1:9@1,crash:3:0@2,heal:1:0@3,freeze:2:50@4,payload:2:7@5,leave:4:0@6");
		Scenario shortened = Shrinking.shrink(scenario,
				(shorter) -> shorter.toString().contains("crash:3") && shorter.toString().contains("payload"));
		assertThat(shortened).hasToString("1/5/crash:3:0@2,payload:2:7@5");
	}

	@Test
	@EnabledIfSystemProperty(named = "membership.swarm.duration", matches = ".+")
	void goesOnForLong() {
		Swarm swarm = new Swarm(System.out);
		swarm.run(Duration.parse(System.getProperty("membership.swarm.duration")),
				Long.getLong("membership.swarm.seed", System.nanoTime()));
		assertThat(swarm.failures()).isEmpty();
	}

	@Test
	@EnabledIfSystemProperty(named = "membership.swarm.replay", matches = ".+")
	void replay() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		new Swarm(new PrintStream(out, true, StandardCharsets.UTF_8))
			.replay(Scenario.parse(System.getProperty("membership.swarm.replay")));
		assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
	}

}
