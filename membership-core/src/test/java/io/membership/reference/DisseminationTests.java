package io.membership.reference;

import java.time.Duration;

import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.membership.reference.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference's {@code test/integration/dissemination_test.lua}.
 * <p>
 * A hundred members do not fit one datagram, so this is where the size limit counts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DisseminationTests {

	@RegisterExtension
	static final ReferenceNodes servers = new ReferenceNodes("localhost", 100);

	private static final int COUNT = 100;

	/** At most, with a URI like {@code localhost:12345} and no payload. */
	private static final int SIZE_OF_AN_EVENT = 24;

	/**
	 * This is a matter of two seconds for a processor that has nothing else to do. One
	 * that has leaves some of a hundred nodes waiting for too long, so that there are
	 * suspects for as long as the code is not compiled, and the view of all hundred is
	 * right at the same time only after that.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@Test
	@Order(1)
	void testDiscoverJoin() {
		servers.all().forEach(servers.node(1)::reaches);
		assertThat(servers.node(1).unansweredProbes()).isLessThan(COUNT / 10);

		eventually(PATIENCE, () -> assertThat(servers.all())
			.allSatisfy((server) -> assertThat(aliveMembersOf(server)).isEqualTo(COUNT)));
		assertThat(servers.all()).allSatisfy((server) -> assertThat(server.trap().largest())
			.as("full datagrams, or the size trap has nothing to catch")
			.isGreaterThan(ReferenceNode.TUNED.maxPacketSize() - SIZE_OF_AN_EVENT));
	}

	private static long aliveMembersOf(ReferenceNode server) {
		return server.membership()
			.members()
			.values()
			.stream()
			.map(Member::status)
			.filter(MemberStatus.ALIVE::equals)
			.count();
	}

	@Test
	@Order(2)
	void testDiscoverKill() {
		MemberUri killed = servers.node(1).uri();

		servers.node(1).stop();

		eventually(PATIENCE, () -> assertThat(servers.all().subList(1, COUNT))
			.allSatisfy((server) -> assertThat(server.statusOf(killed)).isNotNull().isNotEqualTo(MemberStatus.ALIVE)));
	}

}
