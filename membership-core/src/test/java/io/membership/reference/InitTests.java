package io.membership.reference;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.SocketBindException;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The reference's {@code test/integration/init_test.lua}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InitTests {

	@RegisterExtension
	static final ReferenceNodes servers = new ReferenceNodes("localhost", 2);

	@Test
	@Order(1)
	void testJoin() {
		servers.node(1).membership().addMember(servers.node(2).uri());

		servers.node(2).eventuallySees(servers.node(1), MemberStatus.ALIVE);
	}

	@Test
	@Order(2)
	void testDeath() {
		servers.node(2).stop();
		servers.node(1).eventuallySees(servers.node(2), MemberStatus.SUSPECT);
		servers.node(1).eventuallySees(servers.node(2), MemberStatus.DEAD);

		servers.node(2).startAgain(ReferenceNode.TUNED);
		servers.node(1).eventuallySees(servers.node(2), MemberStatus.ALIVE);
		servers.node(2).eventuallySees(servers.node(1), MemberStatus.ALIVE);
	}

	@Test
	@Order(3)
	void testReinit() {
		ReferenceNode observer = servers.node(2);
		Membership moving = servers.node(1).membership();
		MemberUri original = servers.node(1).uri();
		moving.addMember(observer.uri());
		observer.eventuallySees(original, MemberStatus.ALIVE);

		MemberUri otherHost = MemberUri.of("127.0.0.1", original.port());
		moving.reinit(otherHost.host(), otherHost.port());
		observer.eventuallySees(original, MemberStatus.DEAD);
		observer.eventuallySees(otherHost, MemberStatus.ALIVE);

		MemberUri otherPort = moveToAnyPort(moving, "127.0.0.1");
		try (SilentPort left = new SilentPort(original.port())) {
			observer.eventuallySees(original, MemberStatus.DEAD);
			observer.eventuallySees(otherHost, MemberStatus.DEAD);
			observer.eventuallySees(otherPort, MemberStatus.ALIVE);
		}

		moving.reinit(original.host(), original.port());
		servers.node(1).eventuallySees(observer, MemberStatus.ALIVE);
		observer.eventuallySees(original, MemberStatus.ALIVE);
	}

	/** Moves to a port that was free a moment ago, or else to another. */
	private static MemberUri moveToAnyPort(Membership membership, String host) {
		while (true) {
			int port;
			try (SilentPort free = new SilentPort(0)) {
				port = free.number();
			}
			try {
				membership.reinit(host, port);
				return MemberUri.of(host, port);
			}
			catch (SocketBindException ex) {
				// Somebody was faster
			}
		}
	}

	@Test
	@Order(4)
	void testError() {
		int used = servers.node(2).port();

		assertThatExceptionOfType(SocketBindException.class)
			.isThrownBy(() -> servers.node(1).membership().reinit("localhost", used))
			.withMessage("Socket bind error (" + used + "/udp): Address already in use");

		servers.node(1).reaches(servers.node(1));
		servers.node(1).reaches(servers.node(2));
		servers.node(2).reaches(servers.node(1));
	}

}
