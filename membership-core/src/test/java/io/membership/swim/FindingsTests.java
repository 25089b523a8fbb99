package io.membership.swim;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every change of a status says who accused whom, and how; the last one can be asked for.
 */
class FindingsTests {

	private static final MembershipOptions OPTIONS = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.DYNAMIC_SUSPICION, MembershipExtension.NEGATIVE_ACKS))
		.build();

	private static final Duration A_MOMENT = Duration.ofMillis(2);

	private final VirtualMesh mesh = new VirtualMesh(47);

	private final VirtualNode node = this.mesh.node(1, OPTIONS);

	private final FakePeer subject = this.mesh.peer(2);

	private final List<FakePeer> others = Stream.of(3, 4, 5, 6).map((n) -> this.mesh.peer(n).answering()).toList();

	@BeforeEach
	void begin() {
		this.node.begin(Stream.concat(Stream.of(this.subject), this.others.stream()).toArray(FakePeer[]::new));
	}

	@Test
	void whoIsAndWasAliveHasNone() {
		assertThat(this.node.member(this.subject.uri()).evidence()).isNull();
		assertThat(this.node.myself().evidence()).isNull();
	}

	@Test
	void anOwnSuspicionSaysWhatHelpersSaid() {
		this.others.forEach((other) -> other.announcing(Ability.NEGATIVE_ACKS.bit()));
		this.others.forEach((other) -> other.tell(this.node.uri(), other.alive(2)));
		this.mesh.until("helpers are asked", Duration.ofSeconds(20), () -> !asked().isEmpty());
		this.mesh.advance(A_MOMENT);
		FakePeer helper = asked().get(0);
		ProbeData probe = requests(helper).get(0).data();
		helper.send(this.node.uri(), new Message.Nack(helper.uri(), probe, false, List.of()));
		untilSubjectIs(MemberStatus.SUSPECT);
		assertThat(evidence()).as(this.mesh.toString())
			.isEqualTo(Evidence.ofProbe(Cause.PROBE_FAILED, 3, 1, 2)
				.accusedBy(List.of(this.node.uri(), helper.uri()), List.of()));
	}

	@Test
	void aSuspicionByHearsaySaysWhoAccuses() {
		tell(suspicion(uri(5), uri(6)));
		assertThat(evidence())
			.isEqualTo(Evidence.reported(Cause.RUMOR, uri(3)).accusedBy(List.of(uri(5), uri(6)), List.of()));
	}

	@Test
	void theEventSaysTheSame() {
		tell(suspicion(uri(5)));
		assertThat(this.node.events()).last()
			.isInstanceOfSatisfying(MemberStatusChangedEvent.class,
					(event) -> assertThat(event.evidence()).isEqualTo(event.member().evidence()).isEqualTo(evidence()));
	}

	@Test
	void aDeathSaysWhoHadAccusedAndForHowLong() {
		tell(suspicion(uri(4)));
		this.mesh.advance(Duration.ofMillis(500));
		tell(suspicion(uri(5), uri(6), uri(3)));
		untilSubjectIs(MemberStatus.DEAD);
		assertThat(evidence().cause()).isEqualTo(Cause.SUSPICION_TIMED_OUT);
		assertThat(evidence().accusers()).startsWith(uri(4), uri(5), uri(6), uri(3));
		assertThat(evidence().suspectedFor()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void aDeathByHearsayOfASuspectSaysSoToo() {
		tell(suspicion(uri(4)));
		this.mesh.advance(Duration.ofMillis(500));
		tell(this.subject.rumor(MemberStatus.DEAD, 1));
		assertThat(evidence().cause()).isEqualTo(Cause.RUMOR);
		assertThat(evidence().reporter()).isEqualTo(uri(3));
		assertThat(evidence().accusers()).containsExactly(uri(4));
		assertThat(evidence().suspectedFor()).isCloseTo(Duration.ofMillis(500), Duration.ofMillis(5));
	}

	@Test
	void aRefutationSaysWhoWasWrong() {
		tell(suspicion(uri(4)));
		this.mesh.advance(Duration.ofMillis(100));
		tell(this.subject.alive(2));
		assertThat(evidence().cause()).isEqualTo(Cause.REFUTATION);
		assertThat(evidence().accusers()).containsExactly(uri(4));
		assertThat(evidence().suspectedFor()).isNotNull();
	}

	@Test
	void aReturnFromTheDeadIsARefutation() {
		tell(this.subject.rumor(MemberStatus.DEAD, 1));
		tell(this.subject.alive(2));
		assertThat(evidence()).isEqualTo(Evidence.reported(Cause.REFUTATION, uri(3)));
	}

	@Test
	void aReturnOfWhoHadLeftIsNot() {
		tell(this.subject.rumor(MemberStatus.LEFT, 1));
		tell(this.subject.alive(2));
		assertThat(evidence()).isEqualTo(Evidence.reported(Cause.RUMOR, uri(3)));
	}

	@Test
	void goodbyesAndThoseSaidForOthersDiffer() {
		this.subject.tell(this.node.uri(), this.subject.rumor(MemberStatus.LEFT, 1));
		this.mesh.advance(A_MOMENT);
		assertThat(evidence()).isEqualTo(Evidence.reported(Cause.LEAVE, this.subject.uri()));
		this.node.protocol().markLeft(uri(4));
		assertThat(this.node.member(uri(4)).evidence()).isEqualTo(Evidence.own(Cause.REQUESTED));
	}

	@Test
	void aNodeThatRefutesSaysWhoAccusedIt() {
		tell(new Rumor(this.node.uri(), MemberStatus.SUSPECT, 1, null, 0,
				Supplement.ofAccusers(List.of(uri(5)), List.of())));
		assertThat(this.node.events()).last()
			.extracting("evidence")
			.isEqualTo(Evidence.reported(Cause.REFUTED, uri(3)).accusedBy(List.of(uri(5)), List.of()));
	}

	@Test
	void othersChangesAndAnswersLeaveIt() {
		tell(suspicion(uri(5)));
		Evidence before = evidence();
		tell(new Rumor(this.subject.uri(), MemberStatus.SUSPECT, 2, Samples.payload("k", "v"), 0));
		assertThat(this.node.member(this.subject.uri()).payload()).containsEntry("k", "v");
		assertThat(evidence()).isEqualTo(before);
	}

	@Test
	void whoIsMetDeadHasOne() {
		FakePeer stranger = this.mesh.peer(9);
		tell(stranger.rumor(MemberStatus.DEAD, 1));
		assertThat(this.node.member(stranger.uri()).evidence()).isEqualTo(Evidence.reported(Cause.RUMOR, uri(3)));
	}

	@Test
	void whoIsForgottenHasNone() {
		tell(suspicion(uri(5)));
		this.node.protocol().removeMember(this.subject.uri());
		this.node.protocol().addMember(this.subject.uri());
		assertThat(evidence()).isNull();
	}

	private void tell(Rumor... rumors) {
		this.others.get(0).tell(this.node.uri(), rumors);
		this.mesh.advance(A_MOMENT);
	}

	private Rumor suspicion(MemberUri... accusers) {
		return this.subject.rumor(MemberStatus.SUSPECT, 1).with(Supplement.ofAccusers(List.of(accusers), List.of()));
	}

	private Evidence evidence() {
		return this.node.member(this.subject.uri()).evidence();
	}

	private void untilSubjectIs(MemberStatus status) {
		this.mesh.until("the subject is " + status, Duration.ofSeconds(60), () -> this.node.sees(this.subject, status));
	}

	private List<FakePeer> asked() {
		return this.others.stream().filter((other) -> !requests(other).isEmpty()).toList();
	}

	private List<Message.Ping> requests(FakePeer helper) {
		return helper.received(Message.Ping.class)
			.stream()
			.filter((ping) -> this.subject.uri().equals(ping.data().target()))
			.toList();
	}

}
