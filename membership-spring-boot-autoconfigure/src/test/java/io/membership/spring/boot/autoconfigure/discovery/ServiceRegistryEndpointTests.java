package io.membership.spring.boot.autoconfigure.discovery;

import java.util.Map;

import io.membership.spring.boot.autoconfigure.TestMesh;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * Tests for what Spring Cloud's endpoint {@code serviceregistry} answers over HTTP.
 */
class ServiceRegistryEndpointTests {

	@ParameterizedTest
	@CsvSource({ "SERVLET, server.port", "REACTIVE, server.port", "SERVLET, management.port" })
	void aStatusThatIsUnknownIsAMistakeOfTheClient(WebApplicationType type, String port) {
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class).web(type)
			.properties(TestMesh.properties("server.port=0",
					port.startsWith("management") ? "management.server.port=0" : "debug=false",
					"management.endpoints.web.exposure.include=serviceregistry"))
			.run()) {
			RestTestClient client = RestTestClient.bindToServer()
				.baseUrl("http://localhost:" + application.getEnvironment().getProperty("local." + port))
				.build();
			assertAnswers(client, "DOWN", 400);
			assertAnswers(client, "OUT_OF_SERVICE", 200);
			client.get()
				.uri("/actuator/serviceregistry")
				.exchange()
				.expectBody(String.class)
				.isEqualTo("OUT_OF_SERVICE");
		}
	}

	private static void assertAnswers(RestTestClient client, String status, int answer) {
		client.post()
			.uri("/actuator/serviceregistry")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("status", status))
			.exchange()
			.expectStatus()
			.isEqualTo(answer);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
