package io.membership.spring.boot.autoconfigure.health;

import io.membership.MemberStatus;
import io.membership.Membership;
import io.membership.spring.boot.autoconfigure.MembershipAutoConfiguration;
import io.membership.spring.boot.autoconfigure.TestMesh;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MembershipReadinessAutoConfiguration}, over HTTP where it is about
 * groups.
 */
class MembershipReadinessAutoConfigurationTests {

	private static final String TWO = "membership.readiness.minimum-members=2";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(MembershipAutoConfiguration.class, MembershipReadinessAutoConfiguration.class))
		.withPropertyValues(TestMesh.properties());

	@Test
	void whenNoMinimumIsSetThereIsNothing() {
		this.contextRunner
			.run((context) -> assertThat(context).doesNotHaveBean(MembershipReadinessHealthIndicator.class));
	}

	@Test
	void whenMembershipIsDisabledBacksOff() {
		this.contextRunner.withPropertyValues(TWO, "membership.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(MembershipReadinessHealthIndicator.class));
	}

	@Test
	void withoutHealthBacksOff() {
		this.contextRunner.withPropertyValues(TWO)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("membershipReadinessHealthContributor"));
	}

	@Test
	void aContributorOfTheApplicationIsTakenInstead() {
		this.contextRunner.withPropertyValues(TWO)
			.withBean("membershipReadinessHealthIndicator", HealthIndicator.class, () -> () -> null)
			.run((context) -> assertThat(context).hasSingleBean(HealthIndicator.class));
	}

	@Test
	void zeroMembersAreRefused() {
		this.contextRunner.withPropertyValues("membership.readiness.minimum-members=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("membership.readiness.minimum-members"));
	}

	@Test
	void theReadinessGroupHasIt() {
		try (TestMesh mesh = new TestMesh(); ConfigurableApplicationContext application = run(TWO)) {
			assertAnswers(application, "/actuator/health/readiness", 503);
			assertAnswers(application, "/actuator/health/liveness", 200);
			join(application, mesh);
			assertAnswers(application, "/actuator/health/readiness", 200);
		}
	}

	@Test
	void aGroupOfTheApplicationHasItToo() {
		try (TestMesh mesh = new TestMesh();
				ConfigurableApplicationContext application = run(TWO,
						"management.endpoint.health.group.readiness.include=readinessState,ping",
						"management.endpoint.health.group.other.include=readinessState")) {
			assertAnswers(application, "/actuator/health/readiness", 503);
			assertAnswers(application, "/actuator/health/other", 200);
			join(application, mesh);
			assertAnswers(application, "/actuator/health/readiness", 200);
		}
	}

	@Test
	void additionalPathsHaveIt() {
		try (TestMesh mesh = new TestMesh();
				ConfigurableApplicationContext application = run(TWO,
						"management.endpoint.health.probes.add-additional-paths=true", "management.server.port=0")) {
			assertAnswers(application, "/readyz", 503);
			assertAnswers(application, "/livez", 200);
			join(application, mesh);
			assertAnswers(application, "/readyz", 200);
		}
	}

	@Test
	void whereThereIsNoGroupThereIsStillTheContributor() {
		try (ConfigurableApplicationContext application = run(TWO, "management.endpoint.health.probes.enabled=false")) {
			assertAnswers(application, "/actuator/health/readiness", 404);
			assertAnswers(application, "/actuator/health/membershipReadiness", 503);
		}
	}

	private static ConfigurableApplicationContext run(String... properties) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties(TestMesh.properties("server.port=0", "management.endpoint.health.show-details=always"))
			.properties(properties)
			.run();
	}

	private static void join(ConfigurableApplicationContext application, TestMesh mesh) {
		Membership membership = application.getBean(Membership.class);
		Membership peer = mesh.start();
		membership.addMember(peer.myself().uri());
		TestMesh.awaitStatus(membership, peer.myself().uri(), MemberStatus.ALIVE);
	}

	private static void assertAnswers(ConfigurableApplicationContext application, String path, int status) {
		RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + application.getEnvironment().getProperty("local.server.port"))
			.build()
			.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isEqualTo(status);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
