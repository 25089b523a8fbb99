package io.membership.reference;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.membership.MemberStatus;
import io.membership.Membership;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference's {@code test/integration/reload_test.lua}.
 * <p>
 * There the module is unloaded and loaded again while the node runs. What can be said of
 * that here: an application that sets its node up again, in the same way, is not noticed
 * by anybody, and the node loses nothing by it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReloadTests {

	@RegisterExtension
	static final ReferenceNodes servers = new ReferenceNodes("localhost", 2, "YY");

	private static final Duration A_WHILE = Duration.ofSeconds(1);

	@Test
	@Order(1)
	void testReloadSlow() {
		Membership reloaded = servers.node(1).membership();
		servers.all().forEach(ReferenceNode::bePatient);
		servers.node(1).reaches(servers.node(2));
		servers.node(2).sees(servers.node(1), MemberStatus.ALIVE);

		try (Changes guard = new Changes(servers.node(2).membership())) {
			reloaded.start();
			guard.assertNothingChangesFor(A_WHILE);

			reloaded.reinit("localhost", servers.node(1).port());
			guard.assertNothingChangesFor(A_WHILE);

			reload(servers.node(1));
			guard.assertNothingChangesFor(A_WHILE);

			servers.node(1).reaches(servers.node(2));
			guard.assertNothingChangesFor(Duration.ZERO);
		}
	}

	@Test
	@Order(2)
	void testReloadFast() {
		ReferenceNode reloaded = servers.node(1);
		ReferenceNode other = servers.node(2);
		reloaded.reaches(other);
		other.sees(reloaded, MemberStatus.ALIVE);
		MembershipOptions options = reloaded.membership().options();

		reload(reloaded);
		assertThat(reloaded.membership().options()).isEqualTo(options);
		other.membership().setPayload("k", "v1");
		other.reaches(reloaded);
		assertThat(reloaded.payloadOf(other.uri())).isEqualTo(Map.of("k", "v1"));

		try (Changes changes = new Changes(reloaded.membership())) {
			reload(reloaded);
			other.membership().setPayload("k", "v2");
			changes.awaitNext(Eventually.PATIENCE);
			assertThat(reloaded.payloadOf(other.uri())).isEqualTo(Map.of("k", "v2"));
		}

		other.encrypt("YY");
		reload(other);
		reloaded.eventuallySees(other, MemberStatus.NON_DECRYPTABLE);
		other.eventuallySees(reloaded, MemberStatus.NON_DECRYPTABLE);

		reloaded.encrypt("YY");
		reloaded.eventuallySees(other, MemberStatus.ALIVE);
		other.eventuallySees(reloaded, MemberStatus.ALIVE);
	}

	/** Repeats everything that an application does to get its node going. */
	private static void reload(ReferenceNode server) {
		Membership membership = server.membership();
		membership.start();
		membership.reinit("localhost", server.port());
		membership.updateOptions((options) -> options);
		membership.setEncryption(membership.encryption());
		membership.setAllowedMembers(List.of());
	}

}
