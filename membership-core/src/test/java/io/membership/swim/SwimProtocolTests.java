package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.membership.DropReason;
import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.InvalidOptionException;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import io.membership.ProbeResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.payload;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * One node among peers whose every word is scripted.
 */
class SwimProtocolTests {

	private static final Duration A_MOMENT = Duration.ofMillis(2);

	private static final Duration WAY = Duration.ofNanos(200_000);

	private final VirtualMesh mesh = new VirtualMesh(6);

	private final VirtualNode node = this.mesh.node(1);

	private final FakePeer peer = this.mesh.peer(2);

	@BeforeEach
	void begin() {
		this.node.begin();
		settle();
	}

	@Test
	void whoAppearsAnswersOthersButAsksNobodyBeforeItBegins() {
		VirtualNode appearing = mesh().node(3);
		appearing.protocol().appear(1, appearing.environment().format().emptyPayload());
		appearing.protocol().addMember(peer().uri());
		peer().ping(appearing.uri());
		mesh().advance(Duration.ofSeconds(5));
		assertThat(peer().received(Message.Ack.class)).hasSize(1);
		assertThat(appearing.environment().counts().probed()).isEmpty();
		appearing.protocol().begin();
		mesh().advance(A_MOMENT);
		assertThat(appearing.environment().counts().probed()).isNotEmpty();
	}

	@Nested
	class APing {

		@Test
		void isAnswered() {
			peer().ping(node().uri());
			settle();
			assertThat(peer().received(Message.Ack.class)).hasSize(1);
		}

		@Test
		void isAnsweredToTheSenderFieldAndNotToTheSource() {
			FakePeer spokenFor = mesh().peer(9);
			peer().send(node().uri(), new Message.Ping(spokenFor.uri(), probe(Map.of()), List.of()));
			settle();
			assertThat(spokenFor.received(Message.Ack.class)).hasSize(1);
		}

		@Test
		void isAnsweredToTheSenderFieldAndNotToTheSourceOfTheProbe() {
			FakePeer helper = mesh().peer(9);
			helper.send(node().uri(), new Message.Ping(helper.uri(), probe(Map.of()), List.of()));
			settle();
			assertThat(peer().received()).isEmpty();
		}

		@Test
		void isAnsweredWithItsDataAndTheTime() {
			ProbeData data = probe(Map.of());
			send(new Message.Ping(peer().uri(), data, List.of()));
			long arrived = data.sentAt() + WAY.toNanos() / 1000;
			assertThat(peer().last(Message.Ack.class).data()).isEqualTo(data.answered(arrived));
		}

		@Test
		void isAnsweredWithUnknownKeysAndTheirTypes() {
			Map<String, Object> extra = Map.of("n", 7L, "f", 1.5, "b", true, "l", List.of("x", List.of()), "m",
					Map.of("k", "v"));
			send(new Message.Ping(peer().uri(), probe(extra), List.of()));
			assertThat(Samples.encoded(peer().last(Message.Ack.class).data().extra()))
				.isEqualTo(Samples.encoded(extra));
		}

		@Test
		void isAnsweredWithTheTimeWhereSomebodyElseHadPutOne() {
			ProbeData data = probe(Map.of()).answered(7);
			send(new Message.Ping(peer().uri(), data, List.of()));
			assertThat(peer().last(Message.Ack.class).data().answeredAt()).isGreaterThan(7);
		}

		@Test
		void isAnsweredWithoutSourceAndTime() {
			ProbeData data = new ProbeData(null, node().uri(), ProbeData.UNKNOWN, ProbeData.UNKNOWN, Map.of());
			send(new Message.Ping(peer().uri(), data, List.of()));
			assertThat(peer().received(Message.Ack.class)).hasSize(1);
		}

		@Test
		void withoutTargetIsCountedAndNotAnswered() {
			ProbeData data = new ProbeData(peer().uri(), null, 7, ProbeData.UNKNOWN, Map.of());
			send(new Message.Ping(peer().uri(), data, List.of()));
			assertThat(List.of(peer().received(), dropped())).containsExactly(List.of(),
					List.of(DropReason.INCOMPLETE));
		}

