package io.membership.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;

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

}
