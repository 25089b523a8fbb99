package io.membership.reference;

import java.time.Duration;
import java.util.List;

import io.membership.MemberStatus;
import io.membership.Membership;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.membership.reference.Eventually.eventually;

/**
 * The reference's {@code test/integration/allowed_members_test.lua}.
 * <p>
 * Deviation: the node itself is never removed, on the list or not. Here it is on the
 * list, as in the original.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AllowedMembersTests {

	@RegisterExtension
	static final ReferenceNodes servers = new ReferenceNodes("localhost", 5);

	@Test
	@Order(1)
	void testSmoke() {
		ReferenceNode myself = servers.node(1);
		servers.all().forEach(myself::reaches);
		Membership membership = myself.membership();

		membership.setAllowedMembers(List.of(myself.uri(), servers.node(2).uri(), servers.node(4).uri()));

		eventually(() -> servers.all().forEach((server) -> myself.sees(server, MemberStatus.ALIVE)));
		try (Changes changes = new Changes(membership)) {
			changes.assertNothingChangesFor(Duration.ofSeconds(2));
		}
		servers.all().forEach((server) -> myself.sees(server, MemberStatus.ALIVE));

		servers.node(4).stop();
		servers.node(5).stop();

		myself.eventuallySees(servers.node(4), MemberStatus.DEAD);
		myself.sees(servers.node(2), MemberStatus.ALIVE);
		myself.sees(servers.node(3), MemberStatus.ALIVE);
		myself.sees(servers.node(4), MemberStatus.DEAD);
		myself.sees(servers.node(5), null);
	}

}