		@Test
		void withoutTargetStillBringsRumors() {
			ProbeData data = new ProbeData(peer().uri(), null, 7, ProbeData.UNKNOWN, Map.of());
			send(new Message.Ping(peer().uri(), data, List.of(alive(7))));
			assertThat(node().member(uri(7))).isNotNull();
		}

		@Test
		void withoutSenderIsCountedAndNotAnswered() {
			int before = mesh().datagrams();
			node().protocol().receive(new Message.Ping(null, probe(Map.of()), List.of()));
			assertThat(List.of(mesh().datagrams() - before, dropped())).containsExactly(0,
					List.of(DropReason.INCOMPLETE));
		}

		@Test
		void doesNotMakeItsSenderAMember() {
			peer().ping(node().uri());
			settle();
			assertThat(node().statusOf(peer())).isNull();
		}

		@Test
		void thatIntroducesItsSenderMakesItAMember() {
			peer().ping(node().uri(), peer().alive(1));
			settle();
			assertThat(node().statusOf(peer())).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void isAnsweredInTheKnowledgeOfItsRumors() {
			peer().ping(node().uri(), peer().alive(4), rumor(node().uri(), MemberStatus.DEAD, 8));
			settle();
			assertThat(peer().last(Message.Ack.class).events().subList(0, 2))
				.extracting(Rumor::uri, Rumor::status, Rumor::incarnation)
				.containsExactly(tuple(peer().uri(), MemberStatus.ALIVE, 4L),
						tuple(node().uri(), MemberStatus.ALIVE, 9L));
		}

		@Test
		void ofALaterLifeOfThisNodeIsCorrected() {
			peer().ping(node().uri(), rumor(node().uri(), MemberStatus.ALIVE, 8));
			settle();
			assertThat(node().myself().incarnation()).isEqualTo(9);
		}

	}

	@Nested
	class Memories {

		@Test
		void areKnownFromTheBeginningAndNotPassedOn() {
			VirtualNode waking = mesh().node(7);
			waking.protocol().remember(List.of(alive(8), rumor(uri(9), MemberStatus.DEAD, 3)));
			int pending = waking.protocol().state().pendingRumors();
			waking.begin();
			assertThat(List.of(waking.environment().view().keySet(), pending))
				.containsExactly(Set.of(uri(7), uri(8), uri(9)), 0);
		}

	}

	@Nested
	class Rumors {

		@Test
		void ofAMessageOfUnknownTypeCount() {
			node().protocol().receive(new Message.Unknown(peer().uri(), List.of(alive(7))));
			assertThat(node().member(uri(7))).isNotNull();
		}

		@Test
		void ofAMessageOfUnknownTypeAreNotAnswered() {
			int before = mesh().datagrams();
			node().protocol().receive(new Message.Unknown(peer().uri(), List.of(alive(7))));
			assertThat(List.of(mesh().datagrams() - before, dropped())).containsExactly(0,
					List.of(DropReason.UNKNOWN_TYPE));
		}

		@Test
		void ofALeaveCountWhoeverTheyAreAbout() {
			peer().tell(node().uri(), alive(7), rumor(uri(8), MemberStatus.DEAD, 3));
			settle();
			assertThat(node().environment().view()).containsOnlyKeys(node().uri(), uri(7), uri(8));
		}

		@Test
		void ofALeaveAreNotAnswered() {
			peer().tell(node().uri(), alive(7));
			settle();
			assertThat(peer().received()).isEmpty();
		}

		@Test
		void ofALeaveNameItAsEvidenceOfAGoodbye() {
			peer().tell(node().uri(), peer().rumor(MemberStatus.LEFT, 3));
			settle();
			assertThat(node().events()).last()
				.extracting("evidence")
				.isEqualTo(Evidence.reported(Cause.LEAVE, peer().uri()));
		}

