package io.membership.spring.boot.autoconfigure.discovery;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.membership.Membership;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.RandomValuePropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DiscoveryRefresher}, with a node that is not started.
 */
@ExtendWith(OutputCaptureExtension.class)
class DiscoveryRefresherTests {

	private final Membership membership = Membership.builder().advertise("localhost", 3301).build();

	private final StandardEnvironment environment = new StandardEnvironment();

	private final Map<String, Object> configuration = new HashMap<>(Map.of("spring.application.name", "orders",
			"membership.discovery.port", "80", "membership.discovery.metadata.id", "${random.uuid}"));

	private LocalService service;

	private MembershipServiceRegistry registry;

	private MembershipRegistration registration;

	private DiscoveryRefresher refresher;

	@BeforeEach
	void register() {
		this.environment.getPropertySources().addLast(new RandomValuePropertySource("random"));
		configure(Map.of());
		this.service = new LocalService(
				Binder.get(this.environment)
					.bindOrCreate(MembershipDiscoveryProperties.PREFIX, MembershipDiscoveryProperties.class),
				this.environment);
		this.registry = new MembershipServiceRegistry(this.membership, this.service);
		this.registration = new MembershipRegistration(this.membership, this.service);
		this.refresher = new DiscoveryRefresher(this.registry);
		this.registry.register(this.registration);
	}

	private void configure(Map<String, Object> more) {
		this.configuration.putAll(more);
		MutablePropertySources sources = this.environment.getPropertySources();
		sources.remove("test");
		sources.addFirst(new MapPropertySource("test", Map.copyOf(this.configuration)));
	}

	private void change(Map<String, Object> more) {
		configure(more);
		this.refresher.onApplicationEvent(new EnvironmentChangeEvent("test", Set.of()));
	}

	private ServiceDescription told() {
		return ServiceDescription.fromPayload(this.membership.myself().payload().get(ServiceDescription.PAYLOAD_KEY));
	}

	@Test
	void changedPropertiesAreTold() {
		change(Map.of("membership.discovery.port", "81", "membership.discovery.metadata.weight", "5"));
		assertThat(told().port()).isEqualTo(81);
		assertThat(told().metadata()).containsEntry("weight", "5");
		assertThat(this.registration.getPort()).isEqualTo(81);
		this.configuration.remove("membership.discovery.metadata.weight");
		change(Map.of());
		assertThat(told().metadata()).containsOnlyKeys("id");
	}

	@Test
	void aRandomValueIsDrawnOnce() {
		ServiceDescription before = told();
		change(Map.of());
		assertThat(told()).isEqualTo(before);
	}

	@Test
	void theStateStays() {
		this.registry.setReady(true);
		this.registry.setStatus(this.registration, "OUT_OF_SERVICE");
		change(Map.of("membership.discovery.port", "81"));
		assertThat(told().state()).isEqualTo(ServiceState.OUT_OF_SERVICE);
		this.registry.setStatus(this.registration, "UP");
		assertThat(told().state()).isEqualTo(ServiceState.UP);
	}

	@Test
	void whoIsNotRegisteredIsNotToldBeforeItIs() {
		this.registry.deregister(this.registration);
		change(Map.of("membership.discovery.port", "81"));
		assertThat(told()).isNull();
		this.registry.register(this.registration);
		assertThat(told().port()).isEqualTo(81);
	}

	@Test
	void whatMakesNoSenseChangesNothing(CapturedOutput output) {
		ServiceDescription before = told();
		for (Map.Entry<String, String> wrong : Map.of("port", "70000", "management-port", "many", "host", "no host")
			.entrySet()) {
			String property = "membership.discovery." + wrong.getKey();
			Object right = this.configuration.get(property);
			change(Map.of(property, wrong.getValue()));
			assertThat(told()).isEqualTo(before);
			assertThat(output.toString().lines().filter((line) -> line.contains("ERROR")))
				.filteredOn((line) -> line.contains(property + " "))
				.hasSize(1);
			this.configuration.remove(property);
			if (right != null) {
				this.configuration.put(property, right);
			}
		}
		this.registry.setReady(true);
		assertThat(told().state()).isEqualTo(ServiceState.UP);
	}

	@Test
	void whatDoesNotFitChangesNothing(CapturedOutput output) {
		change(Map.of("membership.discovery.metadata.note", "x".repeat(2000)));
		assertThat(output).contains("The description of the service stays as it is");
		this.registry.setReady(true);
		assertThat(told().state()).isEqualTo(ServiceState.UP);
		assertThat(told().metadata()).containsOnlyKeys("id");
	}

}
