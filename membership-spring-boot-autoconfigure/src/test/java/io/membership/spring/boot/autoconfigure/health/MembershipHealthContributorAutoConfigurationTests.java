package io.membership.spring.boot.autoconfigure.health;

import java.time.Duration;

import io.membership.Membership;
import io.membership.spring.boot.autoconfigure.MembershipAutoConfiguration;
import io.membership.spring.boot.autoconfigure.TestMesh;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link MembershipHealthContributorAutoConfiguration}.
 */
class MembershipHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MembershipAutoConfiguration.class,
				MembershipHealthContributorAutoConfiguration.class, HealthContributorAutoConfiguration.class))
		.withPropertyValues(TestMesh.properties());

	@Test
	void followsTheLifeOfTheNode() {
		this.contextRunner.run((context) -> {
			MembershipHealthIndicator indicator = context.getBean(MembershipHealthIndicator.class);
			ConfigurableApplicationContext source = context
				.getSourceApplicationContext(ConfigurableApplicationContext.class);
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
			source.stop();
			assertThat(indicator.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			source.start();
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
			context.getBean(Membership.class).leave();
			assertThat(indicator.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			context.getBean(Membership.class).rejoin();
			await().atMost(Duration.ofSeconds(5)).until(() -> indicator.health().getStatus().equals(Status.UP));
		});
	}

	@Test
	void whenIndicatorIsDisabledBacksOff() {
		this.contextRunner.withPropertyValues("management.health.membership.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(MembershipHealthIndicator.class));
	}

	@Test
	void whenMembershipIsDisabledBacksOff() {
		this.contextRunner.withPropertyValues("membership.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(MembershipHealthIndicator.class));
	}

}