		@Test
		void ofALeaveAboutOthersAreEvidenceLikeAnyOther() {
			peer().tell(node().uri(), rumor(uri(8), MemberStatus.LEFT, 3));
			settle();
			assertThat(node().events()).last()
				.extracting("evidence")
				.isEqualTo(Evidence.reported(Cause.RUMOR, peer().uri()));
		}

		@Test
		void ofAnAckThatNobodyWaitsForCount() {
			peer().ack(node().uri(), ProbeData.of(node().uri(), uri(9), 3), alive(7));
			settle();
			assertThat(node().member(uri(7))).isNotNull();
		}

		@Test
		void ofAnAckWithoutSourceCount() {
			ProbeData data = new ProbeData(null, node().uri(), 7, 8, Map.of());
			send(new Message.Ack(peer().uri(), data, List.of(alive(7))));
			assertThat(List.of(node().member(uri(7)) != null, dropped())).containsExactly(true,
					List.of(DropReason.INCOMPLETE));
		}

		@Test
		void ofOneMessageAreTakenInOrder() {
			peer().tell(node().uri(), alive(7), rumor(uri(7), MemberStatus.SUSPECT, 1),
					rumor(uri(7), MemberStatus.DEAD, 1));
			settle();
			assertThat(node().environment().counts().transitions()).endsWith(
					new VirtualEnvironment.Transition(null, MemberStatus.ALIVE),
					new VirtualEnvironment.Transition(MemberStatus.ALIVE, MemberStatus.SUSPECT),
					new VirtualEnvironment.Transition(MemberStatus.SUSPECT, MemberStatus.DEAD));
		}

		@Test
		void withAnInfinitelyShortTimeToLiveArePassedOnOnce() {
			peer().ping(node().uri(), alive(7).withTimeToLive(Double.NEGATIVE_INFINITY));
			settle();
			List<Rumor> first = peer().last(Message.Ack.class).events();
			peer().ping(node().uri());
			settle();
			List<Rumor> second = peer().last(Message.Ack.class).events();
			assertThat(List.of(first, second)).containsExactly(
					List.of(self(), alive(7).withTimeToLive(Double.NEGATIVE_INFINITY)), List.of(self(), alive(7)));
		}

		@ParameterizedTest
		@EnumSource(names = "ALIVE", mode = EnumSource.Mode.EXCLUDE)
		void aboutThisNodeAreRefuted(MemberStatus status) {
			peer().tell(node().uri(), rumor(node().uri(), status, 1));
			settle();
			assertThat(node().myself()).extracting("status", "incarnation").containsExactly(MemberStatus.ALIVE, 2L);
		}

		private Rumor self() {
			return rumor(node().uri(), MemberStatus.ALIVE, 1, Samples.EMPTY);
		}

	}

	@Nested
	class AnUnreadableDatagram {

		@Test
		void ofADeadMemberShowsThatItLives() {
			peer().tell(node().uri(), peer().rumor(MemberStatus.DEAD, 4));
			garbage();
			assertThat(node().member(peer().uri())).extracting("status", "incarnation")
				.containsExactly(MemberStatus.NON_DECRYPTABLE, 4L);
		}

		@ParameterizedTest
		@EnumSource(names = "DEAD", mode = EnumSource.Mode.EXCLUDE)
		void ofAnyOtherMemberMeansNothing(MemberStatus status) {
			peer().tell(node().uri(), peer().rumor(status, 4));
			garbage();
			assertThat(node().statusOf(peer())).isEqualTo(status);
		}

		@Test
		void ofAStrangerMeansNothing() {
			garbage();
			assertThat(node().statusOf(peer())).isNull();
		}

		@Test
		void saysWhy() {
			peer().tell(node().uri(), peer().rumor(MemberStatus.DEAD, 4));
			garbage();
			assertThat(node().events()).last()
				.extracting("evidence")
				.isEqualTo(Evidence.own(Cause.UNREADABLE_DATAGRAM));
		}

