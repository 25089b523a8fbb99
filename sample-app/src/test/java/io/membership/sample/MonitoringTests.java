package io.membership.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard and the alert rules ask only for what the application exports.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "membership.port=0", "membership.address=127.0.0.1", "demo.members=0" })
class MonitoringTests {

	private static final Path FILES = Path.of("..", "docs", "monitoring");

	private static final Pattern SELECTOR = Pattern.compile("(membership_\\w+)(?:\\{([^}]*)})?");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)(?:=~|!=|=)\"([^\"]*)\"");

	/** Labels of the scrape, which the application does not export. */
	private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

	@LocalServerPort
	private int port;

	@Test
	void theDashboardShowsWhatIsExported() throws IOException, InterruptedException {
		JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(FILES.resolve("grafana-dashboard.json")));
		List<String> expressions = Stream
			.concat(dashboard.findValuesAsString("expr").stream(), dashboard.findValuesAsString("definition").stream())
			.toList();

		assertThat(expressions).hasSizeGreaterThan(20);
		assertExported(expressions);
	}

	@Test
	void thePanelsOfTheDashboardDoNotOverlap() throws IOException {
		JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(FILES.resolve("grafana-dashboard.json")));
		boolean[][] taken = new boolean[100][24];
		for (JsonNode panel : dashboard.get("panels")) {
			JsonNode place = panel.get("gridPos");
			for (int y = place.get("y").asInt(); y < place.get("y").asInt() + place.get("h").asInt(); y++) {
				for (int x = place.get("x").asInt(); x < place.get("x").asInt() + place.get("w").asInt(); x++) {
					assertThat(taken[y][x]).as(panel.get("title").asString()).isFalse();
					taken[y][x] = true;
				}
			}
		}
	}

	@Test
	void theAlertsWatchWhatIsExported() throws IOException, InterruptedException {
		Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml()
			.load(Files.readString(FILES.resolve("alerts.yml")));
		List<Map<String, Object>> rules = file.get("groups").get(0).get("rules");

		assertThat(rules).hasSizeGreaterThan(10)
			.allSatisfy((rule) -> assertThat(rule).containsKeys("alert", "expr", "labels", "annotations"));
		assertExported(rules.stream().map((rule) -> (String) rule.get("expr")).toList());
	}

	private void assertExported(List<String> expressions) throws IOException, InterruptedException {
		String exported = scrape();
		for (String expression : expressions) {
			Matcher selector = SELECTOR.matcher(expression);
			assertThat(selector.find()).as(expression).isTrue();
			do {
				String metric = selector.group(1);
				assertThat(exported).as(expression).containsPattern("(?m)^" + metric + "[{ ]");
				assertLabelsExported(metric, selector.group(2), exported);
			}
			while (selector.find());
		}
	}

	private static void assertLabelsExported(String metric, String matchers, String exported) {
		Matcher matcher = MATCHER.matcher((matchers != null) ? matchers : "");
		while (matcher.find()) {
			String label = matcher.group(1);
			if (!OF_PROMETHEUS.contains(label)) {
				for (String value : matcher.group(2).split("\\|", -1)) {
					assertThat(exported)
						.containsPattern("(?m)^" + metric + "\\{[^}]*" + label + "=\"" + Pattern.quote(value) + "\"");
				}
			}
		}
	}

	private String scrape() throws IOException, InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + this.port + "/actuator/prometheus"))
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
	}

}
