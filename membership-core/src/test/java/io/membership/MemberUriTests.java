package io.membership;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What names a member.
 */
class MemberUriTests {

	@ParameterizedTest
	@CsvSource({ "localhost:3301, localhost, 3301", "10.0.0.1:1, 10.0.0.1, 1", "[::1]:65535, [::1], 65535",
			"[fe80::1%eth0]:3301, [fe80::1%eth0], 3301", "a_b-c.example.org:80, a_b-c.example.org, 80",
			"UPPER:80, UPPER, 80", "dotted.:80, dotted., 80", "1:2, 1, 2" })
	void isAHostAndAPort(String text, String host, int port) {
		assertThat(MemberUri.parse(text)).extracting(MemberUri::host, MemberUri::port, MemberUri::toString)
			.containsExactly(host, port, text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":", "host", "host:", ":3301", "host:0", "host:65536", "host:99999", "host:-1",
			"host:03301", "host:+1", "host:1e3", "host: 1", "host:1 ", "host:١", "a b:1", "::1", ":::", "::1:3301",
			"[::1]", "[::1]:", "[]:1", "[1.2.3.4]:1", "[::1:1", "::1]:1", "http://h:1/p", "user@h:1", "h:1:2", "-h:1",
			"h-:1", "hö:1", "h\n:1", "h\u0000:1", "unix/:/dev/null" })
	void isNothingElse(String text) {
		assertThat(MemberUri.tryParse(text)).isNull();
	}

	@Test
	void isNoLongerThanADomainNameMayBe() {
		assertThat(MemberUri.tryParse("h".repeat(254) + ":1")).isNull();
	}

	@Test
	void mayBeAsLongAsADomainNameMayBe() {
		assertThat(MemberUri.tryParse("h".repeat(253) + ":1")).isNotNull();
	}

	@Test
	void aMalformedTextIsRefusedByName() {
		assertThatIllegalArgumentException().isThrownBy(() -> MemberUri.parse("nonsense"))
			.withMessageContaining("'nonsense'")
			.withMessageContaining("host:port");
	}

	@ParameterizedTest
	@CsvSource({ "::1, [::1]:7", "[::1], [::1]:7", "h, h:7" })
	void anAddressGetsBracketsIfItNeedsThem(String host, String uri) {
		assertThat(MemberUri.of(host, 7)).hasToString(uri);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "h:1", "[::1", "ä" })
	void aMalformedHostIsRefused(String host) {
		assertThatIllegalArgumentException().isThrownBy(() -> MemberUri.of(host, 7)).withMessageContaining(host);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 65536 })
	void aPortOutOfRangeIsRefused(int port) {
		assertThatIllegalArgumentException().isThrownBy(() -> MemberUri.of("h", port))
			.withMessageContaining(String.valueOf(port));
	}

	@Test
	void portZeroIsOnePortThatIsNotKnownYet() {
		assertThat(MemberUri.of("h", 0).port()).isZero();
	}

	@Test
	void equalTextsAreEqual() {
		assertThat(MemberUri.of("h", 7)).isEqualTo(MemberUri.parse("h:7")).hasSameHashCodeAs(MemberUri.parse("h:7"));
	}

	@Test
	void namesAreNotTheSameInAnotherCase() {
		assertThat(MemberUri.parse("H:7")).isNotEqualTo(MemberUri.parse("h:7"));
	}

	@Test
	void urisAreOrderedAsTexts() {
		assertThat(MemberUri.parse("h:10")).isLessThan(MemberUri.parse("h:9"));
	}

}
