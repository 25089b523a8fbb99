package io.membership.net;

import java.io.IOException;
import java.net.InetAddress;

import io.membership.MemberUri;
import io.membership.MembershipException;
import io.membership.NoAdvertisableAddressException;
import io.membership.SocketBindException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Where a node listens and how others reach it.
 */
class NodeAddressTests {

	private static final String LOOPBACK = "127.0.0.1";

	private DatagramPort socket;

	private DatagramPort other;

	@AfterEach
	void close() {
		if (this.socket != null) {
			this.socket.close();
		}
		if (this.other != null) {
			this.other.close();
		}
	}

	@Test
	void aFreePortIsKnownAfterBinding() {
		NodeAddress address = any();
		this.socket = address.bind();
		assertThat(address.boundUri()).isEqualTo(MemberUri.of(LOOPBACK, port(this.socket)));
	}

	@Test
	void aFreePortIsNotKnownBefore() {
		assertThat(any().expectedUri()).isEqualTo(MemberUri.of(LOOPBACK, 0));
	}

	@Test
	void aFreePortIsKeptForTheNextRun() {
		NodeAddress address = any();
		address.bind().close();
		MemberUri first = address.boundUri();
		this.socket = address.bind();
		assertThat(address.boundUri()).isEqualTo(first);
	}

	@Test
	void aFreePortThatWasTakenMeanwhileIsReplacedByAnother() throws IOException {
		NodeAddress address = any();
		address.bind().close();
		this.other = UdpSocket.bind(loopback(), address.boundUri().port());
		this.socket = address.bind();
		assertThat(port(this.socket)).isNotEqualTo(port(this.other));
	}

	@Test
	void aPortInUseIsRefused() throws IOException {
		this.other = UdpSocket.bind(loopback(), 0);
		NodeAddress address = new NodeAddress(Platform.REAL, LOOPBACK, port(this.other), false, LOOPBACK, 0);
		assertThatExceptionOfType(SocketBindException.class).isThrownBy(address::bind)
			.withMessageContaining(String.valueOf(port(this.other)));
	}

	@Test
	void theNextFreePortWillDoIfThatIsWanted() throws IOException {
		this.other = UdpSocket.bind(loopback(), 0);
		NodeAddress address = new NodeAddress(Platform.REAL, LOOPBACK, port(this.other), true, LOOPBACK, 0);
		this.socket = address.bind();
		assertThat(port(this.socket)).isGreaterThan(port(this.other));
	}

	@Test
	void theAdvertisedHostAndPortMayBeOthers() {
		NodeAddress address = new NodeAddress(Platform.REAL, LOOPBACK, 0, false, "gateway.example.org", 7777);
		this.socket = address.bind();
		assertThat(address.boundUri()).hasToString("gateway.example.org:7777");
	}

	@Test
	void withoutAnAdvertisedHostItIsTheBoundAddress() {
		NodeAddress address = new NodeAddress(Platform.REAL, LOOPBACK, 0, false, null, 0);
		this.socket = address.bind();
		assertThat(address.boundUri().host()).isEqualTo(LOOPBACK);
	}

	@Test
	void theAddressThatWasChosenIsAdvertised() {
		FakeMachine machine = new FakeMachine().with("lo", "127.0.0.1").with("eth1", "10.1.2.3");
		NodeAddress address = new NodeAddress(machine, LOOPBACK, 0, false, null, 7)
			.advertise(HostChoice.ofInterface("eth1"));
		assertThat(address.expectedUri()).hasToString("10.1.2.3:7");
		this.socket = address.bind();
		assertThat(address.boundUri()).hasToString("10.1.2.3:7");
	}

	@Test
	void theChosenAddressMayChangeFromRunToRun() {
		FakeMachine machine = new FakeMachine();
		NodeAddress address = new NodeAddress(machine, LOOPBACK, 0, false, null, 7)
			.advertise(HostChoice.ofInterface("eth1"));
		assertThat(address.expectedUri()).hasToString("127.0.0.1:7");
		assertThatExceptionOfType(NoAdvertisableAddressException.class).isThrownBy(address::boundUri);
		machine.with("eth1", "10.1.2.3");
		assertThat(address.boundUri()).hasToString("10.1.2.3:7");
	}

	@Test
	void aMoveEndsTheChoice() {
		FakeMachine machine = new FakeMachine().with("eth1", "10.1.2.3");
		NodeAddress address = new NodeAddress(machine, LOOPBACK, 0, false, null, 0)
			.advertise(HostChoice.ofInterface("eth1"));
		address.moveTo(MemberUri.of("localhost", 7), null);
		assertThat(address.expectedUri()).hasToString("localhost:7");
	}

	@Test
	void anIpv6AddressIsAdvertisedInBrackets() {
		assertThat(new NodeAddress(Platform.REAL, null, 7, false, "::1", 0).expectedUri()).hasToString("[::1]:7");
	}

	@Test
	void aMalformedAdvertisedHostIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new NodeAddress(Platform.REAL, null, 0, false, "no host", 0))
			.withMessageContaining("no host");
	}

	@Test
	void aBindAddressThatDoesNotResolveIsRefusedByName() {
		NodeAddress address = new NodeAddress(Platform.REAL, "999.999.999.999", 0, false, LOOPBACK, 0);
		assertThatExceptionOfType(MembershipException.class).isThrownBy(address::bind)
			.withMessageContaining("999.999.999.999");
	}

	@Test
	void anotherHostKeepsTheSocket() {
		NodeAddress address = any();
		this.socket = address.bind();
		assertThat(address.moveTo(MemberUri.of("localhost", 0), this.socket)).isSameAs(this.socket);
	}

	@Test
	void anotherHostIsAdvertised() {
		NodeAddress address = any();
		this.socket = address.bind();
		address.moveTo(MemberUri.of("localhost", 0), this.socket);
		assertThat(address.boundUri()).isEqualTo(MemberUri.of("localhost", port(this.socket)));
	}

	@Test
	void anotherPortNeedsAnotherSocket() throws IOException {
		NodeAddress address = any();
		this.socket = address.bind();
		int free = freePort();
		this.other = address.moveTo(MemberUri.of(LOOPBACK, free), this.socket);
		assertThat(port(this.other)).isEqualTo(free);
	}

	@Test
	void aMoveToAPortInUseChangesNothing() throws IOException {
		NodeAddress address = any();
		this.socket = address.bind();
		this.other = UdpSocket.bind(loopback(), 0);
		assertThatExceptionOfType(SocketBindException.class)
			.isThrownBy(() -> address.moveTo(MemberUri.of("localhost", port(this.other)), this.socket));
		assertThat(address.boundUri()).isEqualTo(MemberUri.of(LOOPBACK, port(this.socket)));
	}

	@Test
	void aMoveWithoutASocketIsForTheNextRun() throws IOException {
		NodeAddress address = any();
		int free = freePort();
		address.moveTo(MemberUri.of(LOOPBACK, free), null);
		this.socket = address.bind();
		assertThat(port(this.socket)).isEqualTo(free);
	}

	private static NodeAddress any() {
		return new NodeAddress(Platform.REAL, LOOPBACK, 0, false, LOOPBACK, 0);
	}

	private static int freePort() throws IOException {
		try (UdpSocket free = UdpSocket.bind(loopback(), 0)) {
			return port(free);
		}
	}

	private static int port(DatagramPort socket) {
		return socket.localAddress().getPort();
	}

	private static InetAddress loopback() {
		return InetAddress.getLoopbackAddress();
	}

}
