package io.membership.spring.boot.autoconfigure.discovery;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LocalService}.
 */
class LocalServiceTests {

	private final MembershipDiscoveryProperties properties = new MembershipDiscoveryProperties();

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void whatIsNotConfiguredComesFromTheEnvironment() {
		this.environment.withProperty("spring.application.name", "orders")
			.withProperty("spring.application.version", "1.2.3")
			.withProperty("spring.cloud.loadbalancer.zone", "eu-1")
			.withProperty("server.port", "0")
			.withProperty("local.server.port", "43210")
			.withProperty("local.management.port", "43211")
			.withProperty("server.servlet.context-path", "/shop")
			.withProperty("server.ssl.bundle", "web");
		assertThat(describe()).isEqualTo(new ServiceDescription("orders", null, 43210, true, 43211, "/shop", "eu-1",
				"1.2.3", ServiceState.UP, Map.of()));
	}

	@Test
	void whatIsConfiguredCountsMore() {
		this.environment.withProperty("spring.application.name", "orders")
			.withProperty("local.server.port", "43210")
			.withProperty("server.ssl.bundle", "web");
		this.properties.setServiceId("billing");
		this.properties.setHost("2001:db8::1");
		this.properties.setPort(80);
		this.properties.setSecure(false);
		this.properties.setManagementPort(81);
		this.properties.setContextPath("/pay");
		this.properties.setZone("us-1");
		this.properties.setVersion("2");
		this.properties.setMetadata(Map.of("weight", "5"));
		assertThat(describe()).isEqualTo(new ServiceDescription("billing", "[2001:db8::1]", 80, false, 81, "/pay",
				"us-1", "2", ServiceState.UP, Map.of("weight", "5")));
	}

	@Test
	void theZoneIsThatOfThePayloadUnlessOneIsForDiscovery() {
		this.environment.withProperty("membership.payload.zone", "a");
		assertThat(describe().zone()).isEqualTo("a");
		this.environment.withProperty("membership.payload.rack", "b")
			.withProperty("membership.dashboard.zone-key", "rack");
		assertThat(describe().zone()).isEqualTo("b");
		this.environment.withProperty("spring.cloud.loadbalancer.zone", "c");
		assertThat(describe().zone()).isEqualTo("c");
		this.properties.setZone("d");
		assertThat(describe().zone()).isEqualTo("d");
	}

	@Test
	void anApplicationWithoutAWebServerHasNoPort() {
		assertThat(describe()).isEqualTo(new ServiceDescription("application", null, null, false, null, null, null,
				null, ServiceState.UP, Map.of()));
	}

	@Test
	void aPortThatIsNotOpenIsNone() {
		this.environment.withProperty("local.server.port", "-1").withProperty("local.management.port", "0");
		assertThat(describe().port()).isNull();
		assertThat(describe().managementPort()).isNull();
	}

	@Test
	void theManagementPortIsToldIfItIsAnotherOne() {
		this.environment.withProperty("local.server.port", "80").withProperty("local.management.port", "80");
		assertThat(describe().managementPort()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "server.ssl.enabled,false,false", "server.ssl.enabled,true,true", "server.ssl.key-store,keys.p12,true",
			"server.address,ssl,false" })
	void sslIsRecognized(String name, String value, boolean secure) {
		this.environment.withProperty(name, value);
		assertThat(describe().secure()).isEqualTo(secure);
	}

	@Test
	void sslCanBeSwitchedOffWhereItIsConfigured() {
		this.environment.withProperty("server.ssl.bundle", "web").withProperty("server.ssl.enabled", "false");
		assertThat(describe().secure()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/" })
	void theRootIsNoContextPath(String path) {
		this.environment.withProperty("spring.webflux.base-path", path);
		assertThat(describe().contextPath()).isNull();
	}

	@Test
	void othersReadWhatIsDescribed() {
		this.properties.setMetadata(Map.of("note", "any text,\nof several lines"));
		assertThat(ServiceDescription.fromPayload(describe().toPayload())).isEqualTo(describe());
	}

	@Test
	void whatOthersWouldNotReadIsRefused() {
		this.properties.setHost("no host");
		assertRefused("membership.discovery.host");
		this.properties.setHost(null);
		this.properties.setPort(0);
		assertRefused("membership.discovery.port");
		this.properties.setPort(null);
		this.properties.setManagementPort(65536);
		assertRefused("membership.discovery.management-port");
		this.properties.setManagementPort(null);
		this.properties.setZone("a\u0007");
		assertRefused("membership.discovery.zone");
		this.properties.setZone(null);
		this.properties.setMetadata(Map.of(" ", "blank"));
		assertRefused("membership.discovery.metadata. ");
	}

	private void assertRefused(String property) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class).isThrownBy(this::describe)
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo(property));
	}

	private ServiceDescription describe() {
		return new LocalService(this.properties, this.environment).describe(ServiceState.UP);
	}

}
