package io.membership.spring.boot.autoconfigure.discovery;

import java.net.URI;
import java.util.Map;

import io.membership.Membership;
import org.junit.jupiter.api.Test;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MembershipServiceRegistry} and {@link MembershipRegistration}, with a
 * node that is not started.
 */
class MembershipServiceRegistryTests {

	private final Membership membership = Membership.builder().advertise("web.example.com", 3301).build();

	private final MembershipDiscoveryProperties properties = new MembershipDiscoveryProperties();

	private final MockEnvironment environment = new MockEnvironment().withProperty("spring.application.name", "orders")
		.withProperty("local.server.port", "8080");

	private final LocalService service = new LocalService(this.properties, this.environment);

	private final MembershipRegistration registration = new MembershipRegistration(this.membership, this.service);

	private final MembershipServiceRegistry registry = new MembershipServiceRegistry(this.membership, this.service);

	@Test
	void registersWhatIsNotReadyYet() {
		assertThat(status()).isEqualTo("UNKNOWN");
		this.registry.register(this.registration);
		assertThat(payload()).isEqualTo(Map.of("s", "orders", "p", 8080L, "a", 0L));
		assertThat(status()).isEqualTo("REFUSING_TRAFFIC");
	}

	@Test
	void tellsWhenItIsReady() {
		this.registry.setReady(true);
		assertThat(payload()).isNull();
		this.registry.register(this.registration);
		assertThat(payload()).isEqualTo(Map.of("s", "orders", "p", 8080L, "a", 1L));
		assertThat(status()).isEqualTo("UP");
		this.registry.setReady(false);
		assertThat(status()).isEqualTo("REFUSING_TRAFFIC");
	}

	@Test
	void outOfServiceCountsMoreThanReadiness() {
		this.registry.register(this.registration);
		this.registry.setStatus(this.registration, "out_of_service");
		assertThat(status()).isEqualTo("OUT_OF_SERVICE");
		assertThat(payload()).isEqualTo(Map.of("s", "orders", "p", 8080L, "a", 2L));
		this.registry.setReady(true);
		assertThat(status()).isEqualTo("OUT_OF_SERVICE");
		this.registry.setStatus(this.registration, "UP");
		assertThat(status()).isEqualTo("UP");
	}

	@Test
	void anOperatorCannotSayMore() {
		this.registry.register(this.registration);
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.setStatus(this.registration, "DOWN"))
			.withMessageContaining("'DOWN' is neither OUT_OF_SERVICE nor UP");
	}

	@Test
	void takesTheDescriptionBack() {
		this.registry.register(this.registration);
		this.registry.deregister(this.registration);
		assertThat(payload()).isNull();
		assertThat(status()).isEqualTo("UNKNOWN");
		this.registry.setReady(true);
		assertThat(payload()).isNull();
		this.registry.close();
		this.registry.register(null);
		assertThat(status()).isEqualTo("UP");
	}

	@Test
	void theRegistrationIsThisApplication() {
		this.properties.setZone("eu-1");
		assertThat(this.registration.getServiceId()).isEqualTo("orders");
		assertThat(this.registration.getInstanceId()).isEqualTo("web.example.com:3301");
		assertThat(this.registration.getHost()).isEqualTo("web.example.com");
		assertThat(this.registration.getPort()).isEqualTo(8080);
		assertThat(this.registration.isSecure()).isFalse();
		assertThat(this.registration.getUri()).isEqualTo(URI.create("http://web.example.com:8080"));
		assertThat(this.registration.getMetadata()).isEqualTo(Map.of("zone", "eu-1"));
		assertThat(this.registration).hasToString("orders at web.example.com:8080 (member web.example.com:3301)");
	}

	private Object payload() {
		return this.membership.myself().payload().get(ServiceDescription.PAYLOAD_KEY);
	}

	private String status() {
		return this.registry.getStatus(this.registration);
	}

}
