package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import io.membership.ProbeResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.membership.swim.Samples.EVIDENCE;
import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a node waits for whom.
 */
class AckTimeoutTests {

	private MembershipOptions options = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.ADAPTIVE_TIMEOUT, MembershipExtension.LOCAL_HEALTH))
		.build();

	private final VirtualEnvironment environment = VirtualEnvironment.lonely();

	private final MemberTable table = new MemberTable(this.environment, uri(1));

	private final Peers peers = new Peers(this.environment, () -> this.options, this.table);

	private final LocalHealth health = new LocalHealth(this.environment, () -> this.options);

	private final AckTimeout timeout = new AckTimeout(() -> this.options, this.table, this.peers, this.health);

	@BeforeEach
	void knowOneOfEachKind() {
		Supplement capable = Supplement.ofSelf(Ability.GOSSIP.bit(), Supplement.UNKNOWN);
		this.table.adopt(alive(1), EVIDENCE);
		this.table.adopt(alive(2).with(capable), EVIDENCE);
		this.table.adopt(alive(3), EVIDENCE);
	}

	@ParameterizedTest
	@CsvSource({
	// @formatter:off
			// round trip and option, timeout, in ms
			"   0,  200, 100",
			"   1,  200, 100",
			"  33,  200, 100",
			"  40,  200, 120",
			"  66,  200, 198",
			"  67,  200, 200",
			"5000,  200, 200",
			"  40, 1000, 120",
			"  40,   50,  50",
			"  40,    0,   0"
			// @formatter:on
	})
	void aCapableMemberHasWhatItNeeds(int roundTrip, int option, int expected) {
		setAckTimeout(option);
		answeredAfter(2, roundTrip);
		assertThat(this.timeout.of(uri(2))).isEqualTo(Duration.ofMillis(expected));
	}

	@Test
	void whoWasNotMeasuredHasTheWholeTimeout() {
		assertThat(this.timeout.of(uri(2))).isEqualTo(Duration.ofMillis(200));
		assertThat(this.timeout.of(uri(99))).isEqualTo(Duration.ofMillis(200));
	}

	@Test
	void aReferenceMemberHasTheWholeTimeout() {
		answeredAfter(3, 1);
		assertThat(this.timeout.of(uri(3))).isEqualTo(Duration.ofMillis(200));
	}

	@Test
	void whoTurnedOutToBeAReferenceMemberHasTheWholeTimeout() {
		answeredAfter(2, 1);
		this.table.learn(uri(2), 0);
		assertThat(this.timeout.of(uri(2))).isEqualTo(Duration.ofMillis(200));
	}

	@Test
	void withoutTheExtensionEverybodyHasTheWholeTimeout() {
		this.options = MembershipOptions.REFERENCE;
		answeredAfter(2, 1);
		assertThat(this.timeout.of(uri(2))).isEqualTo(Duration.ofMillis(200));
	}

	@Test
	void aNodeThatDoubtsItselfGivesEverybodyMore() {
		answeredAfter(2, 1);
		this.health.worse();
		this.health.worse();
		assertThat(List.of(this.timeout.of(uri(2)), this.timeout.of(uri(3)))).containsExactly(Duration.ofMillis(300),
				Duration.ofMillis(600));
	}

	@Test
	void aProbeOfAMemberThatAnswersFastIsGivenUpSooner() {
		VirtualMesh mesh = new VirtualMesh(41);
		VirtualNode node = mesh.node(1, options(MembershipExtension.ADAPTIVE_TIMEOUT, MembershipExtension.GOSSIP));
		VirtualNode target = mesh.node(2, node.protocol().options()).begin();
		FakePeer helper = mesh.peer(3).answering();
		node.begin(target, helper);
		mesh.advance(Duration.ofSeconds(20));
		target.crash();
		helper.forget();
		mesh.until("the helper is asked", Duration.ofSeconds(5), () -> asksFor(target, helper));
		Message.Ping request = helper.last(Message.Ping.class);
		assertThat(mesh.time().micros() - request.data().sentAt()).isEqualTo(100_200);
	}

	/** What the application asks for is waited for as long as it was told. */
	@Test
	void aProbeOfTheApplicationHasTheWholeTimeout() {
		VirtualMesh mesh = new VirtualMesh(42);
		VirtualNode node = mesh.node(1, options(MembershipExtension.ADAPTIVE_TIMEOUT, MembershipExtension.GOSSIP));
		VirtualNode target = mesh.node(2, node.protocol().options()).begin();
		node.begin(target);
		mesh.advance(Duration.ofSeconds(20));
		target.crash();
		List<ProbeResult> results = new ArrayList<>();
		node.protocol().probe(target.uri(), results::add);
		Duration waited = mesh.until("the probe ends", Duration.ofSeconds(1), () -> !results.isEmpty());
		assertThat(waited).isEqualTo(Duration.ofMillis(200));
	}

	private static boolean asksFor(VirtualNode target, FakePeer helper) {
		return helper.received(Message.Ping.class)
			.stream()
			.anyMatch((ping) -> target.uri().equals(ping.data().target()));
	}

	private static MembershipOptions options(MembershipExtension... extensions) {
		return MembershipOptions.REFERENCE.toBuilder().extensions(List.of(extensions)).build();
	}

	private void setAckTimeout(int millis) {
		this.options = this.options.toBuilder().ackTimeout(Duration.ofMillis(millis)).build();
	}

	private void answeredAfter(int member, int millis) {
		this.table.heardFrom(uri(member), null, Duration.ofMillis(millis));
	}

}
