package io.membership.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hosts that are addresses.
 */
class HostLiteralTests {

	@ParameterizedTest
	@ValueSource(strings = { "1.2.3.4", "255.255.255.255", "0.0.0.0", "[::1]", "[fe80::1%eth0]" })
	void isALiteral(String host) {
		assertThat(HostLiteral.is(host)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "host", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4.", "01.2.3.4", "1.2.3.x", "127.1" })
	void isNoLiteral(String host) {
		assertThat(HostLiteral.is(host)).isFalse();
		assertThat(HostLiteral.address(host)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.9", "[::7]" })
	void anAddressIsReadWithoutALookUp(String host) throws UnknownHostException {
		assertThat(HostLiteral.address(host)).isEqualTo(InetAddress.getByName(host));
	}

	@Test
	void anAddressInTheScopeOfAnUnknownInterfaceIsNone() {
		assertThat(HostLiteral.address("[fe80::1%nowhere]")).isNull();
	}

}
