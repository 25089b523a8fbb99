package io.membership.reference;

import io.membership.MemberStatus;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The reference's {@code test/integration/dead_myself_test.lua}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeadMyselfTests {

	@RegisterExtension
	static final ReferenceNodes servers = new ReferenceNodes(ReferenceNodes.unresolvable("not-available"), 1);

	@Test
	@Order(1)
	void testDead() {
		servers.node(1).eventuallySees(servers.node(1), MemberStatus.DEAD);
	}

}
