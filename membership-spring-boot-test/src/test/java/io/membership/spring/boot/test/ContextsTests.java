package io.membership.spring.boot.test;

import java.util.concurrent.atomic.AtomicInteger;

import io.membership.MemberStatus;
import io.membership.Membership;
import io.membership.spring.boot.test.NeighboursApplication.Neighbours;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for several contexts with a {@link TestMesh} in one process, and for contexts
 * that are paused or restarted, as the cache of the test framework does.
 */
class ContextsTests {

	private final AtomicInteger contexts = new AtomicInteger();

	@Test
	void eachContextHasAMeshOfItsOwn() {
		try (ConfigurableApplicationContext first = start(); ConfigurableApplicationContext second = start()) {
			first.getBean(TestMesh.class).addPeer("b:3301");
			assertThat(second.getBean(Neighbours.class).alive()).isZero();
			second.getBean(TestMesh.class).addPeer("b:3301");
			first.getBean(TestMesh.class).kill("b:3301");
			assertThat(first.getBean(Neighbours.class).status("b:3301")).isEqualTo(MemberStatus.DEAD);
			assertThat(second.getBean(Neighbours.class).status("b:3301")).isEqualTo(MemberStatus.ALIVE);
		}
	}

	@Test
	void aContextThatWasPausedGoesOn() {
		try (ConfigurableApplicationContext context = start()) {
			TestMesh mesh = context.getBean(TestMesh.class);
			mesh.addPeer("b:3301");
			context.pause();
			context.restart();
			mesh.addPeer("c:3301");
			assertThat(context.getBean(Neighbours.class).alive()).isEqualTo(2);
		}
	}

	@Test
	void aContextThatWasRestartedMeetsThePeersAgain() {
		try (ConfigurableApplicationContext context = start()) {
			TestMesh mesh = context.getBean(TestMesh.class);
			TestPeer b = mesh.addPeer("b:3301");
			context.stop();
			assertThat(context.getBean(Membership.class).state().running()).isFalse();
			context.start();
			mesh.runUntil(() -> context.getBean(Neighbours.class).alive() == 1
					&& b.membership().member(mesh.applicationUri()).orElseThrow().status() == MemberStatus.ALIVE);
		}
	}

	private ConfigurableApplicationContext start() {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		return application.run("--spring.jmx.enabled=false", "--membership.port=0", "--membership.advertise.port=",
				"--membership.allowed-networks=", "--membership.snapshot-file=", "--membership.broadcast.enabled=false",
				"--spring.application.name=context-" + this.contexts.incrementAndGet());
	}

	@AutoConfigureTestMembership
	@Import(NeighboursApplication.class)
	static class Application {

	}

}
