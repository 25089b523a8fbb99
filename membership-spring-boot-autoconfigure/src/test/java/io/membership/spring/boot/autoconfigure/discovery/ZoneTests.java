package io.membership.spring.boot.autoconfigure.discovery;

import io.membership.spring.boot.autoconfigure.TestMesh;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.loadbalancer.config.LoadBalancerZoneConfig;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application has one zone, whichever property tells it: for those who call it, for
 * itself when it calls others, and for the live page.
 */
class ZoneTests {

	@ParameterizedTest
	@CsvSource({ "membership.payload.zone, membership.history.size=9",
			"membership.payload.rack, membership.dashboard.zone-key=rack",
			"spring.cloud.loadbalancer.zone, membership.history.size=9",
			"membership.discovery.zone, membership.history.size=9" })
	void onePropertyIsEnough(String property, String another) {
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.SERVLET)
			.properties(TestMesh.properties("server.port=0", "membership.dashboard.enabled=true", another,
					property + "=eu-1"))
			.run()) {
			assertThat(application.getBean(MembershipRegistration.class).getMetadata()).containsEntry("zone", "eu-1");
			assertThat(application.getBean(LoadBalancerZoneConfig.class).getZone()).isEqualTo("eu-1");
			String state = RestTestClient.bindToServer()
				.baseUrl("http://localhost:" + application.getEnvironment().getProperty("local.server.port"))
				.build()
				.get()
				.uri("/membership/state")
				.exchange()
				.expectBody(String.class)
				.returnResult()
				.getResponseBody();
			assertThat(state).contains("\"zone\":\"eu-1\"");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
