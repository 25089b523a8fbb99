package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import io.membership.MembershipEvent;
import io.membership.MembershipObserver.ProbeOutcome;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a node finds out who fails (SWIM §4.1 and §4.2).
 */
class FailureDetectorTests {

	private static final Duration PERIOD = Duration.ofSeconds(1);

	private static final Duration ACK_TIMEOUT = Duration.ofMillis(200);

	private static final Duration WAY = Duration.ofNanos(200_000);

	private static final Duration A_MOMENT = Duration.ofMillis(2);

	private final VirtualMesh mesh = new VirtualMesh(5);

	private final VirtualNode node = this.mesh.node(1);

	private final FakePeer target = this.mesh.peer(2);

	@Nested
	class ADirectProbe {

		@Test
		void isMadeOncePerPeriod() {
			node().begin(target().answering());
			mesh().advance(Duration.ofMillis(19_900));
			assertThat(node().environment().counts().probed()).hasSize(20);
		}

		@Test
		void isMadeAtOnce() {
			node().begin();
			mesh().advance(A_MOMENT);
			assertThat(node().environment().counts().probed()).containsExactly(ProbeOutcome.DIRECT);
		}

		@Test
		void goesToEverybodyOncePerRound() {
			FakePeer other = mesh().peer(3).answering();
			node().begin(target().answering(), other);
			mesh().advance(Duration.ofMillis(30_500));
			assertThat(List.of(probesOf(target()), probesOf(other))).containsExactly(10, 10);
		}

		@Test
		void goesToThisNodeItselfToo() {
			mesh().cut(node().uri(), node().uri());
			node().begin(target().answering());
			mesh().advance(Duration.ofMillis(1500));
			assertThat(node().statusOf(node())).isEqualTo(MemberStatus.SUSPECT);
		}

		@Test
		void namesSourceTargetAndTimeInMicroseconds() {
			ProbeData data = probeOfTarget().data();
			long sentAt = mesh().time().micros() - WAY.toNanos() / 1000;
			assertThat(data).isEqualTo(ProbeData.of(node().uri(), target().uri(), sentAt));
		}

		@Test
		void thatIsAnsweredInTimeAsksNobodyElse() {
			FakePeer helper = mesh().peer(3).answering();
			node().begin(target().answering(), helper);
			mesh().advance(Duration.ofSeconds(20));
			assertThat(helper.received(Message.Ping.class))
				.allMatch((ping) -> helper.uri().equals(ping.data().target()));
		}

		@Test
		void thatIsAnsweredTellsTheClockDelta() {
			Message.Ping ping = probeOfTarget();
			Duration ahead = Duration.ofSeconds(1);
			target().send(node().uri(), new Message.Ack(target().uri(),
					ping.data().answered(mesh().time().micros() + ahead.toNanos() / 1000), List.of()));
			mesh().advance(A_MOMENT);
			assertThat(node().member(target().uri()).clockDelta()).isEqualTo(ahead);
		}

		@Test
		void thatIsAnsweredRenewsTheTimestamp() {
			Message.Ping ping = probeOfTarget();
			long answered = mesh().time().micros();
			target().ack(node().uri(), ping.data());
			mesh().advance(A_MOMENT);
			assertThat(node().member(target().uri()).timestamp().toEpochMilli()).isEqualTo(answered / 1000);
		}

		@Test
		void thatIsAnsweredTellsTheRoundTripTime() {
			Message.Ping ping = probeOfTarget();
			mesh().advance(Duration.ofMillis(50));
			target().ack(node().uri(), ping.data());
			mesh().advance(A_MOMENT);
			assertThat(node().member(target().uri()).roundTripTime()).isEqualTo(WAY.multipliedBy(2).plusMillis(50));
		}

		@Test
		void thatIsNotAnsweredCastsDoubtOnTheAddress() {
			probeOfTarget();
			mesh().advance(PERIOD);
			assertThat(node().environment().doubted()).containsOnly(target().uri());
		}

		@Test
		void thatIsAnsweredCastsNoDoubt() {
			node().begin(target().answering());
			mesh().advance(PERIOD);
			assertThat(node().environment().doubted()).isEmpty();
		}

