package io.membership.spring.boot.actuate.endpoint;

import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.spring.boot.autoconfigure.TestMesh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MembershipEndpoint} over HTTP: one application as it is by default,
 * and one in which everything is allowed and shown.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class AbstractMembershipEndpointHttpTests {

	private static final String IPV6 = "[::1]:3301";

	private static final byte[] BYTES = { 1, 2, -1 };

	private final WebApplicationType type;

	private final TestMesh mesh = new TestMesh();

	private Membership peer;

	private ConfigurableApplicationContext readOnly;

	private ConfigurableApplicationContext unrestricted;

	AbstractMembershipEndpointHttpTests(WebApplicationType type) {
		this.type = type;
	}

	@BeforeAll
	void start() {
		this.peer = this.mesh.start(TestMesh.builder()
			.payload("zone", "b")
			.payload("db", Map.of("port", 5432, "password", "secret"))
			.payload("binary", BYTES)
			.payload("uuid", new UUID(1, 2))
			.payload("large", new BigInteger("18446744073709551615"))
			.payload("list", List.of(1, "two")));
		this.readOnly = application();
		this.unrestricted = application("management.endpoint.membership.access=unrestricted",
				"management.endpoint.membership.show-values=always");
		for (ConfigurableApplicationContext application : List.of(this.readOnly, this.unrestricted)) {
			TestMesh.awaitStatus(application.getBean(Membership.class), uriOf(this.peer), MemberStatus.ALIVE);
		}
	}

	private ConfigurableApplicationContext application(String... properties) {
		return new SpringApplicationBuilder(Application.class).web(this.type)
			.properties(TestMesh.properties("server.port=0", "management.endpoints.web.exposure.include=membership",
					"membership.seeds=" + uriOf(this.peer)))
			.properties(properties)
			.run();
	}

	@AfterAll
	void stop() {
		this.readOnly.close();
		this.unrestricted.close();
		this.mesh.close();
	}

	@Test
	void describesTheMesh() {
		Membership membership = this.readOnly.getBean(Membership.class);
		String self = uriOf(membership).toString();
		client(this.readOnly).get()
			.uri("/actuator/membership")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.self.uri")
			.isEqualTo(self)
			.jsonPath("$.self.status")
			.isEqualTo("alive")
			.jsonPath("$.counts.alive")
			.isNumber()
			.jsonPath("$.counts['non-decryptable']")
			.isEqualTo(0)
			.jsonPath("$.options.protocolPeriod")
			.isEqualTo("PT0.5S")
			.jsonPath("$.options.indirectProbes")
			.isEqualTo(3)
			.jsonPath("$.encrypted")
			.isEqualTo(false)
			.jsonPath("$.members")
			.isArray()
			.jsonPath("$.members[?(@.uri == '" + uriOf(this.peer) + "')].status")
			.isEqualTo("alive")
			.jsonPath("$.members[?(@.uri == '" + uriOf(this.peer) + "')].payload.zone")
			.isEqualTo("******")
			.jsonPath("$.members[?(@.uri == '" + self + "')].incarnation")
			.exists();
	}

	@Test
	void describesAMemberWithHiddenValuesByDefault() {
		client(this.readOnly).get()
			.uri("/actuator/membership/{uri}", uriOf(this.peer))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.uri")
			.isEqualTo(uriOf(this.peer).toString())
			.jsonPath("$.timestamp")
			.value((Object timestamp) -> assertThat(timestamp.toString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z"))
			.jsonPath("$.payload.zone")
			.isEqualTo("******")
			.jsonPath("$.payload.db.password")
			.isEqualTo("******")
			.jsonPath("$.payload.list[1]")
			.isEqualTo("******");
	}

	@Test
	void showsValuesExceptThoseThatAFunctionHides() {
		client(this.unrestricted).get()
			.uri("/actuator/membership/{uri}", uriOf(this.peer))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.payload.zone")
			.isEqualTo("b")
			.jsonPath("$.payload.db.port")
			.isEqualTo(5432)
			.jsonPath("$.payload.db.password")
			.isEqualTo("******")
			.jsonPath("$.payload.binary")
			.isEqualTo("AQL/")
			.jsonPath("$.payload.uuid")
			.isEqualTo(new UUID(1, 2).toString())
			.jsonPath("$.payload.large")
			.isEqualTo(new BigInteger("18446744073709551615"))
			.jsonPath("$.payload.list[1]")
			.isEqualTo("two");
	}

	@Test
	void whenMemberIsUnknownRespondsNotFound() {
		for (String uri : List.of("unknown:1", "no-uri", "[::2]:3301")) {
			client(this.readOnly).get().uri("/actuator/membership/{uri}", uri).exchange().expectStatus().isNotFound();
		}
		client(this.unrestricted).delete()
			.uri("/actuator/membership/{uri}", "unknown:1")
			.exchange()
			.expectStatus()
			.isNotFound();
		post(this.unrestricted, "unknown:1", "mark-left").expectStatus().isNotFound();
	}

	@Test
	void whenReadOnlyRespondsMethodNotAllowed() {
		post(this.readOnly, null, "leave").expectStatus().isEqualTo(405);
		post(this.readOnly, uriOf(this.peer).toString(), "probe").expectStatus().isEqualTo(405);
		client(this.readOnly).delete()
			.uri("/actuator/membership/{uri}", uriOf(this.peer))
			.exchange()
			.expectStatus()
			.isEqualTo(405);
		assertThat(this.readOnly.getBean(Membership.class).state().running()).isTrue();
	}

	@Test
	void whenActionIsUnknownMissingOrOnNoUriRespondsBadRequest() {
		post(this.unrestricted, null, "dance").expectStatus().isBadRequest();
		post(this.unrestricted, null, "probe").expectStatus().isBadRequest();
		post(this.unrestricted, uriOf(this.peer).toString(), "leave").expectStatus().isBadRequest();
		post(this.unrestricted, "no-uri", "add").expectStatus().isBadRequest();
		client(this.unrestricted).post()
			.uri("/actuator/membership")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{}")
			.exchange()
			.expectStatus()
			.isBadRequest();
		client(this.unrestricted).delete()
			.uri("/actuator/membership/{uri}", uriOf(this.unrestricted.getBean(Membership.class)))
			.exchange()
			.expectStatus()
			.isBadRequest();
	}

	@Test
	void probes() {
		post(this.unrestricted, uriOf(this.peer).toString(), "probe").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.action")
			.isEqualTo("probe")
			.jsonPath("$.result")
			.isEqualTo("alive")
			.jsonPath("$.roundTripTime")
			.value((Object time) -> assertThat(time.toString()).startsWith("PT0."));
	}

	@Test
	void actsOnAMemberWithAnIpv6Address() {
		URI encoded = URI
			.create("http://localhost:" + portOf(this.unrestricted) + "/actuator/membership/%5B::1%5D:3301");
		post(this.unrestricted, IPV6, "add").expectStatus().isOk().expectBody().jsonPath("$.result").isEqualTo("done");
		client(this.unrestricted).get()
			.uri(encoded)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.uri")
			.isEqualTo(IPV6);
		post(this.unrestricted, IPV6, "mark-left").expectStatus().isOk();
		client(this.unrestricted).get().uri(encoded).exchange().expectBody().jsonPath("$.status").isEqualTo("left");
		client(this.unrestricted).delete().uri(encoded).exchange().expectStatus().isNoContent();
	}

	@Test
	void leavesRejoinsAndBroadcasts() {
		Membership membership = this.unrestricted.getBean(Membership.class);
		MemberUri self = uriOf(membership);
		post(this.unrestricted, null, "leave").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.result")
			.isEqualTo("done");
		TestMesh.awaitStatus(this.peer, self, MemberStatus.LEFT);
		post(this.unrestricted, null, "leave").expectBody().jsonPath("$.result").isEqualTo("unchanged");
		client(this.unrestricted).get()
			.uri("/actuator/membership")
			.exchange()
			.expectBody()
			.jsonPath("$.self.status")
			.isEqualTo("left");
		post(this.unrestricted, null, "rejoin").expectBody().jsonPath("$.result").isEqualTo("done");
		TestMesh.awaitStatus(this.peer, self, MemberStatus.ALIVE);
		TestMesh.awaitStatus(membership, uriOf(this.peer), MemberStatus.ALIVE);
		post(this.unrestricted, null, "broadcast").expectStatus().isOk().expectBody().jsonPath("$.networks").isNumber();
	}

	private static RestTestClient client(ConfigurableApplicationContext application) {
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + portOf(application)).build();
	}

	private static RestTestClient.ResponseSpec post(ConfigurableApplicationContext application, String uri,
			String action) {
		RestTestClient.RequestBodyUriSpec request = client(application).post();
		RestTestClient.RequestBodySpec target = (uri != null) ? request.uri("/actuator/membership/{uri}", uri)
				: request.uri("/actuator/membership");
		return target.contentType(MediaType.APPLICATION_JSON).body("{\"action\": \"" + action + "\"}").exchange();
	}

	private static String portOf(ConfigurableApplicationContext application) {
		return application.getEnvironment().getProperty("local.server.port");
	}

	private static MemberUri uriOf(Membership membership) {
		return membership.myself().uri();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		SanitizingFunction passwords() {
			return SanitizingFunction.sanitizeValue().ifKeyEndsWith("password");
		}

	}

}
