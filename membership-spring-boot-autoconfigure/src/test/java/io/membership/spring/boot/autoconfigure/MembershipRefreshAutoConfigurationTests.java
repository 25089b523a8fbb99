package io.membership.spring.boot.autoconfigure;

import java.util.Map;
import java.util.Set;

import io.membership.Membership;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MembershipRefreshAutoConfiguration}.
 */
class MembershipRefreshAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(MembershipAutoConfiguration.class, MembershipRefreshAutoConfiguration.class))
		.withPropertyValues(TestMesh.properties());

	@Test
	void changedPropertiesAreUsed() {
		this.contextRunner.run((context) -> {
			Map<String, Object> changed = Map.of("membership.indirect-probes", "7");
			context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("changed", changed));
			context.publishEvent(new EnvironmentChangeEvent(context, changed.keySet()));
			assertThat(context.getBean(Membership.class).options().indirectProbes()).isEqualTo(7);
		});
	}

	@Test
	void withoutSpringCloudThereIsNothing() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(EnvironmentChangeEvent.class))
			.run((context) -> assertThat(context).hasSingleBean(Membership.class)
				.doesNotHaveBean("membershipRefresher"));
	}

	@Test
	void withoutMembershipThereIsNothing() {
		this.contextRunner.withPropertyValues("membership.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("membershipRefresher"));
	}

	@Test
	void withoutActuatorItWorks() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> context.publishEvent(new EnvironmentChangeEvent(context, Set.of())));
	}

}
