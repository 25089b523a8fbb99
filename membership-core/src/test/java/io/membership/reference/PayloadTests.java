package io.membership.reference;

import java.io.IOException;
import java.util.Map;

import io.membership.DropReason;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

import static io.membership.reference.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference's {@code test/integration/payload_test.lua}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PayloadTests {

	@RegisterExtension
	static final ReferenceNodes servers = new ReferenceNodes("localhost", 2);

	@Test
	@Order(1)
	void testPayload() throws IOException {
		Membership server = servers.node(1).membership();
		server.setPayload("foo1", Map.of("bar", "buzz"));
		server.addMember(servers.node(2).uri());
		eventuallyIsSeen(MemberStatus.ALIVE, Map.of("foo1", Map.of("bar", "buzz")));

		server.setPayload("foo2", 42);
		eventuallyIsSeen(MemberStatus.ALIVE, Map.of("foo1", Map.of("bar", "buzz"), "foo2", 42L));

		server.setPayload("foo1", null);
		eventuallyIsSeen(MemberStatus.ALIVE, Map.of("foo2", 42L));

		rumorWithANumberForPayload();
	}

	/**
	 * The original makes server 1 itself say that a member {@code 13301} is dead, with a
	 * number for a payload, and server 2 lists that member with an empty payload.
	 * Deviation: what is not {@code host:port} is no member here. So somebody tells
	 * server 1 of two members; it counts the one and passes on the other.
	 */
	private static void rumorWithANumberForPayload() throws IOException {
		try (SilentPort somebody = new SilentPort(0)) {
			somebody.send(deadWithPayload37(somebody.uri(), "13301", somebody.uri().toString()), servers.node(1).uri());

			eventuallyIsSeen(somebody.uri(), MemberStatus.DEAD, Map.of());
			assertThat(servers.node(1).dropped(DropReason.BAD_EVENT)).isOne();
			assertThat(servers.node(2).dropped(DropReason.BAD_EVENT)).isZero();
			assertThat(servers.all()).allSatisfy((server) -> assertThat(server.membership().members())
				.containsOnlyKeys(servers.node(1).uri(), servers.node(2).uri(), somebody.uri()));
		}
	}

	private static byte[] deadWithPayload37(MemberUri sender, String... uris) throws IOException {
		try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
			packer.packArrayHeader(4).packString(sender.toString()).packString("LEAVE").packNil();
			packer.packArrayHeader(uris.length);
			for (String uri : uris) {
				packer.packArrayHeader(5).packString(uri).packInt(MemberStatus.DEAD.code()).packInt(31);
				packer.packInt(37).packInt(2);
			}
			return packer.toByteArray();
		}
	}

	private static void eventuallyIsSeen(MemberStatus status, Map<String, Object> payload) {
		eventuallyIsSeen(servers.node(1).uri(), status, payload);
	}

	private static void eventuallyIsSeen(MemberUri uri, MemberStatus status, Map<String, Object> payload) {
		eventually(() -> {
			servers.node(2).sees(uri, status);
			assertThat(servers.node(2).payloadOf(uri)).isEqualTo(payload);
		});
	}

}
