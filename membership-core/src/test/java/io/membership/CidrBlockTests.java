package io.membership;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which addresses are in a network, and what is none.
 */
class CidrBlockTests {

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8, 10.0.0.0, true", "10.0.0.0/8, 10.255.255.255, true", "10.0.0.0/8, 11.0.0.0, false",
			"10.0.0.0/8, 9.255.255.255, false", "192.168.4.0/22, 192.168.7.255, true",
			"192.168.4.0/22, 192.168.8.0, false", "192.168.4.0/22, 192.168.3.255, false",
			"128.0.0.0/1, 200.1.2.3, true", "128.0.0.0/1, 127.1.2.3, false", "0.0.0.0/0, 203.0.113.9, true",
			"10.1.2.3/32, 10.1.2.3, true", "10.1.2.3/32, 10.1.2.2, false", "10.1.2.3, 10.1.2.3, true",
			"10.1.2.3, 10.1.2.4, false", "10.1.2.2/31, 10.1.2.3, true", "fd00::/8, fdff::1, true",
			"fd00::/8, fe00::1, false", "2001:db8::/33, 2001:db8:7fff::1, true",
			"2001:db8::/33, 2001:db8:8000::1, false", "::/0, 2001:db8::1, true", "::1, ::1, true", "::1, ::2, false",
			"2001:db8::1/128, 2001:db8::1, true" })
	void anAddressIsInANetworkIfItBeginsWithTheSameBits(String network, String address, boolean isIn)
			throws UnknownHostException {
		assertThat(CidrBlock.parse(network).contains(InetAddress.getByName(address))).isEqualTo(isIn);
	}

	@ParameterizedTest
	@CsvSource({ "0.0.0.0/0, ::1", "::/0, 127.0.0.1", "10.0.0.0/8, a00::1", "::/96, 10.0.0.1" })
	void aNetworkOfOneKindHoldsNoAddressOfTheOther(String network, String address) throws UnknownHostException {
		assertThat(CidrBlock.parse(network).contains(InetAddress.getByName(address))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8, ::ffff:10.1.2.3, true", "10.0.0.0/8, ::ffff:11.1.2.3, false",
			"::ffff:10.0.0.0/104, 10.1.2.3, true", "::ffff:10.0.0.0/104, 11.1.2.3, false",
			"::ffff:10.1.2.3, 10.1.2.3, true" })
	void aMappedAddressIsAnIpv4Address(String network, String address, boolean isIn) throws UnknownHostException {
		assertThat(CidrBlock.parse(network).contains(InetAddress.getByName(address))).isEqualTo(isIn);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8",
			"10.0.0.0/08", "10.0.0.0/8/8", "10.0.0.0/255.0.0.0", "10.0.0/8", "10/8", "10.0.0.256", "010.0.0.0/8",
			"10.0.0.0.0", "10.0.0.0/8 ", " 10.0.0.0/8", "localhost", "localhost/8", "x:y", "fd00::/129", "fd00::/",
			"fd00:::/8", "[fd00::]/8", "fe80::1%eth0", "12345::/16", "::ffff:10.0.0.0/90", "::ffff:10.0.0.0/129",
			"10.0.0.0/99999999999" })
	void whatIsNoNetworkIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> CidrBlock.parse(text))
			.withMessageContaining("'" + text + "'")
			.withMessageContaining("10.0.0.0/8");
	}

	/** Whether the network or the address is meant, only the user knows. */
	@ParameterizedTest
	@CsvSource({ "10.1.2.3/8, 10.0.0.0/8, 10.1.2.3/32", "10.0.0.1/31, 10.0.0.0/31, 10.0.0.1/32",
			"10.0.0.1/0, 0.0.0.0/0, 10.0.0.1/32", "fd00::1/8, fd00:0:0:0:0:0:0:0/8, fd00:0:0:0:0:0:0:1/128" })
	void anAddressWithMoreBitsThanTheNetworkIsRefused(String text, String network, String address) {
		assertThatIllegalArgumentException().isThrownBy(() -> CidrBlock.parse(text))
			.withMessageContainingAll("'" + text + "'", "'" + network + "'", "'" + address + "'");
	}

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8, 10.0.0.0/8", "10.1.2.3, 10.1.2.3/32", "fd00::/8, fd00:0:0:0:0:0:0:0/8",
			"::ffff:10.0.0.0/104, 10.0.0.0/8" })
	void theTextCanBeParsedAgain(String text, String canonical) {
		CidrBlock network = CidrBlock.parse(text);
		assertThat(network).hasToString(canonical).isEqualTo(CidrBlock.parse(canonical));
	}

	@Test
	void networksAreEqualIfTheyHoldTheSameAddresses() {
		CidrBlock network = CidrBlock.parse("10.0.0.0/8");
		assertThat(network).isEqualTo(CidrBlock.parse("::ffff:10.0.0.0/104"))
			.hasSameHashCodeAs(CidrBlock.parse("10.0.0.0/8"))
			.isNotEqualTo(CidrBlock.parse("10.0.0.0/9"))
			.isNotEqualTo(CidrBlock.parse("11.0.0.0/8"))
			.isNotEqualTo("10.0.0.0/8");
	}

}
