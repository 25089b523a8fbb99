package io.membership.spring.boot.autoconfigure;

import io.membership.Membership;
import io.membership.spring.boot.actuate.endpoint.MembershipEndpoint;
import io.membership.spring.boot.actuate.endpoint.MembershipEndpointWebExtension;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MembershipEndpointAutoConfiguration}.
 */
class MembershipEndpointAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(MembershipAutoConfiguration.class, MembershipEndpointAutoConfiguration.class))
		.withPropertyValues(TestMesh.properties());

	@Test
	void whenExposedHasEndpoint() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=membership")
			.run((context) -> assertThat(context).hasSingleBean(MembershipEndpoint.class)
				.hasSingleBean(MembershipEndpointWebExtension.class));
	}

	@Test
	void whenExposedOverJmxOnlyHasNoWebExtension() {
		this.contextRunner
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=membership")
			.run((context) -> assertThat(context).hasSingleBean(MembershipEndpoint.class)
				.doesNotHaveBean(MembershipEndpointWebExtension.class));
	}

	@Test
	void whenNotExposedHasNoEndpoint() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(Membership.class)
			.doesNotHaveBean(MembershipEndpoint.class));
	}

	@Test
	void whenAccessIsNoneHasNoEndpoint() {
		this.contextRunner
			.withPropertyValues("management.endpoints.web.exposure.include=*",
					"management.endpoint.membership.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(MembershipEndpoint.class));
	}

	@Test
	void whenMembershipIsDisabledHasNoEndpoint() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=*", "membership.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(MembershipEndpoint.class));
	}

}
