package io.membership.reference;

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
 * The reference's {@code test/integration/sync_test.lua}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SyncTests {

	@RegisterExtension
	static final ReferenceNodes servers = new ReferenceNodes("localhost", 2);

	@Test
	@Order(1)
	void testSync() {
		try (SilentPort nobody = new SilentPort(0)) {
			servers.node(1).membership().addMember(nobody.uri());
			servers.node(1).eventuallySees(nobody.uri(), MemberStatus.DEAD);

			// The original sleeps, so that this is no rumor any more
			eventually(() -> assertThat(servers.node(1).membership().state().pendingRumors()).isZero());

			servers.node(2).membership().addMember(servers.node(1).uri());
			servers.node(2).eventuallySees(servers.node(1), MemberStatus.ALIVE);
			servers.node(2).eventuallySees(nobody.uri(), MemberStatus.DEAD);
		}
	}

}
