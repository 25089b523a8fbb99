package io.membership.spring.boot.test;

import java.net.InetSocketAddress;
import java.util.Objects;

import io.membership.Membership;
import io.membership.spring.boot.autoconfigure.MembershipConnectionDetails;
import io.membership.test.VirtualNetwork;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the values that properties have in tests; {@code application.properties} says
 * what is configured for production.
 */
class TestPropertiesTests {

	@Nested
	@SpringBootTest(classes = NeighboursApplication.class, properties = "membership.address=127.0.0.1")
	class OnRealSockets {

		@LocalMembershipPort
		private int port;

		@Test
		void thePortIsAnyFreeOne(@Autowired Membership membership) {
			InetSocketAddress bound = Objects.requireNonNull(membership.state().boundAddress());
			assertThat(this.port).isEqualTo(bound.getPort()).isNotZero().isNotEqualTo(3399);
			assertThat(bound.getAddress().isLoopbackAddress()).isTrue();
		}

		@Test
		void nobodyOfARealMeshIsGreeted(@Autowired MembershipConnectionDetails connectionDetails) {
			assertThat(connectionDetails.getSeeds()).isEmpty();
		}

		@Test
		void thereIsNoMeshInMemory(@Autowired ApplicationContext context) {
			assertThat(context.getBeanProvider(TestMesh.class).getIfAvailable()).isNull();
			assertThat(context.getBeanProvider(VirtualNetwork.class).getIfAvailable()).isNull();
		}

	}

	@Nested
	@SpringBootTest(classes = NeighboursApplication.class)
	@AutoConfigureTestMembership
	class InMemory {

		@LocalMembershipPort
		private int port;

		@Test
		void whatIsConfiguredForARealNetworkDoesNotCount(@Autowired TestMesh mesh, @Autowired Environment environment) {
			assertThat(mesh.applicationUri()).hasToString("app:3301");
			assertThat(this.port).isEqualTo(3301);
			assertThat(environment.getProperty("membership.snapshot-file")).isEmpty();
			mesh.addPeer("b:3301");
		}

	}

	@Nested
	@SpringBootTest(classes = NeighboursApplication.class, properties = "membership.port=3307")
	@TestPropertySource(properties = "membership.advertise.host=app7.example.com")
	@AutoConfigureTestMembership
	class WithPropertiesOfItsOwn {

		@Test
		void whatTheTestSaysCounts(@Autowired TestMesh mesh) {
			assertThat(mesh.applicationUri()).hasToString("app7.example.com:3307");
			mesh.addPeer("b:3301");
		}

	}

	@Nested
	@SpringBootTest(classes = NoApplication.class, properties = "membership.enabled=false")
	@AutoConfigureTestMembership
	class Disabled {

		@Test
		void thereIsNeitherNodeNorMesh(@Autowired ApplicationContext context) {
			assertThat(context.getBeanProvider(Membership.class).getIfAvailable()).isNull();
			assertThat(context.getBeanProvider(TestMesh.class).getIfAvailable()).isNull();
		}

	}

	/** Without auto-configuration, so that the annotation brings all there is. */
	static class NoApplication {

	}

	@Nested
	@SpringBootTest(classes = NoApplication.class)
	@AutoConfigureTestMembership
	class WithoutAutoConfiguration {

		@Test
		void theAnnotationBringsTheNode(@Autowired TestMesh mesh) {
			mesh.addPeer("b:3301");
		}

	}

}