		@Test
		void isNewsForOthers() {
			peer().tell(node().uri(), peer().rumor(MemberStatus.DEAD, 4));
			garbage();
			FakePeer other = mesh().peer(3);
			other.ping(node().uri());
			settle();
			assertThat(other.last(Message.Ack.class).events())
				.contains(peer().rumor(MemberStatus.NON_DECRYPTABLE, 4).withTimeToLive(2));
		}

		@Test
		void doesNotEndProbing() {
			peer().tell(node().uri(), peer().rumor(MemberStatus.DEAD, 4));
			garbage();
			peer().forget();
			mesh().advance(Duration.ofSeconds(6));
			assertThat(peer().last(Message.Ping.class).events().get(0)).extracting(Rumor::status)
				.isEqualTo(MemberStatus.NON_DECRYPTABLE);
		}

		@Test
		void isForgottenWhenTheMemberRefutes() {
			peer().tell(node().uri(), peer().rumor(MemberStatus.DEAD, 4));
			garbage();
			peer().tell(node().uri(), peer().alive(5));
			settle();
			assertThat(node().statusOf(peer())).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void isNotForgottenForAPlainAnswer() {
			peer().tell(node().uri(), peer().rumor(MemberStatus.DEAD, 4));
			garbage();
			peer().answering();
			mesh().advance(Duration.ofSeconds(10));
			assertThat(node().statusOf(peer())).isEqualTo(MemberStatus.NON_DECRYPTABLE);
		}

		private void garbage() {
			settle();
			peer().sendGarbage(node().uri());
			settle();
		}

	}

	@Nested
	class AddingAMember {

		@Test
		void makesItAliveInItsFirstIncarnation() {
			node().protocol().addMember(uri(7));
			assertThat(node().member(uri(7))).extracting("status", "incarnation")
				.containsExactly(MemberStatus.ALIVE, 1L);
		}

		@ParameterizedTest
		@EnumSource(names = "LEFT", mode = EnumSource.Mode.EXCLUDE)
		void whoIsKnownChangesNothing(MemberStatus status) {
			peer().tell(node().uri(), peer().rumor(status, 4));
			settle();
			node().protocol().addMember(peer().uri());
			assertThat(node().member(peer().uri())).extracting("status", "incarnation").containsExactly(status, 4L);
		}

		@Test
		void oneselfChangesNothing() {
			node().protocol().addMember(node().uri());
			assertThat(node().myself().incarnation()).isEqualTo(1);
		}

		@Test
		void tellsTheOthers() {
			node().protocol().addMember(uri(7));
			peer().ping(node().uri());
			settle();
			assertThat(peer().last(Message.Ack.class).events()).contains(alive(7).withTimeToLive(1));
		}

	}

	@Nested
	class RemovingAMember {

		@Test
		void forgetsIt() {
			node().protocol().addMember(uri(7));
			node().protocol().removeMember(uri(7));
			assertThat(node().environment().view()).containsOnlyKeys(node().uri());
		}

		@Test
		void forgetsWhatThisNodeWasAboutToTell() {
			peer().tell(node().uri(), rumor(uri(7), MemberStatus.DEAD, 1).withTimeToLive(9));
			settle();
			node().protocol().removeMember(uri(7));
			mesh().advance(Duration.ofSeconds(10));
			assertThat(node().environment().view()).containsOnlyKeys(node().uri());
		}

		@Test
		void keepsWhatThisNodeWasAboutToTellOfOthers() {
			peer().tell(node().uri(), rumor(uri(7), MemberStatus.DEAD, 1), rumor(uri(8), MemberStatus.DEAD, 1));
			settle();
			node().protocol().removeMember(uri(7));
			assertThat(node().protocol().state().pendingRumors()).isOne();
		}

		@Test
		void endsItsProbes() {
			node().protocol().addMember(peer().uri());
			node().protocol().removeMember(peer().uri());
			mesh().advance(Duration.ofSeconds(10));
			assertThat(peer().received(Message.Ping.class)).isEmpty();
		}

