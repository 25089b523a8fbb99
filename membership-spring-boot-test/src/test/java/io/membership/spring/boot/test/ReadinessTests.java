package io.membership.spring.boot.test;

import java.time.Duration;

import io.membership.Membership;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * Tests for the readiness of an application that waits for members, over HTTP.
 */
@SpringBootTest(classes = NeighboursApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoint.health.show-details=always", "membership.readiness.minimum-members=3" })
@AutoConfigureTestMembership
@AutoConfigureRestTestClient
class ReadinessTests {

	@Autowired
	private TestMesh mesh;

	@Autowired
	private Membership membership;

	@Autowired
	private RestTestClient client;

	@Test
	void isNotReadyUntilEnoughMembersAreAlive() {
		assertReady(503, 1);
		this.mesh.addPeer("b:3301");
		assertReady(503, 2);
		this.mesh.addPeer("c:3301");
		assertReady(200, 3);
	}

	@Test
	void whoIsNotAliveDoesNotCount() {
		this.mesh.addPeer("b:3301");
		this.mesh.kill("b:3301");
		this.mesh.addPeer("c:3301");
		this.mesh.leave("c:3301");
		this.mesh.addPeer("d:3301");
		this.mesh.suspect("d:3301");
		assertReady(503, 1);
	}

	@Test
	void aPartitionDoesNotTakeItOutOfService() {
		cutOff();
		assertReady(200, 1);
	}

	@Test
	void whenItLeavesAndComesBackItWaitsAnew() {
		cutOff();
		this.membership.leave();
		assertReady(503, 0);
		this.membership.rejoin();
		this.mesh.run(Duration.ofSeconds(1));
		assertReady(503, 1);
	}

	private void cutOff() {
		this.mesh.addPeer("b:3301");
		this.mesh.addPeer("c:3301");
		assertReady(200, 3);
		this.mesh.partition("b:3301", "c:3301");
	}

	private void assertReady(int status, int alive) {
		this.client.get().uri("/actuator/health/readiness").exchange().expectStatus().isEqualTo(status);
		this.client.get()
			.uri("/actuator/health/membershipReadiness")
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.jsonPath("$.details.alive")
			.isEqualTo(alive)
			.jsonPath("$.details.minimum")
			.isEqualTo(3);
	}

	/** As an operator wants it who would rather have no instance than one on its own. */
	@Nested
	@TestPropertySource(properties = "membership.readiness.revocable=true")
	class Revocable {

		@Test
		void aPartitionTakesItOutOfService() {
			cutOff();
			assertReady(503, 1);
			ReadinessTests.this.mesh.heal();
			assertReady(200, 3);
		}

	}

}
