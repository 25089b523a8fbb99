package io.membership.reference;

import java.time.Duration;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The reference's {@code test/integration/subscribe_test.lua}.
 * <p>
 * In the original the last change may take 1 s; see {@link Eventually#PATIENCE}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SubscribeTests {

	@RegisterExtension
	static final ReferenceNodes servers = new ReferenceNodes("localhost", 2);

	@Test
	@Order(1)
	void testSubscribe() {
		servers.all().forEach(ReferenceNode::bePatient);
		servers.node(1).membership().addMember(servers.node(2).uri());

		try (Changes changes = new Changes(servers.node(1).membership())) {
			changes.assertNothingChangesFor(Duration.ofSeconds(1));

			servers.node(2).membership().setPayload("foo", "bar");
			changes.awaitNext(Eventually.PATIENCE);
		}
	}

}
