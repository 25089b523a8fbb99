package io.membership.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The demonstration of the README, with shorter periods: the members in the order in
 * which a newcomer takes them out.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "membership.port=0", "membership.address=127.0.0.1", "membership.protocol-period=200ms",
				"membership.ack-timeout=100ms", "membership.suspect-timeout=1s", "membership.anti-entropy-period=1s" })
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SampleApplicationTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Test
	@Order(1)
	void showsFiveAliveMembers() {
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			assertThat(MemberList.of(get("/members")).withStatus("alive")).hasSize(5);
			assertThat(get("/actuator/membership")).contains("\"alive\":5");
			assertThat(get("/actuator/prometheus")).contains("membership_members{status=\"alive\"} 5.0");
			assertThat(get("/actuator/health")).contains("\"membership\":{").contains("\"status\":\"UP\"");
			assertThat(get("/membership/state")).contains("\"zone\":\"west\"", "\"zone\":\"east\"")
				.doesNotContain("demo-");
		});
		assertThat(get("/membership/")).contains("<title>Membership</title>");
	}

	@Test
	@Order(2)
	void aMemberThatStopsIsLeft() {
		String uri = MemberList.of(get("/members")).named("demo-1");
		assertThat(post("/demo/members/" + uri + "/stop")).isEqualTo(204);
		awaitStatus(uri, "left");
	}

	@Test
	@Order(3)
	void aMemberThatCrashesIsDead() {
		String uri = MemberList.of(get("/members")).named("demo-2");
		assertThat(post("/demo/members/" + uri + "/crash")).isEqualTo(204);
		awaitStatus(uri, "dead");
		await().untilAsserted(() -> assertThat(get("/actuator/membershiphistory?uri=" + uri))
			.contains("\"to\":\"dead\"", "\"evidence\":{"));
	}

	@Test
	@Order(4)
	void bothComeBack() {
		for (String name : List.of("demo-1", "demo-2")) {
			String uri = MemberList.of(get("/members")).named(name);
			assertThat(post("/demo/members/" + uri + "/start")).isEqualTo(204);
			awaitStatus(uri, "alive");
		}
	}

	@Test
	@Order(5)
	void whatIsNotOfTheDemonstrationIsNotFound() {
		assertThat(post("/demo/members/localhost:1/stop")).isEqualTo(404);
	}

	private void awaitStatus(String uri, String status) {
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(MemberList.of(get("/members")).withStatus(status)).contains(uri));
	}

	private String get(String path) {
		return send(HttpRequest.newBuilder(uri(path)).build()).body();
	}

	private int post(String path) {
		return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.noBody()).build()).statusCode();
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

	private HttpResponse<String> send(HttpRequest request) {
		return this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
	}

}
