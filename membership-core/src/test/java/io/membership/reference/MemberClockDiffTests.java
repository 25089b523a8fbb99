package io.membership.reference;

import io.membership.Member;
import io.membership.MemberStatus;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.membership.reference.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference's {@code test/integration/member_clock_diff_test.lua}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MemberClockDiffTests {

	@RegisterExtension
	static final ReferenceNodes servers = new ReferenceNodes("localhost", 2);

	@Test
	@Order(1)
	void testClockDiff() {
		servers.node(1).reaches(servers.node(2));

		servers.node(2).eventuallySees(servers.node(1), MemberStatus.ALIVE);
		servers.node(1).eventuallySees(servers.node(2), MemberStatus.ALIVE);
		eventuallyKnowsTheClockOf(servers.node(1), servers.node(2));
		eventuallyKnowsTheClockOf(servers.node(2), servers.node(1));
	}

	private static void eventuallyKnowsTheClockOf(ReferenceNode other, ReferenceNode server) {
		eventually(() -> assertThat(server.membership().member(other.uri())).map(Member::clockDelta).isPresent());
	}

}
