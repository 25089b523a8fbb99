package io.membership.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The networks of this host.
 */
class LocalNetworksTests {

	@Test
	void anAddressForOthersDoesNotNameAnInterfaceOfThisHost() throws UnknownHostException {
		byte[] bytes = InetAddress.getByName("2001:db8::1").getAddress();
		InetAddress found = Inet6Address.getByAddress(null, bytes, 2);
		assertThat(found.getHostAddress()).contains("%");
		assertThat(LocalNetworks.withoutScope(found).getHostAddress()).isEqualTo("2001:db8:0:0:0:0:0:1");
	}

	@Test
	void loopbackIsOneOfTheAddresses() {
		assertThat(LocalNetworks.ownAddresses()).extracting(LocalAddress::address)
			.contains(InetAddress.getLoopbackAddress());
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.1.2.3", "::1", "0.0.0.0", "::", "fe80::1" })
	void nobodyElseReaches(String address) throws UnknownHostException {
		assertThat(LocalNetworks.isRoutable(InetAddress.getByName(address))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.1", "169.254.1.1", "2001:db8::1", "fd00::1", "fe80::1%1" })
	void othersMayReach(String address) throws UnknownHostException {
		assertThat(LocalNetworks.isRoutable(InetAddress.getByName(address))).isTrue();
	}

}