		@Test
		void doesNotPreventItFromComingBack() {
			node().protocol().addMember(peer().uri());
			node().protocol().removeMember(peer().uri());
			mesh().peer(3).tell(node().uri(), peer().alive(1));
			settle();
			assertThat(node().statusOf(peer())).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void doesNotWorkOnOneself() {
			node().protocol().removeMember(node().uri());
			assertThat(node().myself().status()).isEqualTo(MemberStatus.ALIVE);
		}

	}

	@Nested
	class AllowedMembers {

		@Test
		void areTheOnlyOnesThatThisNodeStillTellsOf() {
			peer().tell(node().uri(), rumor(uri(7), MemberStatus.DEAD, 1), rumor(uri(8), MemberStatus.DEAD, 1));
			settle();
			node().protocol().setAllowedMembers(List.of(uri(8)));
			assertThat(node().protocol().state().pendingRumors()).isOne();
		}

		@Test
		void areTheOnlyOnesWhoMayDie() {
			FakePeer listed = mesh().peer(3);
			node().protocol().addMember(peer().uri());
			node().protocol().addMember(listed.uri());
			node().protocol().setAllowedMembers(List.of(listed.uri()));
			peer().tell(node().uri(), peer().alive(1));
			mesh().advance(Duration.ofSeconds(15));
			assertThat(node().environment().view()).containsOnlyKeys(node().uri(), listed.uri());
		}

		@Test
		void doNotHideALivingStranger() {
			node().protocol().setAllowedMembers(List.of(uri(3)));
			VirtualNode stranger = mesh().node(5).begin(node());
			mesh().advance(Duration.ofSeconds(5));
			assertThat(node().statusOf(stranger)).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void doNotSilenceThisNode() {
			node().protocol().setAllowedMembers(List.of(uri(3)));
			peer().ping(node().uri());
			settle();
			assertThat(peer().received(Message.Ack.class)).hasSize(1);
		}

	}

	@Nested
	class Moving {

		private final MemberUri there = uri(20);

		@Test
		void makesThisNodeAppearAnew() {
			node().moveTo(this.there);
			assertThat(node().myself()).extracting("uri", "status", "incarnation")
				.containsExactly(this.there, MemberStatus.ALIVE, 1L);
		}

		@Test
		void takesThePayloadAlong() {
			node().protocol().setPayload(Map.of("k", "v"));
			node().moveTo(this.there);
			assertThat(node().myself().payload()).isEqualTo(Map.of("k", "v"));
		}

		@Test
		void leavesTheOldUriAMemberUntilItFails() {
			MemberUri before = node().uri();
			node().moveTo(this.there);
			assertThat(node().member(before).status()).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void letsTheOldUriDie() {
			MemberUri before = node().uri();
			node().moveTo(this.there);
			mesh().advance(Duration.ofSeconds(8));
			assertThat(node().member(before).status()).isEqualTo(MemberStatus.DEAD);
		}

		@Test
		void introducesTheNewUriWithTheNextPing() {
			node().protocol().addMember(peer().uri());
			node().moveTo(this.there);
			mesh().advance(Duration.ofSeconds(3));
			assertThat(peer().last(Message.Ping.class).sender()).isEqualTo(this.there);
		}

		@Test
		void backTakesTheNextIncarnation() {
			MemberUri home = node().uri();
			node().moveTo(this.there);
			node().moveTo(home);
			assertThat(node().myself()).extracting("uri", "incarnation").containsExactly(home, 2L);
		}

		@Test
		void toWhereItIsChangesNothing() {
			int before = node().events().size();
			node().protocol().moveTo(node().uri());
			assertThat(node().events()).hasSize(before);
		}

		@Test
		void answersProbesOfTheNewUri() {
			node().moveTo(this.there);
			peer().ping(this.there);
			settle();
			assertThat(peer().received(Message.Ack.class)).hasSize(1);
		}

		@Test
		void doesNotSuspectWhoWasBeingProbed() {
			node().protocol().addMember(peer().answering().uri());
			mesh().until("the peer is probed", Duration.ofSeconds(5),
					() -> !peer().received(Message.Ping.class).isEmpty());
			node().moveTo(this.there);
			mesh().advance(Duration.ofSeconds(10));
			assertThat(node().events()).noneMatch((event) -> event.member().uri().equals(peer().uri())
					&& event.member().status() == MemberStatus.SUSPECT);
		}

		@Test
		void keepsTheRhythmOfOnePeriod() {
			node().protocol().addMember(peer().answering().uri());
			mesh().advance(Duration.ofSeconds(3));
			node().moveTo(this.there);
			int before = node().environment().counts().probed().size();
			mesh().advance(Duration.ofMillis(10_500));
			assertThat(node().environment().counts().probed().size() - before).isBetween(10, 12);
		}

	}

