package io.membership.test.cost;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

/**
 * A member costs as much as it did, in each protocol period: what makes it better or
 * worse shows here. A change that is meant to writes down the new figures, which the
 * failure tells.
 */
class CostTests {

	/**
	 * Another choice of random targets changes less than this, and one more rumor in each
	 * datagram more.
	 */
	private static final Percentage TRAFFIC = withinPercentage(5);

	/**
	 * What the ciphers of JDK 17 and 25 allocate differs by almost this much from what is
	 * recorded, which is between them; all else is the same in both.
	 */
	private static final Percentage ALLOCATION = withinPercentage(10);

	/**
	 * Only the optimizing compiler leaves out objects that do not escape: which ones, and
	 * since when, is different each time. Without it, and with references of one size,
	 * each run allocates the same number of bytes.
	 */
	private static final List<String> REPEATABLE = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

	private static final Map<Life, Cost> COSTS = new EnumMap<>(Life.class);

	@BeforeAll
	static void measure() throws IOException, InterruptedException {
		String java = ProcessHandle.current().info().command().orElse("java");
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		List<String> command = new ArrayList<>(List.of(java, "-cp", classPath));
		command.addAll(REPEATABLE);
		command.add(CostProcess.class.getName());
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			output.lines()
				.map((line) -> line.split(" ", 2))
				.forEach((words) -> COSTS.put(Life.valueOf(words[0]), Cost.parse(words[1])));
		}
		assertThat(process.waitFor()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "IDLE, 2.00 72.4 4494", "IDLE_ENCRYPTED, 2.00 160.4 13720",
			"IDLE_WITHOUT_EXTENSIONS, 2.20 1403.9 15528", "BUSY, 15.33 1051.6 31073", "GATHERING, 4.35 862.0 16157" })
	void aMemberCostsAsMuchAsItDid(Life life, String recorded) {
		Cost before = Cost.parse(recorded);
		Cost now = COSTS.get(life);
		String figures = "datagrams, bytes and bytes allocated were " + before + " and are " + now;
		assertThat(now.datagrams()).as(figures).isCloseTo(before.datagrams(), TRAFFIC);
		assertThat(now.bytes()).as(figures).isCloseTo(before.bytes(), TRAFFIC);
		assertThat(now.allocated()).as(figures).isCloseTo(before.allocated(), ALLOCATION);
	}

}
