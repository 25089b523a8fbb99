package io.membership.swim;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MembershipExtension;
import io.membership.MembershipObserver.ProbeOutcome;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a node does when a member does not answer, and what it makes of a refusal.
 */
class RefusalProbeTests {

	private static final MembershipOptions OPTIONS = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.REFUSAL_PROBE))
		.build();

	private static final Duration PERIOD = OPTIONS.protocolPeriod();

	private static final Duration WAY = Duration.ofNanos(200_000);

	private final VirtualMesh mesh = new VirtualMesh(61);

	private final VirtualNode node = this.mesh.node(1, OPTIONS);

	private final FakePeer target = this.mesh.peer(2);

	private final FakePeer helper = this.mesh.peer(3).answering();

	@Test
	void aMemberThatIsSilentIsPingedOnceMore() {
		Message.Ping ping = firstPing();
		Duration repeated = this.mesh.until("it is repeated", PERIOD, () -> pings() == 2);
		assertThat(repeated).isEqualTo(OPTIONS.ackTimeout());
		assertThat(this.target.last(Message.Ping.class).data()).isEqualTo(ping.data());
	}

	@Test
	void theSecondPingCarriesWhatTheMemberNeedsToRefute() {
		firstPing();
		this.mesh.until("it is repeated", PERIOD, () -> pings() == 2);
		assertThat(this.target.last(Message.Ping.class).events()).extracting(Rumor::uri)
			.containsExactly(this.target.uri(), this.node.uri());
	}

	@Test
	void helpersAreAskedHalfAnAckTimeoutLater() {
		firstPing();
		Duration asked = this.mesh.until("a helper is asked", PERIOD, this::isHelperAsked);
		assertThat(asked).isEqualTo(Duration.ofMillis(300));
	}

	@Test
	void anAnswerToTheSecondPingSparesTheHelpers() {
		firstPing();
		this.mesh.until("it is repeated", PERIOD, () -> pings() == 2);
		this.target.ack(this.node.uri(), this.target.last(Message.Ping.class).data());
		this.mesh.advance(Duration.ofMillis(700));
		assertThat(isHelperAsked()).isFalse();
		assertThat(this.node.environment().counts().probed()).last().isEqualTo(ProbeOutcome.DIRECT);
		assertThat(this.node.member(this.target.uri()).roundTripTime()).isNull();
	}

	@Test
	void aRefusalGoesToTheHelpersAtOnce() {
		crash();
		Message.Ping request = untilHelperIsAsked();
		assertThat(this.mesh.time().micros() - request.data().sentAt())
			.isEqualTo(OPTIONS.ackTimeout().plus(WAY.multipliedBy(3)).toNanos() / 1000);
	}

	@Test
	void whoIsRefusedAndHasNobodyToAskSuspectsAtOnce() {
		this.node.begin(this.target);
		this.mesh.refuse(this.target);
		this.mesh.until("suspect", PERIOD.multipliedBy(3), () -> this.node.sees(this.target, MemberStatus.SUSPECT));
		assertThat(this.mesh.time().elapsed().minus(WAY.multipliedBy(2)).toMillis() % 1000).isEqualTo(200);
		assertThat(evidence())
			.isEqualTo(Evidence.ofProbe(Cause.REFUSED, 0, 0, 0)
				.accusedBy(List.of(this.node.uri()), List.of(this.node.uri())))
			.hasToString("no ack, port unreachable, nobody to ask for help, accused by m1:3301 (refused)");
	}

	@Test
	void aRefusalAloneStillGivesHelpersTheirTime() {
		crash();
		Message.Ping request = untilHelperIsAsked();
		this.helper.ack(this.node.uri(), request.data().answered(this.mesh.time().micros()));
		this.mesh.advance(PERIOD);
		assertThat(this.node.statusOf(this.target)).isEqualTo(MemberStatus.ALIVE);
	}

	@Test
	void aProbeThatWasRefusedAndFailedSaysSo() {
		crash();
		this.mesh.until("suspect", PERIOD.multipliedBy(4), () -> this.node.sees(this.target, MemberStatus.SUSPECT));
		assertThat(evidence())
			.isEqualTo(Evidence.ofProbe(Cause.REFUSED, 1, 0, 0)
				.accusedBy(List.of(this.node.uri()), List.of(this.node.uri())))
			.hasToString("no ack, port unreachable, nor through 1 helper, accused by m1:3301 (refused)");
	}

	@Test
	void theDeadArePingedOnce() {
		this.node.begin(this.target, this.helper);
		this.helper.tell(this.node.uri(), this.target.rumor(MemberStatus.DEAD, 1));
		this.mesh.advance(Duration.ofSeconds(30));
		assertThat(pings()).isPositive();
		assertThat(this.target.received(Message.Ping.class)).extracting((ping) -> ping.data().sentAt())
			.doesNotHaveDuplicates();
	}

	@Test
	void aNodeThatDoesNotReachItselfPingsItselfOnce() {
		assertThat(datagramsOfOneThatDoesNotReachItself(OPTIONS))
			.isEqualTo(datagramsOfOneThatDoesNotReachItself(MembershipOptions.REFERENCE));
	}

	private static int datagramsOfOneThatDoesNotReachItself(MembershipOptions options) {
		VirtualMesh lonely = new VirtualMesh(62);
		VirtualNode node = lonely.node(1, options);
		lonely.cut(node.uri(), node.uri());
		node.begin();
		lonely.advance(PERIOD.multipliedBy(5));
		assertThat(node.statusOf(node)).isEqualTo(MemberStatus.DEAD);
		return lonely.datagrams();
	}

	@Test
	void withoutTheExtensionThereIsNoSecondPing() {
		this.node.begin(this.target, this.helper);
		this.node.protocol().setOptions(MembershipOptions.REFERENCE);
		this.mesh.advance(PERIOD.multipliedBy(3).minusMillis(1));
		assertThat(this.target.received(Message.Ping.class)).isNotEmpty()
			.extracting((ping) -> ping.data().sentAt())
			.doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@CsvSource({ "200, 1000, 100", "100, 1000, 50", "500, 1000, 250", "800, 1000, 100", "1000, 1000, 0",
			"1200, 1000, 0" })
	void helpersHaveTimeToo(int ackTimeout, int period, int patience) {
		assertThat(RefusalProbe.patience(Duration.ofMillis(ackTimeout), Duration.ofMillis(period))).hasMillis(patience);
	}

	/** Returns the first PING that the target receives. */
	private Message.Ping firstPing() {
		this.node.begin(this.target, this.helper);
		this.mesh.until("the target is probed", PERIOD.multipliedBy(4), () -> pings() == 1);
		return this.target.last(Message.Ping.class);
	}

	/** Lets the target's process end. */
	private void crash() {
		this.node.begin(this.target, this.helper);
		this.mesh.refuse(this.target);
	}

	private Message.Ping untilHelperIsAsked() {
		this.mesh.until("a helper is asked", PERIOD.multipliedBy(4), this::isHelperAsked);
		return requests().get(0);
	}

	private boolean isHelperAsked() {
		return !requests().isEmpty();
	}

	/** Returns the PINGs that the helper is asked to pass on to the target. */
	private List<Message.Ping> requests() {
		return this.helper.received(Message.Ping.class)
			.stream()
			.filter((ping) -> this.target.uri().equals(ping.data().target()))
			.toList();
	}

	private int pings() {
		return this.target.received(Message.Ping.class).size();
	}

	private Evidence evidence() {
		return this.node.events()
			.stream()
			.filter((event) -> event instanceof MemberStatusChangedEvent
					&& event.member().uri().equals(this.target.uri()))
			.reduce((first, second) -> second)
			.orElseThrow()
			.evidence();
	}

}
