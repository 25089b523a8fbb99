package io.membership.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The repackaged jar in processes of its own, once as it is and once with what was
 * generated ahead of time.
 */
class SampleJarIT {

	private static final Path JAR = Path.of("target", "sample-app.jar");

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	private Path logs;

	private final List<Process> processes = new ArrayList<>();

	private final HttpClient client = HttpClient.newHttpClient();

	@AfterEach
	void endProcesses() throws InterruptedException {
		this.processes.forEach(Process::destroyForcibly);
		for (Process process : this.processes) {
			process.waitFor();
		}
	}

	@Test
	void aProcessWithGeneratedCodeJoinsAnother() throws Exception {
		Node first = start("first", "--logging.structured.format.console=logstash",
				"--logging.level.io.membership.swim=info");
		Node second = start("second", "-Dspring.aot.enabled=true", "--membership.seeds=" + first.uri());
		for (Node node : List.of(first, second)) {
			await().atMost(PATIENCE).untilAsserted(() -> {
				assertThat(MemberList.of(node.get("/members")).withStatus("alive"))
					.containsExactlyInAnyOrder(first.uri(), second.uri());
				assertThat(node.get("/actuator/membership/" + second.uri())).contains("\"status\":\"alive\"");
				assertThat(node.get("/actuator/prometheus")).contains("membership_members{status=\"alive\"} 2.0");
				assertThat(node.get("/actuator/health")).contains("\"membership\":{");
				assertThat(node.get("/actuator/membershiphistory")).contains("\"uri\":\"" + second.uri() + "\"",
						"\"to\":\"alive\"");
			});
		}
		assertThat(second.log()).contains("Starting AOT-processed SampleApplication");

		String secondUri = second.uri();
		try (InputStream page = second.openPage()) {
			second.process.destroy();
			assertThat(second.process.waitFor(20, TimeUnit.SECONDS)).as("An open page holds up nobody").isTrue();
			assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8)).contains("event: state", "event: end");
		}
		await().atMost(PATIENCE)
			.untilAsserted(
					() -> assertThat(MemberList.of(first.get("/members")).withStatus("left")).contains(secondUri));
		assertThat(first.log()).contains("\"membership.uri\":\"" + secondUri + "\"", "\"membership.status\":\"left\"",
				"\"membership.cause\":\"leave\"");
	}

	/**
	 * Starts an ordinary node; arguments that begin with -D are for the virtual machine.
	 */
	private Node start(String name, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		List.of(arguments).stream().filter((argument) -> argument.startsWith("-D")).forEach(command::add);
		command.addAll(List.of("-jar", JAR.toString(), "--server.port=0", "--demo.members=0", "--membership.port=0",
				"--membership.address=127.0.0.1"));
		List.of(arguments).stream().filter((argument) -> argument.startsWith("--")).forEach(command::add);
		Path log = this.logs.resolve(name + ".log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		this.processes.add(process);
		return new Node(process, log);
	}

	/** A process and what it writes. */
	private final class Node {

		private static final Pattern URI_LINE = Pattern.compile("advertised=(\\S+)");

		private static final Pattern PORT_LINE = Pattern.compile("Tomcat started on port (\\d+)");

		private final Process process;

		private final Path log;

		Node(Process process, Path log) {
			this.process = process;
			this.log = log;
		}

		String uri() {
			return find(URI_LINE);
		}

		String get(String path) {
			URI uri = URI.create("http://localhost:" + find(PORT_LINE) + path);
			HttpRequest request = HttpRequest.newBuilder(uri).build();
			return SampleJarIT.this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().body();
		}

		InputStream openPage() {
			URI uri = URI.create("http://localhost:" + find(PORT_LINE) + "/membership/events");
			HttpRequest request = HttpRequest.newBuilder(uri).build();
			return SampleJarIT.this.client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream()).join().body();
		}

		private String find(Pattern pattern) {
			await().atMost(PATIENCE).until(() -> pattern.matcher(log()).find() || !this.process.isAlive());
			Matcher matcher = pattern.matcher(log());
			assertThat(matcher.find()).as(log()).isTrue();
			return matcher.group(1);
		}

		String log() {
			try {
				return Files.readString(this.log);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
