package io.membership.spring.boot.autoconfigure.discovery;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.Membership;
import io.membership.spring.boot.autoconfigure.TestMesh;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for discovery together with the load balancer and its caches, and with a web
 * server. How soon calls stop failing is measured by {@link LoadBalancerMeasurement}.
 */
@Timeout(60)
class LoadBalancerTests {

	/** So many choices that each instance is chosen. */
	private static final int CHOICES = 12;

	@Test
	void whoCrashesIsNotChosenAnyMoreFromTheEventOn() throws Exception {
		try (TestMesh mesh = new TestMesh()) {
			Membership victim = service(mesh, 8081);
			Membership seed = service(mesh, 8082, victim);
			service(mesh, 8083, victim);
			try (ConfigurableApplicationContext client = application(Client.class, WebApplicationType.NONE,
					"spring.application.name=client", "membership.seeds=" + seed.myself().uri())) {
				Client beans = client.getBean(Client.class);
				LoadBalancerClient loadBalancer = client.getBean(LoadBalancerClient.class);
				Awaitility.await().until(() -> chosen(loadBalancer), Set.of(8081, 8082, 8083)::equals);
				victim.crash();
				assertThat(beans.chosenAtSuspicion.poll(30, TimeUnit.SECONDS)).containsExactlyInAnyOrder(8082, 8083);
				assertThat(chosen(loadBalancer)).containsExactlyInAnyOrder(8082, 8083);
				victim.start();
				Awaitility.await().until(() -> chosen(loadBalancer), Set.of(8081, 8082, 8083)::equals);
			}
		}
	}

	@Test
	void whoCallsByTheNameOfAServiceReachesAPortThatNobodyChose() {
		try (ConfigurableApplicationContext server = application(Server.class, WebApplicationType.SERVLET,
				"spring.application.name=orders", "server.port=0", "management.server.port=0",
				"server.servlet.context-path=/shop");
				ConfigurableApplicationContext client = application(Client.class, WebApplicationType.NONE,
						"spring.application.name=client",
						"membership.seeds=" + server.getBean(Membership.class).myself().uri())) {
			MembershipDiscoveryClient discovery = client.getBean(MembershipDiscoveryClient.class);
			Awaitility.await().until(() -> !discovery.getInstances("orders").isEmpty());
			ServiceInstance instance = discovery.getInstances("orders").get(0);
			assertThat(instance.getPort()).isEqualTo(port(server, "local.server.port"));
			assertThat(instance.getMetadata()).containsEntry("context-path", "/shop")
				.containsEntry("management.port", String.valueOf(port(server, "local.management.port")));
			RestClient restClient = client.getBean(RestClient.Builder.class).build();
			assertThat(restClient.get().uri("http://orders/shop/hello").retrieve().body(String.class))
				.isEqualTo("Hello");
			assertThat(discovery.getServices()).as("the client has no port").containsExactly("orders");
		}
	}

	@Test
	void whoShutsDownIsNotCalledAnyMore() {
		try (ConfigurableApplicationContext client = application(Client.class, WebApplicationType.NONE,
				"spring.application.name=client")) {
			LoadBalancerClient loadBalancer = client.getBean(LoadBalancerClient.class);
			try (ConfigurableApplicationContext server = application(Server.class, WebApplicationType.SERVLET,
					"spring.application.name=orders", "server.port=0",
					"membership.seeds=" + client.getBean(Membership.class).myself().uri())) {
				Integer port = port(server, "local.server.port");
				Awaitility.await().until(() -> chosen(loadBalancer), Set.of(port)::equals);
			}
			Awaitility.await().until(() -> chosen(loadBalancer), Set::isEmpty);
		}
	}

	private static Membership service(TestMesh mesh, int port, Membership... seeds) {
		String[] uris = Arrays.stream(seeds).map((seed) -> seed.myself().uri().toString()).toArray(String[]::new);
		return mesh.start(TestMesh.builder()
			.seeds(uris)
			.payload(ServiceDescription.PAYLOAD_KEY, Map.of("s", "orders", "p", port)));
	}

	private static ConfigurableApplicationContext application(Class<?> type, WebApplicationType webType,
			String... properties) {
		return new SpringApplicationBuilder(type).web(webType)
			.properties(TestMesh.properties())
			.properties("server.shutdown=immediate")
			.properties(properties)
			.run();
	}

	private static Integer port(ConfigurableApplicationContext context, String property) {
		return context.getEnvironment().getProperty(property, Integer.class);
	}

	private static Set<Integer> chosen(LoadBalancerClient loadBalancer) {
		return IntStream.range(0, CHOICES)
			.mapToObj((i) -> loadBalancer.choose("orders"))
			.filter((instance) -> instance != null)
			.map(ServiceInstance::getPort)
			.collect(Collectors.toSet());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Client {

		private final BlockingQueue<Set<Integer>> chosenAtSuspicion = new LinkedBlockingQueue<>();

		private final LoadBalancerClient loadBalancer;

		Client(LoadBalancerClient loadBalancer) {
			this.loadBalancer = loadBalancer;
		}

		@EventListener
		void onStatusChange(MemberStatusChangedEvent event) {
			if (event.status() == MemberStatus.SUSPECT) {
				this.chosenAtSuspicion.add(chosen(this.loadBalancer));
			}
		}

		@Bean
		@LoadBalanced
		static RestClient.Builder restClientBuilder() {
			return RestClient.builder();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Server {

		@GetMapping("/hello")
		String hello() {
			return "Hello";
		}

	}

}