	@Nested
	class AProbeOnRequest {

		private final List<ProbeResult> results = new ArrayList<>();

		@Test
		void thatIsAnsweredTellsTheRoundTripTime() {
			probe(peer().answering().uri());
			settle();
			assertThat(this.results).containsExactly(new ProbeResult.Alive(WAY.multipliedBy(2)));
		}

		@Test
		void ofThisNodeItselfIsAnswered() {
			probe(node().uri());
			settle();
			assertThat(this.results).containsExactly(new ProbeResult.Alive(WAY.multipliedBy(2)));
		}

		@Test
		void thatIsNotAnsweredEndsWithTheAckTimeout() {
			probe(uri(9));
			Duration elapsed = mesh().until("there is a result", Duration.ofSeconds(1), () -> !this.results.isEmpty());
			assertThat(elapsed).isEqualTo(Duration.ofMillis(200));
		}

		@Test
		void thatIsNotAnsweredSaysSo() {
			probe(uri(9));
			mesh().advance(Duration.ofSeconds(1));
			assertThat(this.results).containsExactly(new ProbeResult.NoResponse());
		}

		@Test
		void thatIsAnsweredTooLateIsNotAnswered() {
			probe(peer().uri());
			mesh().advance(Duration.ofMillis(201));
			peer().ack(node().uri(), peer().last(Message.Ping.class).data());
			settle();
			assertThat(this.results).containsExactly(new ProbeResult.NoResponse());
		}

		@Test
		void thatCannotBeSentSaysWhy() {
			mesh().setUnresolvable(uri(9));
			probe(uri(9));
			assertThat(this.results).containsExactly(new ProbeResult.NotSent("the host name does not resolve"));
		}

		@Test
		void thatTurnsOutToBeUndeliverableSaysWhy() {
			probe(uri(9));
			node().protocol().undeliverable(uri(9), SendResult.FAILED);
			assertThat(this.results).containsExactly(new ProbeResult.NotSent("the network refused the datagram"));
		}

		@Test
		void ofAnotherNameOfALivingNodeIsNotAnswered() {
			VirtualNode other = mesh().node(5).begin();
			mesh().alias(uri(9), other);
			probe(uri(9));
			mesh().advance(Duration.ofSeconds(1));
			assertThat(this.results).containsExactly(new ProbeResult.NoResponse());
		}

		@Test
		void asksNoHelpers() {
			FakePeer helper = mesh().peer(3).answering();
			node().protocol().addMember(helper.uri());
			probe(uri(9));
			mesh().advance(Duration.ofSeconds(2));
			assertThat(helper.received(Message.Ping.class))
				.allMatch((ping) -> helper.uri().equals(ping.data().target()));
		}

