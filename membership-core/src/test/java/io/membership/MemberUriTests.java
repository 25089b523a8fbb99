package io.membership;

import java.net.InetAddress;
import java.net.InetSocketAddress;

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

	@ParameterizedTest
	@ValueSource(strings = { "0.0.0.0", "127.0.0.1", "10.20.30.40", "255.255.255.255" })
	void fourNumbersAreAnAddress(String host) throws Exception {
		MemberUri uri = MemberUri.of(host, 3301);
		assertThat(uri.ipv4Address()).isEqualTo(InetAddress.getByName(host));
		assertThat(uri).hasToString(host + ":3301").isEqualTo(MemberUri.parse(host + ":3301"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "256.0.0.1", "01.2.3.4", "1.2.3.00", "1.2.3", "1.2.3.4.5", "1.2.3.4.", "1..2.3",
			"1234.1.1.1", "99999999999.1.1.1", "1.2.3.4a", "a1.2.3.4", "[::1]", "h" })
	void whatIsWrittenInAnotherWayIsNoAddressOfIpv4(String host) {
		MemberUri uri = MemberUri.of(host, 3301);
		assertThat(uri.ipv4Address()).isNull();
		assertThat(uri).hasToString(host + ":3301").extracting(MemberUri::host).isEqualTo(host);
	}

	@ParameterizedTest
	@CsvSource({ "10.0.0.1, 10.0.0.1:3301", "::7, [0:0:0:0:0:0:0:7]:3301" })
	void anAddressHasAUri(String address, String uri) throws Exception {
		assertThat(MemberUri.of(new InetSocketAddress(InetAddress.getByName(address), 3301))).hasToString(uri)
			.isEqualTo(MemberUri.parse(uri));
	}

	@Test
	void aNameThatWasNotLookedUpIsNoAddress() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> MemberUri.of(InetSocketAddress.createUnresolved("somewhere", 3301)))
			.withMessageContaining("somewhere");
	}

	@Test
	void noTextIsLongerThanTheLongest() {
		assertThat(MemberUri.of("h".repeat(253), MemberUri.MAX_PORT).length()).isEqualTo(MemberUri.MAX_LENGTH);
	}

	@Test
	void urisAreOrderedAsTexts() {
		assertThat(MemberUri.parse("h:10")).isLessThan(MemberUri.parse("h:9"));
		assertThat(MemberUri.parse("10.0.0.2:1")).isGreaterThan(MemberUri.parse("10.0.0.10:1"));
	}

}
