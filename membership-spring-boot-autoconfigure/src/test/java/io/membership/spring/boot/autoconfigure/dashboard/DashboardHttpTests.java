package io.membership.spring.boot.autoconfigure.dashboard;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.membership.MemberUri;
import io.membership.spring.boot.autoconfigure.dashboard.EventStream.Event;
import io.membership.spring.boot.history.MembershipHistory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the live page over HTTP, without a browser.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class DashboardHttpTests {

	private static final JsonMapper MAPPER = new JsonMapper();

	private final HttpClient client = HttpClient.newHttpClient();

	private final MadeUpMesh mesh = new MadeUpMesh();

	private ConfigurableApplicationContext application;

	private String url;

	@BeforeAll
	void start() {
		this.application = DashboardApplication.start(this.mesh, "server.shutdown=graceful");
		this.url = DashboardApplication.url(this.application);
		this.mesh.grow(5);
		MembershipHistory history = this.application.getBean(MembershipHistory.class);
		await().until(() -> history.lastId() >= 4);
	}

	@AfterAll
	void stop() {
		this.application.close();
		this.mesh.close();
	}

	@Test
	void thePathLeadsToThePageByARelativeLink() {
		HttpResponse<String> response = get("/membership");
		assertThat(response.statusCode()).isEqualTo(302);
		assertThat(response.headers().firstValue("Location")).hasValue("membership/");
	}

	@Test
	void thePageIsProtectedFromWhatIsShown() {
		HttpResponse<String> page = get("/membership/");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
		assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
			.contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
			.doesNotContain("unsafe");
		assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(page.body()).doesNotContain("style=\"").doesNotContain("<style").doesNotContain("https://");
		assertThat(get("/membership/dashboard.js").body()).doesNotContain("innerHTML")
			.doesNotContain("insertAdjacentHTML")
			.doesNotContain("eval(");
	}

	@Test
	void filesAreSentAgainOnlyIfTheyChanged() {
		for (String file : List.of("", "dashboard.css", "dashboard.js")) {
			HttpResponse<String> first = get("/membership/" + file);
			String etag = first.headers().firstValue("ETag").orElseThrow();
			HttpResponse<String> second = send(request("/membership/" + file).header("If-None-Match", etag));
			assertThat(second.statusCode()).isEqualTo(304);
			assertThat(second.body()).isEmpty();
			assertThat(second.headers().firstValue("Cache-Control")).hasValue("no-cache");
		}
	}

	@Test
	void nothingCanBeChanged() {
		for (String path : List.of("", "/", "/state", "/events")) {
			assertThat(send(request("/membership" + path).POST(BodyPublishers.noBody())).statusCode()).isEqualTo(405);
		}
		assertThat(get("/membership/other").statusCode()).isEqualTo(404);
	}

	@Test
	void tellsTheStateButNothingOfThePayloadExceptTheZone() {
		HttpResponse<String> response = get("/membership/state");
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(response.body()).doesNotContain("swordfish").doesNotContain("secret");
		JsonNode state = MAPPER.readTree(response.body());
		assertThat(state.get("self").asString()).isEqualTo(MadeUpMesh.SELF.toString());
		assertThat(state.get("members").size()).isGreaterThanOrEqualTo(5);
		assertThat(state.get("members").toString()).contains("\"zone\":\"eu-2\"");
		assertThat(state.get("changes").get(0).get("evidence").get("cause").asString()).isNotEmpty();
	}

	@Test
	void tellsWhatHappensSoonAndWhy() {
		MemberUri uri = member(101);
		try (EventStream stream = EventStream.open(this.url, null)) {
			assertThat(stream.response().headers().firstValue("Content-Type").orElseThrow())
				.startsWith("text/event-stream");
			await().until(() -> !stream.events().isEmpty());
			assertThat(stream.events().get(0).name()).isEqualTo("state");
			this.mesh.suspect(uri);
			await().atMost(Duration.ofSeconds(3)).until(() -> hasChange(stream, uri, "suspect"));
			this.mesh.remove(uri);
			await().until(() -> stream.events()
				.stream()
				.anyMatch((event) -> event.name().equals("change") && event.data().contains("\"removed\":[\"" + uri)));
		}
	}

	@Test
	void whoComesBackGoesOnWhereItStopped() {
		MemberUri uri = member(102);
		String lastId;
		try (EventStream stream = EventStream.open(this.url, null)) {
			this.mesh.suspect(uri);
			await().until(() -> hasChange(stream, uri, "suspect"));
			lastId = stream.events().get(stream.events().size() - 1).id();
		}
		this.mesh.die(uri);
		try (EventStream stream = EventStream.open(this.url, lastId)) {
			await().until(() -> hasChange(stream, uri, "dead"));
			assertThat(stream.events()).extracting(Event::name).doesNotContain("state");
		}
	}

	@Test
	void whoComesBackFromAnotherLifeBeginsAnew() {
		for (String id : List.of("0123abcd-7", "nonsense", "-", "-1")) {
			try (EventStream stream = EventStream.open(this.url, id)) {
				await().until(() -> !stream.events().isEmpty());
				assertThat(stream.events().get(0).name()).isEqualTo("state");
			}
		}
	}

	@Test
	void aPageThatReadsNothingIsCutAndHoldsUpNobody() throws IOException {
		DashboardFeed feed = this.application.getBean(DashboardFeed.class);
		MemberUri uri = member(103);
		try (Socket lazy = new Socket(); EventStream stream = EventStream.open(this.url, null)) {
			await().until(() -> !stream.events().isEmpty());
			int before = feed.clientCount();
			lazy.setReceiveBufferSize(1024);
			lazy.connect(new InetSocketAddress("localhost", URI.create(this.url).getPort()));
			lazy.getOutputStream()
				.write("GET /membership/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			await().until(() -> feed.clientCount() == before + 1);
			String zone = "x".repeat(64);
			for (int round = 0; feed.clientCount() > before; round++) {
				assertThat(round).isLessThan(500);
				int size = stream.events().size();
				for (int number = 1; number <= 500; number++) {
					this.mesh.add(MemberUri.of("lag-" + number, 1), Map.of("zone", zone), null);
				}
				await().until(() -> stream.events().size() > size);
			}
			this.mesh.suspect(uri);
			await().until(() -> hasChange(stream, uri, "suspect"));
		}
		for (int number = 1; number <= 500; number++) {
			this.mesh.remove(MemberUri.of("lag-" + number, 1));
		}
	}

	@Test
	void tooManyPagesAreTurnedAway() {
		try (MadeUpMesh small = new MadeUpMesh();
				ConfigurableApplicationContext limited = DashboardApplication.start(small,
						"membership.dashboard.max-clients=2")) {
			String target = DashboardApplication.url(limited);
			try (EventStream first = EventStream.open(target, null);
					EventStream second = EventStream.open(target, null)) {
				assertThat(first.response().statusCode()).isEqualTo(200);
				assertThat(second.response().statusCode()).isEqualTo(200);
				try (EventStream third = EventStream.open(target, null)) {
					assertThat(third.response().statusCode()).isEqualTo(503);
					assertThat(third.response().headers().firstValue("Retry-After")).isPresent();
				}
			}
		}
	}

	@Test
	void stoppingEndsAllPagesAtOnce() {
		try (MadeUpMesh small = new MadeUpMesh()) {
			ConfigurableApplicationContext stopping = DashboardApplication.start(small, "server.shutdown=graceful");
			List<EventStream> streams = new ArrayList<>();
			for (int count = 0; count < 5; count++) {
				streams.add(EventStream.open(DashboardApplication.url(stopping), null));
			}
			await().until(() -> streams.stream().noneMatch((stream) -> stream.events().isEmpty()));
			long begin = System.nanoTime();
			stopping.close();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
			await().until(() -> streams.stream().allMatch(EventStream::isEnded));
			assertThat(streams)
				.allSatisfy((stream) -> assertThat(stream.events()).extracting(Event::name).endsWith("end"));
		}
	}

	private MemberUri member(int number) {
		MemberUri uri = MemberUri.of("test-" + number, 1);
		this.mesh.add(uri, Map.of(), null);
		return uri;
	}

	private static boolean hasChange(EventStream stream, MemberUri uri, String status) {
		return stream.events().stream().filter((event) -> event.name().equals("change")).anyMatch((event) -> {
			JsonNode news = MAPPER.readTree(event.data());
			return contains(news.get("members"), uri, "status", status)
					&& contains(news.get("changes"), uri, "to", status);
		});
	}

	private static boolean contains(JsonNode list, MemberUri uri, String field, String value) {
		for (JsonNode element : list) {
			if (element.get("uri").asString().equals(uri.toString()) && element.get(field).asString().equals(value)) {
				return true;
			}
		}
		return false;
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.url + path));
	}

	private HttpResponse<String> get(String path) {
		return send(request(path));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		return this.client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()).join();
	}

}
