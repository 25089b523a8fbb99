package io.membership.benchmark.engine;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lines that wait for each other.
 */
class OutputTests {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final Output output = new Output(new PrintStream(this.bytes, false, StandardCharsets.UTF_8));

	@Test
	void linesAreWrittenTogetherInTheirOrder() {
		this.output.line("started 1");
		this.output.sight(1, Sight.UP, 2, "");
		this.output.sight(1, Sight.PAYLOAD, 2, "a value");
		assertThat(this.bytes.size()).isZero();
		this.output.flush();
		this.output.flush();
		assertThat(this.bytes.toString(StandardCharsets.UTF_8))
			.matches("started 1\n@ \\d+ 1 UP 2\n@ \\d+ 1 PAYLOAD 2 a value\n");
	}

	@Test
	void noLineIsBrokenOrWrittenTwiceWhileOthersWrite() throws Exception {
		int lines = 20_000;
		Thread writer = new Thread(() -> IntStream.range(0, lines).forEach((i) -> this.output.line("line " + i)));
		writer.start();
		while (writer.isAlive()) {
			this.output.flush();
		}
		writer.join();
		this.output.flush();
		assertThat(this.bytes.toString(StandardCharsets.UTF_8).lines().toList())
			.isEqualTo(IntStream.range(0, lines).mapToObj((i) -> "line " + i).toList());
	}

	@Test
	void whatIsThereIsWrittenByItself() throws Exception {
		try (PipedInputStream in = new PipedInputStream();
				PrintStream stream = new PrintStream(new PipedOutputStream(in), false, StandardCharsets.UTF_8);
				BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
			Output started = Output.start(stream);
			started.line("one");
			assertThat(reader.readLine()).isEqualTo("one");
			started.line("two");
			assertThat(reader.readLine()).isEqualTo("two");
		}
	}

}
