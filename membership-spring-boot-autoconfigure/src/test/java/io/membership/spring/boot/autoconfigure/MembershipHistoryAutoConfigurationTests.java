package io.membership.spring.boot.autoconfigure;

import java.time.Clock;

import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.Membership;
import io.membership.spring.boot.actuate.endpoint.MembershipHistoryEndpoint;
import io.membership.spring.boot.history.MembershipChange;
import io.membership.spring.boot.history.MembershipHistory;
import org.junit.jupiter.api.Test;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link MembershipHistoryAutoConfiguration} and
 * {@link MembershipHistoryEndpointAutoConfiguration}.
 */
class MembershipHistoryAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MembershipAutoConfiguration.class,
				MembershipHistoryAutoConfiguration.class, MembershipHistoryEndpointAutoConfiguration.class))
		.withPropertyValues(TestMesh.properties("management.endpoints.web.exposure.include=membershiphistory"));

	@Test
	void remembersTheLast256ChangesByDefault() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(MembershipHistoryEndpoint.class);
			assertThat(context.getBean(MembershipHistory.class).size()).isEqualTo(256);
		});
	}

	@Test
	void knowsHowItBeganEvenIfBeansAreLazy() {
		this.contextRunner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				Member self = context.getBean(Membership.class).myself();
				await().until(() -> context.getBean(MembershipHistory.class).lastId() > 0);
				MembershipChange first = context.getBean(MembershipHistory.class).changes().get(0);
				assertThat(first.uri()).isEqualTo(self.uri());
				assertThat(first.to()).isEqualTo(MemberStatus.ALIVE);
			});
	}

	@Test
	void theSizeIsAProperty() {
		this.contextRunner.withPropertyValues("membership.history.size=7")
			.run((context) -> assertThat(context.getBean(MembershipHistory.class).size()).isEqualTo(7));
		this.contextRunner.withPropertyValues("membership.history.size=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("membership.history.size"));
	}

	@Test
	void withoutActuatorIsThereAllTheSame() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(ConditionalOnAvailableEndpoint.class))
			.run((context) -> assertThat(context).hasSingleBean(MembershipHistory.class)
				.doesNotHaveBean(MembershipHistoryEndpoint.class));
	}

	@Test
	void theEndpointIsThereOnlyIfExposedAndAccessible() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(MembershipHistoryEndpoint.class));
		this.contextRunner.withPropertyValues("management.endpoint.membershiphistory.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(MembershipHistoryEndpoint.class));
	}

	@Test
	void whenDisabledIsNotThere() {
		this.contextRunner.withPropertyValues("membership.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(MembershipHistory.class)
				.doesNotHaveBean(MembershipHistoryEndpoint.class));
	}

	@Test
	void backsOff() {
		MembershipHistory mine = new MembershipHistory(1, Clock.systemUTC());
		this.contextRunner.withBean(MembershipHistory.class, () -> mine)
			.run((context) -> assertThat(context.getBean(MembershipHistory.class)).isSameAs(mine));
	}

	@Test
	void tellsOverHttpWhyAMemberIsDead() {
		try (TestMesh mesh = new TestMesh();
				ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
					.web(WebApplicationType.SERVLET)
					.properties(TestMesh.properties("server.port=0",
							"management.endpoints.web.exposure.include=membershiphistory"))
					.run()) {
			Membership membership = application.getBean(Membership.class);
			Membership peer = mesh.start(TestMesh.builder().seeds(membership.myself().uri()));
			TestMesh.awaitStatus(membership, peer.myself().uri(), MemberStatus.ALIVE);
			peer.crash();
			MembershipHistory history = application.getBean(MembershipHistory.class);
			await().until(() -> !history.changes((change) -> change.to() == MemberStatus.DEAD).isEmpty());
			RestTestClient client = RestTestClient.bindToServer()
				.baseUrl("http://localhost:" + application.getEnvironment().getProperty("local.server.port")
						+ "/actuator/membershiphistory")
				.build();
			client.get()
				.uri("?uri={uri}&since=1", peer.myself().uri())
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.size")
				.isEqualTo(256)
				.jsonPath("$.changes[-1].to")
				.isEqualTo("dead")
				.jsonPath("$.changes[-1].from")
				.isEqualTo("suspect")
				.jsonPath("$.changes[-1].evidence.cause")
				.isEqualTo("suspicion-timed-out");
			client.get().uri("?since=never").exchange().expectStatus().isBadRequest();
			client.post().exchange().expectStatus().isEqualTo(405);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
