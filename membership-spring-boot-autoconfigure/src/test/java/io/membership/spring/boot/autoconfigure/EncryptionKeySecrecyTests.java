package io.membership.spring.boot.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody sees the encryption key, not even where all values are to be shown.
 */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class EncryptionKeySecrecyTests {

	private static final String KEY = "the-key-of-the-mesh";

	private ConfigurableApplicationContext application;

	@BeforeAll
	void start() {
		this.application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties(TestMesh.properties("server.port=0", "management.endpoints.web.exposure.include=*",
					"membership.encryption.key=" + KEY, "management.endpoint.membership.show-values=always",
					"management.endpoint.membershipkeys.access=unrestricted",
					"management.endpoint.env.show-values=always", "management.endpoint.configprops.show-values=always"))
			.initializers((context) -> context.getEnvironment()
				.getPropertySources()
				.addLast(new SystemEnvironmentPropertySource("another-systemEnvironment",
						Map.of("MEMBERSHIP_ENCRYPTION_KEY", KEY))))
			.run();
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "env", "env/membership.encryption.key", "configprops", "configprops/membership",
			"membership", "membershipkeys", "beans", "health", "prometheus", "conditions", "loggers", "mappings",
			"metrics", "threaddump", "info", "scheduledtasks" })
	void noEndpointShowsIt(String endpoint) {
		String answer = RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.application.getEnvironment().getProperty("local.server.port"))
			.build()
			.get()
			.uri("/actuator/" + endpoint)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(answer).isNotEmpty().doesNotContain(KEY);
	}

	@Test
	void theLogDoesNotShowIt(CapturedOutput output) {
		assertThat(this.application.isRunning()).isTrue();
		assertThat(output).doesNotContain(KEY);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
