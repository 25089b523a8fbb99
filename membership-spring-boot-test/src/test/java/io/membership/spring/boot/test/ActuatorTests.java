package io.membership.spring.boot.test;

import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for endpoint, health and metrics of an application on a {@link TestMesh}.
 */
@SpringBootTest(classes = NeighboursApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=*", "management.endpoint.health.show-details=always",
				"management.endpoint.membership.access=unrestricted" })
@AutoConfigureTestMembership
@AutoConfigureRestTestClient
class ActuatorTests {

	@Autowired
	private TestMesh mesh;

	@Autowired
	private RestTestClient client;

	@Test
	void theEndpointShowsThePeers() {
		this.mesh.addPeer("b:3301");
		this.mesh.kill("b:3301");
		this.client.get()
			.uri("/actuator/membership/{uri}", "b:3301")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("dead");
	}

	@Test
	void theEndpointProbesAPeer() {
		this.mesh.addPeer("b:3301");
		this.client.post()
			.uri("/actuator/membership/{uri}", "b:3301")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("action", "probe"))
			.exchange()
			.expectStatus()
			.isOk();
	}

	@Test
	void theNodeIsHealthy() {
		this.client.get()
			.uri("/actuator/health/membership")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("UP");
	}

	@Test
	void metersCount(@Autowired MeterRegistry registry) {
		this.mesh.addPeer("b:3301");
		assertThat(registry.get("membership.members").tag("status", "alive").gauge().value()).isEqualTo(2);
		assertThat(registry.get("membership.messages").counters().stream().mapToDouble(Counter::count).sum())
			.isPositive();
	}

}
