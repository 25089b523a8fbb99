package io.membership.spring.boot.autoconfigure.discovery;

import java.net.URI;
import java.util.Map;

import io.membership.MemberUri;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link MembershipServiceInstance}.
 */
class MembershipServiceInstanceTests {

	@Test
	void tellsWhatTheMemberTells() {
		MembershipServiceInstance instance = instance("host:3301", Map.of("s", "orders", "h", "web.example.com", "p",
				8443, "t", true, "m", 9090, "c", "/shop", "z", "eu-1", "v", "1.2.3", "d", Map.of("weight", "5")));
		assertThat(instance.getServiceId()).isEqualTo("orders");
		assertThat(instance.getInstanceId()).isEqualTo("host:3301");
		assertThat(instance.getMemberUri()).isEqualTo(MemberUri.parse("host:3301"));
		assertThat(instance.getHost()).isEqualTo("web.example.com");
		assertThat(instance.getPort()).isEqualTo(8443);
		assertThat(instance.isSecure()).isTrue();
		assertThat(instance.getUri()).isEqualTo(URI.create("https://web.example.com:8443"));
		assertThat(instance.getMetadata()).containsExactly(entry("context-path", "/shop"),
				entry("management.port", "9090"), entry("version", "1.2.3"), entry("weight", "5"),
				entry("zone", "eu-1"));
		assertThat(instance).hasToString("orders at web.example.com:8443 (member host:3301)");
	}

	/** So that a WebSocket's URI keeps its own. */
	@Test
	void leavesTheSchemeToTheCaller() {
		assertThat(instance("host:3301", Map.of("s", "orders", "p", 80)).getScheme()).isNull();
	}

	@Test
	void withoutAHostOfItsOwnIsAtTheMembersHost() {
		MembershipServiceInstance instance = instance("[::1]:3301", Map.of("s", "orders", "p", 8080));
		assertThat(instance.getHost()).isEqualTo("[::1]");
		assertThat(instance.getUri()).isEqualTo(URI.create("http://[::1]:8080"));
		assertThat(instance.getMetadata()).isEmpty();
	}

	@Test
	void twoThatSayTheSameAreEqual() {
		MembershipServiceInstance instance = instance("host:1", Map.of("s", "orders", "p", 80));
		assertThat(instance).isEqualTo(instance("host:1", Map.of("s", "orders", "p", 80.0, "a", 1)))
			.hasSameHashCodeAs(instance("host:1", Map.of("s", "orders", "p", 80)))
			.isNotEqualTo(instance("host:2", Map.of("s", "orders", "p", 80)))
			.isNotEqualTo(instance("host:1", Map.of("s", "orders", "p", 81)))
			.isNotEqualTo("host:1");
	}

	static MembershipServiceInstance instance(String uri, Map<?, ?> payload) {
		ServiceDescription description = ServiceDescription.fromPayload(payload);
		assertThat(description).isNotNull();
		return new MembershipServiceInstance(MemberUri.parse(uri), description);
	}

}
