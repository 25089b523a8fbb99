package io.membership.reference;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipEvent;
import io.membership.MembershipListener;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.membership.reference.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference's {@code test/integration/false_rumors_test.lua}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FalseRumorsTests {

	@RegisterExtension
	static final ReferenceNodes servers = new ReferenceNodes("localhost", 3);

	private static final Duration A_WHILE = Duration.ofSeconds(2);

	private final Rumors rumors = new Rumors();

	@Test
	@Order(1)
	void testSetup() {
		server().subscribe(this.rumors);

		servers.node(1).reaches(servers.node(2));
		servers.node(1).reaches(servers.node(3));
		assertThat(this.rumors.heard).isEmpty();
	}

	/** No direct probe is answered in time any more, but the indirect ones are. */
	@Test
	@Order(2)
	void testIndirectPing() {
		server().updateOptions((options) -> options.ackTimeout(Duration.ZERO));

		assertNoRumorFor(A_WHILE);
	}

	/** Without indirect probes everybody is suspected, the node itself included. */
	@Test
	@Order(3)
	void testFlickering() {
		server().updateOptions((options) -> options.indirectProbes(0));

		eventually(() -> assertThat(this.rumors.heard).isEqualTo(Map.of(servers.node(1).uri(), MemberStatus.SUSPECT,
				servers.node(2).uri(), MemberStatus.SUSPECT, servers.node(3).uri(), MemberStatus.SUSPECT)));
	}

	@Test
	@Order(4)
	void testNonsuspiciousness() {
		server().updateOptions((options) -> options.suspicionEnabled(false));

		// What the listener was told last, not the view, which is ahead of the listener
		eventually(() -> assertThat(this.rumors.latest).isEqualTo(Map.of(servers.node(1).uri(), MemberStatus.ALIVE,
				servers.node(2).uri(), MemberStatus.ALIVE, servers.node(3).uri(), MemberStatus.ALIVE)));
		servers.all().forEach((server) -> servers.node(1).sees(server, MemberStatus.ALIVE));
		this.rumors.heard.clear();

		assertNoRumorFor(A_WHILE);
	}

	private void assertNoRumorFor(Duration time) {
		try (Changes changes = new Changes(server(), Rumors::isRumor)) {
			changes.assertNothingChangesFor(time);
		}
		assertThat(this.rumors.heard).isEmpty();
	}

	private static Membership server() {
		return servers.node(1).membership();
	}

	/** Remembers who was last said to be what, other than alive. */
	private static final class Rumors implements MembershipListener {

		private final Map<MemberUri, MemberStatus> heard = new ConcurrentHashMap<>();

		private final Map<MemberUri, MemberStatus> latest = new ConcurrentHashMap<>();

		@Override
		public void onEvent(MembershipEvent event) {
			if (event instanceof MemberStatusChangedEvent change) {
				this.latest.put(change.member().uri(), change.status());
				if (isRumor(change)) {
					this.heard.put(change.member().uri(), change.status());
				}
			}
		}

		static boolean isRumor(MembershipEvent event) {
			return event instanceof MemberStatusChangedEvent change && change.status() != MemberStatus.ALIVE;
		}

	}

}
