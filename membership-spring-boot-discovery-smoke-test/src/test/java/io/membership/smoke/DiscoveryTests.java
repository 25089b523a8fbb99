package io.membership.smoke;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.membership.Membership;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for discovery in an application that has the starter and Spring Cloud, but no
 * classes of the web, of a load balancer or of Reactor.
 */
class DiscoveryTests {

	@Test
	void thereIsNoWeb() {
		for (String absent : List.of("org.springframework.boot.web.server.context.WebServerInitializedEvent",
				"org.springframework.web.context.WebApplicationContext",
				"org.springframework.web.reactive.function.client.WebClient",
				"org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheManager",
				"reactor.core.publisher.Flux")) {
			assertThat(isPresent(absent)).as(absent).isFalse();
		}
	}

	private static boolean isPresent(String type) {
		try {
			Class.forName(type, false, DiscoveryTests.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

	@Test
	void findsInstancesAndIsNoneWithoutAPort() {
		try (ConfigurableApplicationContext worker = start("--spring.application.name=worker",
				"--membership.discovery.version=1");
				ConfigurableApplicationContext server = start("--spring.application.name=server",
						"--membership.discovery.port=8080", "--membership.seeds=" + uri(worker))) {
			DiscoveryClient discovery = worker.getBean(DiscoveryClient.class);
			await().until(() -> !discovery.getInstances("server").isEmpty());
			assertThat(discovery.getInstances("server"))
				.extracting(ServiceInstance::getInstanceId, ServiceInstance::getPort)
				.singleElement()
				.hasToString("(\"" + uri(server) + "\", 8080)");
			assertThat(discovery.getServices()).containsExactly("server");
			assertThat(worker.getBean(Membership.class).myself().payload()).containsEntry("discovery",
					Map.of("s", "worker", "a", 1L, "v", "1"));
		}
	}

	@Test
	void whenDisabledThereIsNoBeanOfOurs() {
		try (ConfigurableApplicationContext context = start("--membership.enabled=false")) {
			assertThat(Stream.of(context.getBeanDefinitionNames())
				.map(context::getType)
				.filter((type) -> type != null && type != Application.class)
				.map(Class::getName)).noneMatch((name) -> name.startsWith("io.membership"));
			assertThat(context.getBean(DiscoveryClient.class).getServices()).isEmpty();
		}
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		SpringApplication application = new SpringApplication(Application.class);
		return application
			.run(Stream.concat(Stream.of("--membership.address=127.0.0.1", "--membership.port=0"), Stream.of(arguments))
				.toArray(String[]::new));
	}

	private static String uri(ConfigurableApplicationContext context) {
		return context.getBean(Membership.class).myself().uri().toString();
	}

	@EnableAutoConfiguration
	static class Application {

	}

}
