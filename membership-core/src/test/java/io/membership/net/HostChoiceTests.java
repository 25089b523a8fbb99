package io.membership.net;

import io.membership.CidrBlock;
import io.membership.NoAdvertisableAddressException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which address of a machine is advertised.
 */
class HostChoiceTests {

	private final FakeMachine machine = new FakeMachine().with("lo", "127.0.0.1")
		.with("eth0", "fe80::5%1")
		.with("eth0", "fd00::5")
		.with("eth0", "192.168.1.5")
		.with("eth1", "10.1.2.3")
		.with("eth2", "fd01::6")
		.with("eth3", "fe80::7%3");

	@Test
	void theAddressOfAnInterfaceIsIpv4IfItHasOne() {
		assertThat(HostChoice.ofInterface("eth0").get(this.machine)).isEqualTo("192.168.1.5");
	}

	@Test
	void otherwiseItIsIpv6WithoutTheInterface() {
		assertThat(HostChoice.ofInterface("eth2").get(this.machine)).isEqualTo("fd01:0:0:0:0:0:0:6");
	}

	@Test
	void loopbackIsAnInterfaceToo() {
		assertThat(HostChoice.ofInterface("lo").get(this.machine)).isEqualTo("127.0.0.1");
	}

	@Test
	void anInterfaceThatIsOnALinkOnlyHasNoAddressForOthers() {
		assertThat(HostChoice.ofInterface("eth3").find(this.machine)).isEmpty();
	}

	@Test
	void anUnknownInterfaceIsRefusedWithWhatThereIs() {
		assertThatExceptionOfType(NoAdvertisableAddressException.class)
			.isThrownBy(() -> HostChoice.ofInterface("eth9").get(this.machine))
			.withMessageStartingWith("This host has no address of the interface 'eth9' that others could use, but"
					+ " lo 127.0.0.1, eth0 fe80:0:0:0:0:0:0:5, eth0 fd00:0:0:0:0:0:0:5, eth0 192.168.1.5, eth1 10.1.2.3");
	}

	@Test
	void theAddressInANetworkIsChosen() {
		assertThat(HostChoice.inNetwork(CidrBlock.parse("10.0.0.0/8")).get(this.machine)).isEqualTo("10.1.2.3");
		assertThat(HostChoice.inNetwork(CidrBlock.parse("fd00::/16")).get(this.machine))
			.isEqualTo("fd00:0:0:0:0:0:0:5");
	}

	@Test
	void aNetworkThatThisHostIsNotInIsRefused() {
		assertThatExceptionOfType(NoAdvertisableAddressException.class)
			.isThrownBy(() -> HostChoice.inNetwork(CidrBlock.parse("172.16.0.0/12")).get(this.machine))
			.withMessageContaining("no address in the network 172.16.0.0/12");
	}

	@Test
	void aMachineWithoutAddressesSaysSo() {
		assertThatExceptionOfType(NoAdvertisableAddressException.class)
			.isThrownBy(() -> HostChoice.ofInterface("eth0").get(new FakeMachine()))
			.withMessageEndingWith("none at all");
	}

}