		@Test
		void thatIsAnsweredConfirmsTheAddress() {
			Message.Ping ping = probeOfTarget();
			node().environment().confirmed().clear();
			target().ack(node().uri(), ping.data());
			mesh().advance(A_MOMENT);
			assertThat(node().environment().confirmed()).containsExactly(target().uri());
		}

		@Test
		void mayBeAnsweredByWhomever() {
			Message.Ping ping = probeOfTarget();
			FakePeer somebody = mesh().peer(9);
			somebody.ack(node().uri(), ping.data());
			mesh().advance(PERIOD);
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void isNotAnsweredByAnAckOfAnotherTime() {
			Message.Ping ping = probeOfTarget();
			target().ack(node().uri(), ProbeData.of(node().uri(), target().uri(), ping.data().sentAt() - 1));
			mesh().advance(PERIOD);
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.SUSPECT);
		}

		@Test
		void isNotAnsweredByAnAckOfAnotherTarget() {
			Message.Ping ping = probeOfTarget();
			target().ack(node().uri(), ProbeData.of(node().uri(), uri(9), ping.data().sentAt()));
			mesh().advance(PERIOD);
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.SUSPECT);
		}

	}

	@Nested
	class AnIndirectProbe {

		@Test
		void isMadeAfterTheAckTimeout() {
			List<FakePeer> helpers = helpers(1);
			begin(helpers);
			probeOfTarget();
			Duration asked = mesh().until("a helper is asked", PERIOD, () -> asked(helpers) > 0);
			assertThat(asked).isEqualTo(ACK_TIMEOUT);
		}

		@Test
		void isMadeAtOnceIfThereIsNoAckTimeout() {
			List<FakePeer> helpers = helpers(1);
			begin(helpers);
			setOptions(MembershipOptions.REFERENCE.toBuilder().ackTimeout(Duration.ZERO));
			probeOfTarget();
			Duration asked = mesh().until("a helper is asked", PERIOD, () -> asked(helpers) > 0);
			assertThat(asked).isZero();
		}

		@Test
		void isTheSameProbe() {
			List<FakePeer> helpers = helpers(1);
			begin(helpers);
			Message.Ping direct = probeOfTarget();
			mesh().advance(Duration.ofMillis(300));
			assertThat(requests(helpers.get(0))).extracting(Message.Ping::data).containsExactly(direct.data());
		}

		@Test
		void goesThroughNoMoreThanKHelpers() {
			List<FakePeer> helpers = helpers(8);
			begin(helpers);
			probeOfTarget();
			mesh().advance(Duration.ofMillis(300));
			assertThat(asked(helpers)).isEqualTo(3);
		}

		@Test
		void goesThroughAllIfThereAreLess() {
			List<FakePeer> helpers = helpers(2);
			begin(helpers);
			probeOfTarget();
			mesh().advance(Duration.ofMillis(300));
			assertThat(asked(helpers)).isEqualTo(2);
		}

		@Test
		void goesThroughOthersEachTime() {
			List<FakePeer> helpers = helpers(6);
			begin(helpers);
			Set<Set<MemberUri>> groups = new HashSet<>();
			for (int i = 0; i < 8; i++) {
				Message.Ping ping = probeOfTarget();
				mesh().advance(Duration.ofMillis(300));
				groups.add(groupAsked(helpers));
				target().ack(node().uri(), ping.data());
				helpers.forEach(FakePeer::forget);
			}
			assertThat(groups).hasSizeGreaterThan(1);
		}

		@ParameterizedTest
		@EnumSource(names = "ALIVE", mode = EnumSource.Mode.EXCLUDE)
		void doesNotGoThroughWhoIsNotAlive(MemberStatus status) {
			List<FakePeer> helpers = helpers(2);
			begin(helpers);
			FakePeer unfit = helpers.get(0);
			unfit.silent();
			unfit.tell(node().uri(), unfit.rumor(status, 1));
			probeOfTarget();
			mesh().advance(Duration.ofMillis(300));
			assertThat(requests(unfit)).isEmpty();
		}

		@Test
		void thatIsAnsweredDoesNotConfirmTheAddress() {
			begin(helpers(1));
			Message.Ping ping = probeOfTarget();
			mesh().advance(Duration.ofMillis(300));
			target().ack(node().uri(), ping.data());
			mesh().advance(A_MOMENT);
			assertThat(node().environment().confirmed()).doesNotContain(target().uri());
		}

		@Test
		void doesNotGoToTheTargetAgain() {
			begin(helpers(2));
			probeOfTarget();
			mesh().advance(Duration.ofMillis(300));
			assertThat(requests(target())).hasSize(1);
		}

		@Test
		void thatIsAnsweredSavesTheTarget() {
			List<FakePeer> helpers = helpers(1);
			begin(helpers);
			probeOfTarget();
			mesh().advance(Duration.ofMillis(300));
			helpers.get(0).ack(node().uri(), requests(helpers.get(0)).get(0).data());
			mesh().advance(PERIOD);
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void thatIsAnsweredCountsAsIndirect() {
			List<FakePeer> helpers = helpers(1);
			begin(helpers);
			probeOfTarget();
			mesh().advance(Duration.ofMillis(300));
			helpers.get(0).ack(node().uri(), requests(helpers.get(0)).get(0).data());
			mesh().advance(A_MOMENT);
			assertThat(node().environment().counts().probed()).last().isEqualTo(ProbeOutcome.INDIRECT);
		}

		@Test
		void thatIsAnsweredTellsNoRoundTripTime() {
			begin(helpers(1));
			Message.Ping direct = probeOfTarget();
			mesh().advance(Duration.ofMillis(300));
			target().ack(node().uri(), direct.data());
			mesh().advance(A_MOMENT);
			assertThat(node().environment().counts().probed()).last().isEqualTo(ProbeOutcome.INDIRECT);
			assertThat(node().member(target().uri()).roundTripTime()).isNull();
		}

		@Test
		void doesNotMakeALateDirectAnswerWorthless() {
			begin(helpers(3));
			Message.Ping direct = probeOfTarget();
			mesh().advance(Duration.ofMillis(990));
			target().ack(node().uri(), direct.data());
			mesh().advance(Duration.ofMillis(100));
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void isNotMadeForTheDead() {
			List<FakePeer> helpers = helpers(3);
			begin(helpers);
			target().tell(node().uri(), target().rumor(MemberStatus.DEAD, 1));
			mesh().advance(Duration.ofSeconds(20));
			assertThat(asked(helpers)).isZero();
		}

		@Test
		void isMadeForSuspects() {
			List<FakePeer> helpers = helpers(3);
			begin(helpers);
			setOptions(MembershipOptions.REFERENCE.toBuilder().suspectTimeout(Duration.ofMinutes(1)));
			target().tell(node().uri(), target().rumor(MemberStatus.SUSPECT, 1));
			mesh().advance(A_MOMENT);
			probeOfTarget();
			mesh().advance(Duration.ofMillis(300));
			assertThat(asked(helpers)).isEqualTo(3);
		}

		@Test
		void goesThroughAnotherHelperIfOneCannotBeReached() {
			List<FakePeer> helpers = helpers(4);
			begin(helpers);
			mesh().setUnresolvable(helpers.get(0).uri());
			mesh().setUnresolvable(helpers.get(1).uri());
			probeOfTarget();
			mesh().advance(Duration.ofMillis(300));
			assertThat(asked(helpers)).isEqualTo(2);
		}

	}

	@Nested
	class AFailedProbe {

		@Test
		void makesASuspectOnePeriodAfterItsBeginning() {
			begin(helpers(2));
			probeOfTarget();
			Duration suspected = untilTargetIs(MemberStatus.SUSPECT);
			assertThat(suspected).isEqualTo(PERIOD.minus(WAY));
		}

		@Test
		void makesASuspectAtTheAckTimeoutIfNobodyCanBeAsked() {
			node().begin(target());
			probeOfTarget();
			Duration suspected = untilTargetIs(MemberStatus.SUSPECT);
			assertThat(suspected).isEqualTo(ACK_TIMEOUT.minus(WAY));
		}

		@Test
		void makesASuspectAtTheAckTimeoutIfNobodyMayBeAsked() {
			begin(helpers(2));
			setOptions(MembershipOptions.REFERENCE.toBuilder().indirectProbes(0));
			probeOfTarget();
			Duration suspected = untilTargetIs(MemberStatus.SUSPECT);
			assertThat(suspected).isEqualTo(ACK_TIMEOUT.minus(WAY));
		}

		@Test
		void makesASuspectAtOnceIfItCouldNotBeSentAndNobodyCanBeAsked() {
			mesh().setUnresolvable(target().uri());
			node().begin(target());
			mesh().until("suspect", PERIOD.multipliedBy(3), () -> node().sees(target(), MemberStatus.SUSPECT));
			assertThat(mesh().time().elapsed().toMillis() % 1000).isZero();
		}

		@Test
		void asksHelpersAtOnceIfItCouldNotBeSent() {
			mesh().setUnresolvable(target().uri());
			List<FakePeer> helpers = helpers(2);
			begin(helpers);
			mesh().until("a helper is asked", PERIOD.multipliedBy(5), () -> asked(helpers) > 0);
			assertThat(mesh().time().elapsed().minus(WAY).toMillis() % 1000).isZero();
		}

		@Test
		void doesNotChangeTheIncarnation() {
			node().begin(target());
			target().tell(node().uri(), target().alive(7));
			untilTargetIs(MemberStatus.SUSPECT);
			assertThat(node().member(target().uri()).incarnation()).isEqualTo(7);
		}

		@Test
		void accusesNobodyWhoToldSomethingOfItselfMeanwhile() {
			node().begin(target());
			probeOfTarget();
			target().tell(node().uri(), target().alive(2));
			mesh().advance(PERIOD.minus(WAY.multipliedBy(3)));
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
			probeOfTarget();
			assertThat(untilTargetIs(MemberStatus.SUSPECT)).isEqualTo(ACK_TIMEOUT.minus(WAY));
		}

		@Test
		void accusesNobodyWhoCameBackFromTheDeadMeanwhile() {
			node().begin(target());
			untilTargetIs(MemberStatus.DEAD);
			probeOfTarget();
			target().tell(node().uri(), target().alive(2));
			mesh().advance(PERIOD.minus(WAY.multipliedBy(3)));
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void saysHowManyHelpersWereAsked() {
			begin(helpers(2));
			untilTargetIs(MemberStatus.SUSPECT);
			assertThat(lastStatusOf(target()).evidence()).isEqualTo(Evidence.ofProbe(Cause.PROBE_FAILED, 2, 0, 0));
		}

		@Test
		void makesNoSuspectWhileSuspicionIsOff() {
			node().begin(target());
			setOptions(MembershipOptions.REFERENCE.toBuilder().suspicionEnabled(false));
			mesh().advance(Duration.ofSeconds(20));
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void makesASuspectAgainWhenSuspicionIsBackOn() {
			node().begin(target());
			setOptions(MembershipOptions.REFERENCE.toBuilder().suspicionEnabled(false));
			mesh().advance(Duration.ofSeconds(20));
			setOptions(MembershipOptions.REFERENCE.toBuilder());
			assertThat(untilTargetIs(MemberStatus.SUSPECT)).isLessThan(Duration.ofSeconds(3));
		}

		@Test
		void makesNoSuspectWhileThisNodeIsNotAliveItself() {
			mesh().setUnresolvable(node().uri());
			node().begin();
			mesh().until("the node suspects itself", PERIOD, () -> node().sees(node(), MemberStatus.SUSPECT));
			node().protocol().addMember(target().uri());
			mesh().advance(Duration.ofSeconds(20));
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void doesNotMakeTheDeadSuspect() {
			node().begin(target());
			target().tell(node().uri(), target().rumor(MemberStatus.DEAD, 1));
			mesh().advance(Duration.ofSeconds(20));
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.DEAD);
		}

		@Test
		void ofAMemberThatWasRemovedMeanwhileMeansNothing() {
			begin(helpers(1));
			probeOfTarget();
			node().protocol().removeMember(target().uri());
			mesh().advance(PERIOD);
			assertThat(node().statusOf(target())).isNull();
		}

		@Test
		void ofAMemberThatWasRefreshedMeanwhileStillCounts() {
			begin(helpers(1));
			probeOfTarget();
			target().tell(node().uri(), target().alive(5));
			untilTargetIs(MemberStatus.SUSPECT);
			assertThat(node().member(target().uri()).incarnation()).isEqualTo(5);
		}

	}

	@Nested
	class ASuspect {

		@Test
		void isDeadWhenItDidNotRefuteInTime() {
			node().begin(target());
			untilTargetIs(MemberStatus.SUSPECT);
			assertThat(untilTargetIs(MemberStatus.DEAD)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
		}

		@Test
		void diesAtTheBeginningOfAPeriod() {
			node().begin(target());
			untilTargetIs(MemberStatus.DEAD);
			assertThat(mesh().time().elapsed().toMillis() % 1000).isZero();
		}

		@Test
		void diesExactlyAfterTheTimeoutWhereItWasFirstSuspected() {
			begin(helpers(2));
			untilTargetIs(MemberStatus.SUSPECT);
			assertThat(untilTargetIs(MemberStatus.DEAD)).isEqualTo(Duration.ofSeconds(3));
		}

		@Test
		void keepsItsIncarnationInDeath() {
			node().begin(target());
			target().tell(node().uri(), target().alive(7));
			untilTargetIs(MemberStatus.DEAD);
			assertThat(node().member(target().uri()).incarnation()).isEqualTo(7);
		}

		@Test
		void keepsItsPayloadInDeath() {
			node().begin(target());
			target().tell(node().uri(), rumor(target().uri(), MemberStatus.ALIVE, 2, Samples.payload("k", "v")));
			untilTargetIs(MemberStatus.DEAD);
			assertThat(node().member(target().uri()).payload()).isEqualTo(Map.of("k", "v"));
		}

		@Test
		void thatIsOneByHearsayDiesToo() {
			node().begin(target().answering());
			mesh().advance(Duration.ofSeconds(5));
			target().silent();
			mesh().peer(3).tell(node().uri(), target().rumor(MemberStatus.SUSPECT, 1));
			assertThat(untilTargetIs(MemberStatus.DEAD)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
		}

		@Test
		void diesOfTheTimeout() {
			node().begin(target());
			untilTargetIs(MemberStatus.DEAD);
			assertThat(lastStatusOf(target()).evidence())
				.isEqualTo(Evidence.own(Cause.SUSPICION_TIMED_OUT).after(Duration.ofMillis(3800)));
		}

		@Test
		void thatRefutesIsAliveAgain() {
			node().begin(target());
			untilTargetIs(MemberStatus.SUSPECT);
			target().tell(node().uri(), target().alive(2));
			mesh().advance(A_MOMENT);
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void thatAnswersWithoutRefutingStaysASuspect() {
			node().begin(target());
			untilTargetIs(MemberStatus.SUSPECT);
			target().answering();
			mesh().advance(Duration.ofSeconds(30));
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.SUSPECT);
		}

		@Test
		void diesOneTimeoutAfterItsLastAnswer() {
			node().begin(target());
			untilTargetIs(MemberStatus.SUSPECT);
			target().answering();
			mesh().advance(Duration.ofSeconds(30));
			target().forget();
			probeOfTarget();
			target().silent();
			mesh().advance(A_MOMENT);
			assertThat(untilTargetIs(MemberStatus.DEAD)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
		}

		@Test
		void isToldOfTheSuspicionWithEveryPing() {
			node().begin(target());
			untilTargetIs(MemberStatus.SUSPECT);
			target().forget();
			Message.Ping ping = probeOfTarget();
			assertThat(ping.events().get(0)).extracting(Rumor::uri, Rumor::status)
				.containsExactly(target().uri(), MemberStatus.SUSPECT);
		}

		@Test
		void diesSoonerWhenTheTimeoutIsShortened() {
			node().begin(target());
			untilTargetIs(MemberStatus.SUSPECT);
			setOptions(MembershipOptions.REFERENCE.toBuilder().suspectTimeout(Duration.ofSeconds(1)));
			assertThat(untilTargetIs(MemberStatus.DEAD)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
		}

	}

	@Nested
	class TheDead {

		@Test
		void areStillProbedAndToldThatTheyAreDead() {
			node().begin(target());
			untilTargetIs(MemberStatus.DEAD);
			mesh().advance(Duration.ofMinutes(5));
			target().forget();
			Message.Ping ping = probeOfTarget();
			assertThat(ping.events().get(0)).isEqualTo(target().rumor(MemberStatus.DEAD, 1));
		}

		@Test
		void stayDeadIfTheyAnswerWithoutRefuting() {
			node().begin(target());
			untilTargetIs(MemberStatus.DEAD);
			target().answering();
			mesh().advance(Duration.ofSeconds(20));
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.DEAD);
		}

		@Test
		void liveAgainWithAHigherIncarnation() {
			node().begin(target());
			untilTargetIs(MemberStatus.DEAD);
			target().tell(node().uri(), target().alive(2));
			mesh().advance(A_MOMENT);
			assertThat(node().statusOf(target())).isEqualTo(MemberStatus.ALIVE);
		}

	}

	@Nested
	class APause {

		@Test
		void doesNotMakeAnAnswerLateThatIsAlreadyThere() {
			Message.Ping ping = probeOfTarget();
			target().answering().ack(node().uri(), ping.data());
			mesh().time().freeze(Duration.ofSeconds(5));
			mesh().advance(Duration.ofSeconds(5));
			assertThat(statuses()).containsOnly(MemberStatus.ALIVE);
		}

		@ParameterizedTest
		@ValueSource(ints = { 100, 400, 499, 501, 600, 900, 999, 1000, 1001, 1400, 1600, 5000, 100_000 })
		void isFollowedByAPeriodThatLeavesTimeToAnswer(int millis) {
			node().begin(target().answering());
			mesh().advance(Duration.ofMillis(5900));
			mesh().time().freeze(Duration.ofMillis(millis));
			mesh().advance(Duration.ofSeconds(10));
			assertThat(statuses()).containsOnly(MemberStatus.ALIVE);
		}

		@Test
		void doesNotMakeUpForMissedPeriods() {
			node().begin(target().answering());
			mesh().advance(Duration.ofMillis(5900));
			mesh().time().freeze(Duration.ofSeconds(60));
			int before = node().environment().counts().probed().size();
			mesh().advance(Duration.ofMillis(3500));
			assertThat(node().environment().counts().probed().size() - before).isEqualTo(4);
		}

	}

	private VirtualMesh mesh() {
		return this.mesh;
	}

	private VirtualNode node() {
		return this.node;
	}

	private FakePeer target() {
		return this.target;
	}

	private List<FakePeer> helpers(int count) {
		List<FakePeer> helpers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			helpers.add(this.mesh.peer(11 + i).answering());
		}
		return helpers;
	}

	/** Begins with the target and helpers among the members. */
	private void begin(List<FakePeer> helpers) {
		this.node.begin(Stream.concat(Stream.of(this.target), helpers.stream()).toArray(FakePeer[]::new));
	}

	private void setOptions(MembershipOptions.Builder options) {
		this.node.protocol().setOptions(options.build());
	}

	/** Goes on until the target is probed; unless somebody began, this node does now. */
	private Message.Ping probeOfTarget() {
		if (this.node.environment().view().isEmpty()) {
			this.node.begin(this.target);
		}
		int before = requests(this.target).size();
		this.mesh.until("the target is probed", PERIOD.multipliedBy(40), () -> requests(this.target).size() > before);
		return requests(this.target).get(before);
	}

	private Duration untilTargetIs(MemberStatus status) {
		return this.mesh.until("the target is " + status, Duration.ofSeconds(60),
				() -> this.node.sees(this.target, status));
	}

	/** Returns the probes of the target that somebody received. */
	private List<Message.Ping> requests(FakePeer peer) {
		return peer.received(Message.Ping.class)
			.stream()
			.filter((ping) -> this.target.uri().equals(ping.data().target()))
			.toList();
	}

	private long asked(List<FakePeer> helpers) {
		return helpers.stream().filter((helper) -> !requests(helper).isEmpty()).count();
	}

	private Set<MemberUri> groupAsked(List<FakePeer> helpers) {
		Set<MemberUri> group = new HashSet<>();
		helpers.stream().filter((helper) -> !requests(helper).isEmpty()).forEach((helper) -> group.add(helper.uri()));
		return group;
	}

	private static int probesOf(FakePeer peer) {
		return (int) peer.received(Message.Ping.class).stream().map((ping) -> ping.data().sentAt()).distinct().count();
	}

	/** Returns all statuses that anybody ever had in this node's view. */
	private List<MemberStatus> statuses() {
		return this.node.events().stream().map((event) -> event.member().status()).distinct().toList();
	}

	private MembershipEvent lastStatusOf(FakePeer peer) {
		List<MembershipEvent> events = this.node.events()
			.stream()
			.filter((event) -> event instanceof MemberStatusChangedEvent && event.member().uri().equals(peer.uri()))
			.toList();
		return events.get(events.size() - 1);
	}

}
