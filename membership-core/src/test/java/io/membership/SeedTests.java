package io.membership;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Seeds as text.
 */
class SeedTests {

	@Test
	void hostAndPortAreAMember() {
		assertThat(Seed.parse("host:3301")).isEqualTo(MemberUri.of("host", 3301));
	}

	@Test
	void aNameHasTheDefaultPort() {
		assertThat(Seed.parse("dns:///mesh.example.org")).isEqualTo(new AddressSeed("mesh.example.org", 3301))
			.isEqualTo(new AddressSeed("mesh.example.org"));
	}

	@Test
	void aNameMayHaveAnotherPort() {
		assertThat(Seed.parse("dns:///mesh.example.org:7946")).isEqualTo(new AddressSeed("mesh.example.org", 7946));
	}

	@Test
	void anAddressMayStandForAName() {
		assertThat(Seed.parse("dns:///[::1]")).isEqualTo(new AddressSeed("[::1]", 3301));
		assertThat(Seed.parse("dns:///[::1]:7")).isEqualTo(new AddressSeed("[::1]", 7));
	}

	@Test
	void aServiceHasNoPort() {
		assertThat(Seed.parse("dns+srv:///_membership._udp.mesh.example.org"))
			.isEqualTo(new ServiceSeed("_membership._udp.mesh.example.org"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "host:3301", "dns:///mesh.example.org:3301", "dns:///[::1]:7",
			"dns+srv:///_membership._udp.mesh.example.org" })
	void theTextCanBeParsedAgain(String text) {
		assertThat(Seed.parse(text)).hasToString(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "host", "host:0", "dns:", "dns:///", "dns://name", "dns:name", "dns:///name:",
			"dns:///name:0", "dns:///name:65536", "dns:///name:1:2", "dns:///two names", "dns:///::1",
			"dns://10.0.0.1/name", "dns+srv:///", "dns+srv:///_membership._udp.name:3301", "dns+srv://name",
			"http://name:80", "DNS:///name" })
	void whatIsNoneOfTheseIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Seed.parse(text))
			.withMessage("'" + text + "' is not a seed: expected host:port, dns:///name, dns:///name:port"
					+ " or dns+srv:///_service._udp.name");
	}

	@Test
	void malformedPartsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new AddressSeed("two names"));
		assertThatIllegalArgumentException().isThrownBy(() -> new AddressSeed("name", 0));
		assertThatIllegalArgumentException().isThrownBy(() -> new ServiceSeed("two names"));
	}

}