		@Test
		void makesNobodySuspect() {
			FakePeer helper = mesh().peer(3).answering();
			node().protocol().addMember(peer().uri());
			node().protocol().addMember(helper.uri());
			node().protocol().setOptions(MembershipOptions.REFERENCE.toBuilder().suspicionEnabled(false).build());
			probe(peer().uri());
			mesh().advance(Duration.ofMillis(900));
			assertThat(node().statusOf(peer())).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void makesWhoIntroducesItselfAMember() {
			VirtualNode other = mesh().node(5).begin();
			probe(other.uri());
			settle();
			assertThat(node().statusOf(other)).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void makesWhoDoesNotIntroduceItselfNoMember() {
			probe(peer().answering().uri());
			settle();
			assertThat(node().statusOf(peer())).isNull();
		}

		private void probe(MemberUri uri) {
			node().protocol().probe(uri, this.results::add);
		}

	}

	@Nested
	class WhatIsUndeliverable {

		@Test
		void makesTheDetectorAskHelpersAtOnce() {
			FakePeer helper = mesh().peer(3).answering();
			node().protocol().addMember(peer().uri());
			node().protocol().addMember(helper.uri());
			mesh().until("the peer is probed", Duration.ofSeconds(5),
					() -> !peer().received(Message.Ping.class).isEmpty());
			node().protocol().undeliverable(peer().uri(), SendResult.UNRESOLVABLE);
			mesh().advance(A_MOMENT);
			assertThat(helper.last(Message.Ping.class).data().target()).isEqualTo(peer().uri());
		}

		@Test
		void makesASuspectAtOnceIfNobodyCanBeAsked() {
			node().protocol().addMember(peer().uri());
			mesh().until("the peer is probed", Duration.ofSeconds(5),
					() -> !peer().received(Message.Ping.class).isEmpty());
			node().protocol().undeliverable(peer().uri(), SendResult.UNRESOLVABLE);
			assertThat(node().statusOf(peer())).isEqualTo(MemberStatus.SUSPECT);
		}

		@Test
		void meansNothingIfNobodyIsProbed() {
			node().protocol().addMember(peer().uri());
			node().protocol().undeliverable(peer().uri(), SendResult.UNRESOLVABLE);
			assertThat(node().statusOf(peer())).isEqualTo(MemberStatus.ALIVE);
		}

	}

	@Nested
	class ABroadcast {

		@Test
		void goesToEveryNetwork() {
			node().environment().addNetwork(peer().uri());
			node().environment().addNetwork(uri(3));
			assertThat(node().protocol().broadcast(3301)).isEqualTo(2);
		}

		@Test
		void countsOnlyWhereItCouldGo() {
			node().environment().addNetwork(uri(9));
			mesh().setUnresolvable(uri(9));
			assertThat(node().protocol().broadcast(3301)).isZero();
		}

		@Test
		void probesTheBroadcasterItself() {
			node().environment().addNetwork(peer().uri());
			node().protocol().broadcast(3301);
			settle();
			assertThat(peer().last(Message.Ping.class).data()).extracting(ProbeData::source, ProbeData::target)
				.containsExactly(node().uri(), node().uri());
		}

		@Test
		void makesBothSidesKnowEachOther() {
			VirtualNode other = mesh().node(5).begin();
			MemberUri network = uri(255);
			mesh().alias(network, other);
			node().environment().addNetwork(network);
			node().protocol().broadcast(3301);
			settle();
			assertThat(List.of(node().statusOf(other), other.statusOf(node()))).containsOnly(MemberStatus.ALIVE);
		}

	}

	@Nested
	class Options {

		@Test
		void aShorterPeriodHoldsFromTheNextPeriodOn() {
			set(MembershipOptions.REFERENCE.toBuilder().protocolPeriod(Duration.ofMillis(500)));
			mesh().advance(Duration.ofMillis(1100));
			int before = node().environment().counts().probed().size();
			mesh().advance(Duration.ofSeconds(5));
			assertThat(node().environment().counts().probed().size() - before).isEqualTo(10);
		}

		@Test
		void anAckTimeoutHoldsForTheNextProbe() {
			List<ProbeResult> results = new ArrayList<>();
			set(MembershipOptions.REFERENCE.toBuilder().ackTimeout(Duration.ofMillis(700)));
			node().protocol().probe(uri(9), results::add);
			Duration elapsed = mesh().until("there is a result", Duration.ofSeconds(1), () -> !results.isEmpty());
			assertThat(elapsed).isEqualTo(Duration.ofMillis(700));
		}

		@Test
		void aSmallerPacketHoldsForTheNextMessage() {
			for (int i = 10; i < 60; i++) {
				peer().tell(node().uri(), alive(i));
			}
			settle();
			set(MembershipOptions.REFERENCE.toBuilder().maxPacketSize(300));
			peer().ping(node().uri());
			settle();
			assertThat(peer().sizes()).last().satisfies((size) -> assertThat(size).isBetween(286, 300));
		}

		@Test
		void aPacketThatIsTooSmallForThePayloadIsRefused() {
			node().protocol().setPayload(Map.of("k", "x".repeat(500)));
			assertThatExceptionOfType(InvalidOptionException.class)
				.isThrownBy(() -> set(MembershipOptions.REFERENCE.toBuilder().maxPacketSize(512)))
				.satisfies((ex) -> assertThat(ex.option()).isEqualTo("maxPacketSize"));
		}

		@Test
		void thatAreRefusedChangeNothing() {
			node().protocol().setPayload(Map.of("k", "x".repeat(500)));
			MembershipOptions before = node().protocol().options();
			assertThatExceptionOfType(InvalidOptionException.class)
				.isThrownBy(() -> set(MembershipOptions.REFERENCE.toBuilder().maxPacketSize(512)));
			assertThat(node().protocol().options()).isEqualTo(before);
		}

		private void set(MembershipOptions.Builder options) {
			node().protocol().setOptions(options.build());
		}

	}

	@Nested
	class ANodeThatHasNotBegun {

		@Test
		void answersNothing() {
			mesh().node(5);
			peer().ping(uri(5));
			settle();
			assertThat(peer().received()).isEmpty();
		}

		@Test
		void believesNothing() {
			VirtualNode other = mesh().node(5);
			peer().tell(other.uri(), alive(7));
			settle();
			assertThat(other.member(uri(7))).isNull();
		}

	}

	@Nested
	class AStoppedNode {

		@BeforeEach
		void stop() {
			node().protocol().addMember(peer().uri());
			node().protocol().stop();
			settle();
			peer().forget();
		}

		@Test
		void sendsNothing() {
			mesh().advance(Duration.ofMinutes(1));
			assertThat(peer().received()).isEmpty();
		}

		@Test
		void answersNothing() {
			peer().ping(node().uri());
			settle();
			assertThat(peer().received()).isEmpty();
		}

		@Test
		void believesNothing() {
			peer().tell(node().uri(), alive(7));
			settle();
			assertThat(node().member(uri(7))).isNull();
		}

	}

	@Test
	void aPayloadThatChangesIsInTheNextPing() {
		this.node.protocol().addMember(this.peer.uri());
		this.node.protocol().setPayload(Map.of("k", "v"));
		this.mesh.advance(Duration.ofSeconds(2));
		assertThat(this.peer.last(Message.Ping.class).events().get(1).payload()).isEqualTo(payload("k", "v"));
	}

	@Test
	void aNodeThatCannotBeReachedByItselfDeclaresItselfDead() {
		this.mesh.cut(this.node.uri(), this.node.uri());
		this.mesh.advance(Duration.ofSeconds(6));
		assertThat(this.node.myself().status()).isEqualTo(MemberStatus.DEAD);
	}

	@Test
	void clocksAreComparedInBothDirections() {
		VirtualNode ahead = this.mesh.node(5);
		ahead.environment().setClockAhead(Duration.ofSeconds(3));
		ahead.begin(this.node);
		this.mesh.advance(Duration.ofSeconds(6));
		assertThat(List.of(this.node.member(ahead.uri()).clockDelta(), ahead.member(this.node.uri()).clockDelta()))
			.containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(-3));
	}

	private ProbeData probe(Map<?, ?> extra) {
		return this.peer.data(this.peer.uri(), this.node.uri(), extra);
	}

	private void send(Message message) {
		this.peer.send(this.node.uri(), message);
		settle();
	}

	private List<DropReason> dropped() {
		return this.node.environment().counts().dropped();
	}

	private void settle() {
		this.mesh.advance(A_MOMENT);
	}

	private VirtualMesh mesh() {
		return this.mesh;
	}

	private VirtualNode node() {
		return this.node;
	}

	private FakePeer peer() {
		return this.peer;
	}

}
