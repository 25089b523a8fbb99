package io.membership.reference;

import java.nio.charset.StandardCharsets;

import io.membership.EncryptionKey;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.ProbeResult;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The reference's {@code test/integration/encryption_test.lua}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EncryptionTests {

	@RegisterExtension
	static final ReferenceNodes servers = new ReferenceNodes("localhost", 2, "XXXXXX", "YY", "ZZ");

	@Test
	@Order(1)
	void testJoin() {
		servers.node(1).membership().addMember(servers.node(2).uri());
		assertThat(servers.node(1).membership().encryptionKey()).isEmpty();

		eventuallyBothSeeEachOther(MemberStatus.ALIVE);
	}

	@Test
	@Order(2)
	void testEnableEncryption() {
		setKey(servers.node(2), "XXXXXX", " ".repeat(26) + "XXXXXX");
		eventuallyBothSeeEachOther(MemberStatus.NON_DECRYPTABLE);

		setKey(servers.node(1), "XXXXXX", " ".repeat(26) + "XXXXXX");
		eventuallyBothSeeEachOther(MemberStatus.ALIVE);

		servers.node(2).membership().leave();
		// The original does not wait here, and fails when its question overtakes the
		// LEAVE
		servers.node(1).eventuallySees(servers.node(2), MemberStatus.LEFT);

		servers.node(2).membership().rejoin();
		servers.node(2).reaches(servers.node(1));
		servers.node(1).eventuallySees(servers.node(2), MemberStatus.ALIVE);
	}

	@Test
	@Order(3)
	void testChangeEncryption() {
		setKey(servers.node(1), "YY", " ".repeat(30) + "YY");
		eventuallyBothSeeEachOther(MemberStatus.NON_DECRYPTABLE);

		setKey(servers.node(2), "YY", " ".repeat(30) + "YY");
		eventuallyBothSeeEachOther(MemberStatus.ALIVE);
	}

	@Test
	@Order(4)
	void testDisableEncryption() {
		removeKey(servers.node(2));
		eventuallyBothSeeEachOther(MemberStatus.NON_DECRYPTABLE);

		removeKey(servers.node(1));
		eventuallyBothSeeEachOther(MemberStatus.ALIVE);
	}

	/**
	 * Names that do not resolve must not get in the way when an address is looked up to
	 * find out whose datagram cannot be decrypted. Deviation: a URI with a service name
	 * instead of a port is refused at once, so that names with a port are probed as well.
	 */
	@Test
	@Order(5)
	void testGh36() {
		for (int i = 1; i <= 10; i++) {
			String host = String.format("s%03d", i);
			assertThatIllegalArgumentException().isThrownBy(() -> servers.node(2).membership().probeUri(host + ":oO"));
			MemberUri unresolvable = MemberUri.of(ReferenceNodes.unresolvable(host), 9);
			assertThat(servers.node(2).probe(unresolvable)).isNotInstanceOf(ProbeResult.Alive.class);
		}

		setKey(servers.node(1), "ZZ", " ".repeat(30) + "ZZ");
		eventuallyBothSeeEachOther(MemberStatus.NON_DECRYPTABLE);
	}

	private static void setKey(ReferenceNode server, String key, String padded) {
		server.encrypt(key);
		assertThat(server.membership().encryptionKey()).map(EncryptionKey::toByteArray)
			.contains(padded.getBytes(StandardCharsets.US_ASCII));
	}

	private static void removeKey(ReferenceNode server) {
		server.membership().setEncryptionKey(null);
		assertThat(server.membership().encryptionKey()).isEmpty();
	}

	private static void eventuallyBothSeeEachOther(MemberStatus status) {
		servers.node(1).eventuallySees(servers.node(2), status);
		servers.node(2).eventuallySees(servers.node(1), status);
	}

}
