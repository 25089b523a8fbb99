package io.membership.spring.boot.autoconfigure;

import java.util.List;
import java.util.Map;

import io.membership.EncryptionKey;
import io.membership.Membership;
import io.membership.spring.boot.actuate.endpoint.MembershipKeysEndpoint;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MembershipKeysEndpointAutoConfiguration}.
 */
class MembershipKeysEndpointAutoConfigurationTests {

	private static final String OLD = "base64:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

	private static final String NEW = "base64:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(MembershipAutoConfiguration.class, MembershipKeysEndpointAutoConfiguration.class))
		.withPropertyValues(TestMesh.properties("management.endpoints.web.exposure.include=*"));

	@Test
	void isNotThereUnlessAllowed() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(Membership.class)
			.doesNotHaveBean(MembershipKeysEndpoint.class));
	}

	@Test
	void isThereIfAllowed() {
		this.contextRunner.withPropertyValues("management.endpoint.membershipkeys.access=UNRESTRICTED")
			.run((context) -> assertThat(context).hasSingleBean(MembershipKeysEndpoint.class));
	}

	@Test
	void rotatesAKeyOverHttp() {
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.SERVLET)
			.properties(TestMesh.properties("server.port=0", "membership.encryption.key=" + OLD,
					"management.endpoints.web.exposure.include=membershipkeys",
					"management.endpoint.membershipkeys.access=UNRESTRICTED"))
			.run()) {
			RestTestClient client = RestTestClient.bindToServer()
				.baseUrl("http://localhost:" + application.getEnvironment().getProperty("local.server.port")
						+ "/actuator/membershipkeys")
				.build();
			String added = EncryptionKey.of(NEW).fingerprint();
			String removed = EncryptionKey.of(OLD).fingerprint();
			assertThat(post(client, "", Map.of("key", NEW))).contains(added, removed).doesNotContain("AAAA");
			assertThat(post(client, "/" + added, Map.of("action", "use"))).contains(added);
			client.delete().uri("/" + removed).exchange().expectStatus().isOk();
			client.delete().uri("/" + added).exchange().expectStatus().isEqualTo(HttpStatus.BAD_REQUEST);
			assertThat(application.getBean(Membership.class).encryption().keys())
				.isEqualTo(List.of(EncryptionKey.of(NEW)));
		}
	}

	private static String post(RestTestClient client, String path, Map<String, String> body) {
		String answer = client.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(answer).isNotNull();
		return answer;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
