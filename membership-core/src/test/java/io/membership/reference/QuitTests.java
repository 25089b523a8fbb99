package io.membership.reference;

import java.io.IOException;
import java.time.Duration;

import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

import static io.membership.reference.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference's {@code test/integration/quit_test.lua}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuitTests {

	@RegisterExtension
	static final ReferenceNodes servers = new ReferenceNodes("localhost", 2);

	/**
	 * Asks nobody, so that it hears nothing that it is not told. The original relies on
	 * the same for as long as it takes to get from one case to the next: a node that asks
	 * hears that it left, and refutes.
	 */
	private static final MembershipOptions RETICENT = ReferenceNode.TUNED.toBuilder()
		.protocolPeriod(Duration.ofMinutes(1))
		.antiEntropyPeriod(Duration.ofMinutes(1))
		.suspectTimeout(Duration.ofMinutes(1))
		.build();

	@Test
	@Order(1)
	void testJoin() {
		servers.node(1).membership().addMember(servers.node(2).uri());

		servers.node(2).eventuallySees(servers.node(1), MemberStatus.ALIVE);
	}

	@Test
	@Order(2)
	void testQuit() {
		assertThat(servers.node(2).membership().leave()).isTrue();

		servers.node(1).eventuallySees(servers.node(2), MemberStatus.LEFT);
		assertThat(servers.node(2).membership().leave()).isFalse();
	}

	/**
	 * A reference node that comes back remembers nobody and begins with incarnation 1,
	 * like a new process of ours; {@code rejoin()} is in {@link EncryptionTests}.
	 */
	@Test
	@Order(3)
	void testRejoin() {
		servers.node(2).startAgain(RETICENT);
		servers.node(1).membership().addMember(servers.node(2).uri());

		servers.node(1).eventuallySees(servers.node(2), MemberStatus.ALIVE);
	}

	@Test
	@Order(4)
	void testMarkLeft() {
		servers.node(1).eventuallySees(servers.node(2), MemberStatus.ALIVE);
		// The one PING in which server 2 learns of the incarnation that it was given
		eventually(() -> assertThat(servers.node(1).membership().member(servers.node(2).uri())).map(Member::incarnation)
			.contains(servers.node(2).membership().myself().incarnation()));

		assertThat(servers.node(1).membership().markLeft(servers.node(2).uri())).isTrue();
		servers.node(1).eventuallySees(servers.node(2), MemberStatus.LEFT);

		assertThat(servers.node(1).membership().markLeft(servers.node(2).uri())).isFalse();
		try (SilentPort unknown = new SilentPort(0)) {
			assertThat(servers.node(1).membership().markLeft(unknown.uri())).isFalse();
		}
	}

	/**
	 * Not in the original, where {@link #testQuit()} shows it, by chance here: whoever is
	 * alive hears the goodbye, even if its name was never looked up before.
	 */
	@Test
	@Order(5)
	void quitBeforeANameIsResolved() throws IOException {
		try (SilentPort somebody = new SilentPort(0)) {
			servers.node(1).membership().addMember(somebody.uri());

			assertThat(servers.node(1).membership().leave()).isTrue();

			try (MessageUnpacker message = MessagePack.newDefaultUnpacker(somebody.receive())) {
				assertThat(message.unpackArrayHeader()).isEqualTo(4);
				assertThat(message.unpackString()).isEqualTo(servers.node(1).uri().toString());
				assertThat(message.unpackString()).isEqualTo("LEAVE");
			}
		}
	}

}
