package io.membership.net;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;

import io.membership.MemberUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Services in DNS, asked for on real sockets.
 */
@Timeout(30)
class ServiceRecordsTests {

	private static final String SERVICE = "_membership._udp.mesh.example.org";

	private DnsServer server;

	private ServiceRecords records;

	@BeforeEach
	void start() throws IOException {
		this.server = new DnsServer();
		this.records = new ServiceRecords(this.server.url());
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void eachRecordNamesAHostAndAPort() throws UnknownHostException {
		this.server.put(SERVICE, "a.example.org:3301", "b.example.org:7946");
		assertThat(this.records.lookUp(SERVICE)).containsExactlyInAnyOrder(MemberUri.of("a.example.org", 3301),
				MemberUri.of("b.example.org", 7946));
	}

	@Test
	void nothingIsCached() throws UnknownHostException {
		this.server.put(SERVICE, "a.example.org:3301");
		this.records.lookUp(SERVICE);
		this.server.put(SERVICE, "b.example.org:3301");
		assertThat(this.records.lookUp(SERVICE)).containsExactly(MemberUri.of("b.example.org", 3301));
	}

	@Test
	void aServiceThatIsNotAvailableIsNowhere() throws UnknownHostException {
		this.server.put(SERVICE, ":0");
		assertThat(this.records.lookUp(SERVICE)).isEmpty();
	}

	@Test
	void aTargetThatNoMemberCanHaveIsLeftOut() throws UnknownHostException {
		this.server.put(SERVICE, "no host.example.org:3301", "a.example.org:3301", "b.example.org:0");
		assertThat(this.records.lookUp(SERVICE)).containsExactly(MemberUri.of("a.example.org", 3301));
	}

	@Test
	void anUnknownServiceIsAnUnknownHost() {
		assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> this.records.lookUp(SERVICE))
			.withMessageContaining(SERVICE)
			.withMessageContaining("DNS name not found");
	}

	@Test
	void aNameWithoutServicesIsAnUnknownHost() {
		this.server.put(SERVICE);
		assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> this.records.lookUp(SERVICE))
			.withMessage(SERVICE + ": the name has no record of type SRV");
	}

	@Test
	void aServerThatIsNotThereIsAnUnknownHost() throws IOException {
		int port;
		try (DatagramSocket gone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			port = gone.getLocalPort();
		}
		ServiceRecords nobody = new ServiceRecords("dns://127.0.0.1:" + port);
		assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> nobody.lookUp(SERVICE))
			.withMessageContaining(SERVICE);
	}

}
