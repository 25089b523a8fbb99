package io.membership.spring.boot.autoconfigure.discovery;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.Membership;
import io.membership.spring.boot.autoconfigure.MembershipAutoConfiguration;
import io.membership.spring.boot.autoconfigure.TestMesh;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.CommonsClientAutoConfiguration;
import org.springframework.cloud.client.ReactiveCommonsClientAutoConfiguration;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.cloud.client.discovery.health.DiscoveryClientHealthIndicator;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationAutoConfiguration;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.cloud.client.serviceregistry.ServiceRegistryAutoConfiguration;
import org.springframework.cloud.client.serviceregistry.endpoint.ServiceRegistryEndpoint;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheManager;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for the auto-configurations of discovery.
 */
@Timeout(60)
class MembershipDiscoveryAutoConfigurationTests {

	private static final String PACKAGE = MembershipDiscoveryAutoConfiguration.class.getPackageName();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MembershipAutoConfiguration.class,
				MembershipDiscoveryAutoConfiguration.class, MembershipDiscoveryClientAutoConfiguration.class,
				MembershipReactiveDiscoveryClientAutoConfiguration.class,
				MembershipServiceRegistryAutoConfiguration.class, MembershipLoadBalancerAutoConfiguration.class,
				CommonsClientAutoConfiguration.class, ReactiveCommonsClientAutoConfiguration.class,
				CompositeDiscoveryClientAutoConfiguration.class, ServiceRegistryAutoConfiguration.class,
				AutoServiceRegistrationAutoConfiguration.class))
		.withPropertyValues(TestMesh.properties("spring.application.name=orders"));

	// Switches

	@Test
	void everythingIsThereByDefault() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(MembershipDiscoveryClient.class)
			.hasSingleBean(MembershipReactiveDiscoveryClient.class)
			.hasSingleBean(MembershipRegistration.class)
			.hasSingleBean(MembershipServiceRegistry.class)
			.hasSingleBean(AutoServiceRegistration.class)
			.hasSingleBean(LoadBalancerCacheEviction.class)
			.hasSingleBean(DiscoveryClientHealthIndicator.class));
	}

	@Test
	void discoveryCanBeSwitchedOff() {
		for (String property : List.of("spring.cloud.discovery.enabled", "membership.discovery.enabled",
				"membership.enabled")) {
			this.contextRunner.withPropertyValues(property + "=false")
				.run((context) -> assertThat(beansOfDiscovery(context)).as(property).isEmpty());
		}
	}

	@Test
	void eachClientCanBeSwitchedOff() {
		this.contextRunner.withPropertyValues("spring.cloud.discovery.blocking.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(MembershipDiscoveryClient.class)
				.hasSingleBean(MembershipReactiveDiscoveryClient.class));
		this.contextRunner.withPropertyValues("spring.cloud.discovery.reactive.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(MembershipDiscoveryClient.class)
				.doesNotHaveBean(MembershipReactiveDiscoveryClient.class));
	}

	@Test
	void registrationCanBeSwitchedOff() {
		for (String property : List.of("spring.cloud.service-registry.auto-registration.enabled",
				"membership.discovery.register")) {
			this.contextRunner.withPropertyValues(property + "=false").run((context) -> {
				assertThat(context).doesNotHaveBean(AutoServiceRegistration.class)
					.hasSingleBean(MembershipServiceRegistry.class)
					.hasSingleBean(MembershipDiscoveryClient.class);
				assertThat(context.getBean(Membership.class).myself().payload()).isEmpty();
			});
		}
	}

	@Test
	void theOrderAmongDiscoveryClientsIsAProperty() {
		this.contextRunner.withPropertyValues("membership.discovery.order=7").run((context) -> {
			assertThat(context.getBean(MembershipDiscoveryClient.class).getOrder()).isEqualTo(7);
			assertThat(context.getBean(MembershipReactiveDiscoveryClient.class).getOrder()).isEqualTo(7);
		});
		this.contextRunner.run((context) -> assertThat(context.getBean(MembershipDiscoveryClient.class).getOrder())
			.isEqualTo(DiscoveryClient.DEFAULT_ORDER));
	}

	// Classes that may be missing

	@Test
	void withoutSpringCloudThereIsNothing() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ownAutoConfigurations()))
			.withPropertyValues(TestMesh.properties())
			.withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
			.run((context) -> {
				assertThat(context).hasSingleBean(Membership.class);
				assertThat(beansOfDiscovery(context)).isEmpty();
			});
	}

	@Test
	void whatNeedsMoreThanSpringCloudCommonsIsLeftOut() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(LoadBalancerCacheManager.class))
			.run((context) -> assertThat(context).hasSingleBean(MembershipDiscoveryClient.class)
				.doesNotHaveBean("membershipLoadBalancerCacheEviction"));
		this.contextRunner.withClassLoader(new FilteredClassLoader(WebClient.class))
			.run((context) -> assertThat(context).hasSingleBean(MembershipDiscoveryClient.class)
				.doesNotHaveBean(ReactiveDiscoveryClient.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader("reactor"))
			.run((context) -> assertThat(context).hasSingleBean(MembershipDiscoveryClient.class)
				.doesNotHaveBean("membershipReactiveDiscoveryClient"));
	}

	@Test
	void whenDisabledThereIsNoBeanOfOurs() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ownAutoConfigurations()))
			.withPropertyValues("membership.enabled=false")
			.run((context) -> assertThat(context.getBeanFactory().getBeanNamesForType(Object.class))
				.noneMatch((name) -> isOurs(context, name, "io.membership")));
	}

	// What the mesh is told

	@Test
	void anApplicationWithoutAWebServerIsNoInstance() {
		this.contextRunner.run((context) -> {
			ready(context);
			assertThat(context.getBean(Membership.class).myself().payload())
				.containsEntry(ServiceDescription.PAYLOAD_KEY, Map.of("s", "orders", "a", 1L));
			assertThat(context.getBean(DiscoveryClient.class).getServices()).isEmpty();
		});
	}

	@Test
	void isAnInstanceForAllOnceItIsReady() {
		try (TestMesh mesh = new TestMesh()) {
			Membership peer = mesh.start();
			this.contextRunner
				.withPropertyValues("membership.discovery.port=8080", "membership.discovery.zone=eu-1",
						"membership.discovery.metadata.weight=5", "membership.seeds=" + peer.myself().uri())
				.run((context) -> {
					TestMesh.awaitStatus(context.getBean(Membership.class), peer.myself().uri(), MemberStatus.ALIVE);
					assertThat(instances(context, "orders")).isEmpty();
					ready(context);
					awaitInstances(context, "orders", 1);
					ServiceInstance instance = instances(context, "orders").get(0);
					assertThat(instance.getUri()).isEqualTo(URI.create("http://127.0.0.1:8080"));
					assertThat(instance.getMetadata()).isEqualTo(Map.of("zone", "eu-1", "weight", "5"));
					Awaitility.await()
						.until(() -> peer.members()
							.get(context.getBean(Membership.class).myself().uri())
							.payload()
							.get(ServiceDescription.PAYLOAD_KEY),
								Map.of("s", "orders", "a", 1L, "p", 8080L, "z", "eu-1", "d",
										Map.of("weight", "5"))::equals);
					AvailabilityChangeEvent.publish(sourceOf(context), ReadinessState.REFUSING_TRAFFIC);
					awaitInstances(context, "orders", 0);
				});
		}
	}

	@Test
	void theReadinessOfOtherContextsDoesNotCount() {
		this.contextRunner.withPropertyValues("membership.discovery.port=8080").run((context) -> {
			ready(context);
			awaitInstances(context, "orders", 1);
			try (GenericApplicationContext management = new GenericApplicationContext(
					context.getSourceApplicationContext())) {
				management.refresh();
				AvailabilityChangeEvent.publish(management, ReadinessState.REFUSING_TRAFFIC);
				assertThat(status(context)).isEqualTo("UP");
				AvailabilityChangeEvent.publish(management, this, ReadinessState.REFUSING_TRAFFIC);
				assertThat(status(context)).isEqualTo("REFUSING_TRAFFIC");
			}
		});
	}

	@Test
	void canBeTakenOutOfServiceByTheEndpoint() {
		this.contextRunner
			.withPropertyValues("membership.discovery.port=8080",
					"management.endpoints.web.exposure.include=serviceregistry")
			.run((context) -> {
				ready(context);
				awaitInstances(context, "orders", 1);
				ServiceRegistryEndpoint endpoint = context.getBean(ServiceRegistryEndpoint.class);
				endpoint.setStatus("OUT_OF_SERVICE");
				awaitInstances(context, "orders", 0);
				assertThat(endpoint.getStatus().getBody()).isEqualTo("OUT_OF_SERVICE");
				endpoint.setStatus("UP");
				awaitInstances(context, "orders", 1);
			});
	}

	@Test
	void aDescriptionThatIsTooLargeFailsTheStart() {
		this.contextRunner.withPropertyValues("membership.discovery.metadata.text=" + "x".repeat(2000))
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.hasStackTraceContaining("membership.discovery.metadata"));
	}

	@Test
	void isFoundAgainAfterARestartOfTheContext() {
		try (TestMesh mesh = new TestMesh()) {
			Membership peer = mesh
				.start(TestMesh.builder().payload(ServiceDescription.PAYLOAD_KEY, Map.of("s", "orders", "p", 8081)));
			this.contextRunner
				.withPropertyValues("membership.discovery.port=8080", "membership.seeds=" + peer.myself().uri())
				.run((context) -> {
					ConfigurableApplicationContext source = context
						.getSourceApplicationContext(ConfigurableApplicationContext.class);
					ready(context);
					awaitInstances(context, "orders", 2);
					source.stop();
					assertThat(instances(context, "orders")).as("for requests still to be answered").hasSize(2);
					assertThat(status(context)).isEqualTo("UNKNOWN");
					source.start();
					awaitInstances(context, "orders", 2);
				});
		}
	}

	// What the application is told

	@Test
	void instancesOfNodesOfAnyKindAreFound() {
		try (TestMesh mesh = new TestMesh()) {
			Membership tarantool = mesh
				.start(TestMesh.builder().payload(ServiceDescription.PAYLOAD_KEY, Map.of("s", "storage", "p", 8081)));
			mesh.start(TestMesh.builder()
				.seeds(tarantool.myself().uri().toString())
				.payload(ServiceDescription.PAYLOAD_KEY, List.of("garbage")));
			this.contextRunner.withPropertyValues("membership.seeds=" + tarantool.myself().uri()).run((context) -> {
				Awaitility.await().until(() -> context.getBean(Membership.class).members().size() == 3);
				awaitInstances(context, "storage", 1);
				assertThat(context.getBean(CompositeDiscoveryClient.class).getServices()).containsExactly("storage");
				ReactiveDiscoveryClient reactive = context.getBean(MembershipReactiveDiscoveryClient.class);
				assertThat(reactive.getServices().collectList().block()).containsExactly("storage");
				assertThat(reactive.getInstances("storage").collectList().block())
					.isEqualTo(instances(context, "storage"));
				assertThat(reactive.getInstances("other").collectList().block()).isEmpty();
				assertThat(reactive.description()).isNotEmpty();
			});
		}
	}

	@Test
	void theApplicationsListenersFindTheServicesChanged() {
		try (TestMesh mesh = new TestMesh()) {
			Membership peer = mesh
				.start(TestMesh.builder().payload(ServiceDescription.PAYLOAD_KEY, Map.of("s", "storage", "p", 8081)));
			this.contextRunner.withUserConfiguration(Listeners.class)
				.withPropertyValues("membership.seeds=" + peer.myself().uri())
				.run((context) -> {
					Listeners listeners = context.getBean(Listeners.class);
					Awaitility.await().until(() -> listeners.heartbeats, List.of(1L)::equals);
					peer.leave();
					Awaitility.await().until(() -> listeners.heartbeats, List.of(1L, 2L)::equals);
					Awaitility.await().until(() -> listeners.foundAtStatusChange.size() == 3);
					assertThat(listeners.foundAtStatusChange).as("this node, the peer, its leave")
						.containsExactly(0, 1, 0);
					assertThat(listeners.registered).hasSize(1);
				});
		}
	}

	// Together with others

	@Test
	void anotherRegistryOfTheApplicationIsPreferred() {
		this.contextRunner.withUserConfiguration(OtherRegistry.class)
			.withPropertyValues("management.endpoints.web.exposure.include=serviceregistry")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(Registration.class)).isNotInstanceOf(MembershipRegistration.class);
				assertThat(context).hasSingleBean(ServiceRegistryEndpoint.class);
				assertThat(context.getBean(Membership.class).myself().payload())
					.containsKey(ServiceDescription.PAYLOAD_KEY);
			});
	}

	@Test
	void lazyInitializationMakesNoDifference() {
		this.contextRunner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withPropertyValues("membership.discovery.port=8080")
			.run((context) -> {
				ready(context);
				awaitInstances(context, "orders", 1);
			});
	}

	private static void ready(ApplicationContext context) {
		AvailabilityChangeEvent.publish(sourceOf(context), ReadinessState.ACCEPTING_TRAFFIC);
	}

	private static ApplicationContext sourceOf(ApplicationContext context) {
		return (context instanceof AssertableApplicationContext assertable) ? assertable.getSourceApplicationContext()
				: context;
	}

	private static String status(ApplicationContext context) {
		return context.getBean(MembershipServiceRegistry.class)
			.getStatus(context.getBean(MembershipRegistration.class));
	}

	private static List<ServiceInstance> instances(ApplicationContext context, String service) {
		return context.getBean(MembershipDiscoveryClient.class).getInstances(service);
	}

	private static void awaitInstances(ApplicationContext context, String service, int count) {
		Awaitility.await().until(() -> instances(context, service).size() == count);
	}

	private static List<String> beansOfDiscovery(AssertableApplicationContext context) {
		return Arrays.stream(context.getBeanDefinitionNames())
			.filter((name) -> isOurs(context, name, PACKAGE))
			.toList();
	}

	private static boolean isOurs(AssertableApplicationContext context, String name, String prefix) {
		Class<?> type = context.getType(name);
		return type != null && type.getName().startsWith(prefix)
				&& !type.getName().startsWith(MembershipDiscoveryAutoConfigurationTests.class.getName());
	}

	private static Class<?>[] ownAutoConfigurations() {
		return ImportCandidates.load(AutoConfiguration.class, null)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("io.membership."))
			.map(MembershipDiscoveryAutoConfigurationTests::load)
			.toArray(Class<?>[]::new);
	}

	private static Class<?> load(String name) {
		try {
			return Class.forName(name);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		private final List<Object> heartbeats = new CopyOnWriteArrayList<>();

		private final List<Integer> foundAtStatusChange = new CopyOnWriteArrayList<>();

		private final DiscoveryClient client;

		private final List<Object> registered = new CopyOnWriteArrayList<>();

		Listeners(DiscoveryClient client) {
			this.client = client;
		}

		@EventListener
		void onHeartbeat(HeartbeatEvent event) {
			this.heartbeats.add(event.getValue());
		}

		@EventListener
		void onStatusChange(MemberStatusChangedEvent event) {
			this.foundAtStatusChange.add(this.client.getInstances("storage").size());
		}

		@EventListener
		void onRegistration(InstanceRegisteredEvent<?> event) {
			this.registered.add(event.getConfig());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherRegistry {

		@Bean
		Registration otherRegistration() {
			return mock(Registration.class);
		}

		@Bean
		@SuppressWarnings("unchecked")
		ServiceRegistry<Registration> otherRegistry() {
			return mock(ServiceRegistry.class);
		}

	}

}
