package io.membership.swim;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.payload;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static io.membership.swim.Samples.urisOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * The exchange of full state.
 */
class AntiEntropyTests {

	private static final Duration A_MOMENT = Duration.ofMillis(2);

	private static final Duration PERIOD = Duration.ofSeconds(1);

	private final VirtualMesh mesh = new VirtualMesh(2);

	private final VirtualNode node = this.mesh.node(1);

	private final FakePeer peer = this.mesh.peer(2);

	@Nested
	class TheSchedule {

		@Test
		void anUnansweredRequestIsRepeatedAfterTwoPeriods() {
			beginWithPeerOnly();
			Duration first = untilAsked();
			assertThat(untilAsked()).isEqualTo(PERIOD.multipliedBy(2));
			assertThat(first).isLessThan(Duration.ofSeconds(30));
		}

		@Test
		void anAnsweredRequestIsFollowedByTheAntiEntropyPeriod() {
			beginWithPeerOnly();
			untilAsked();
			answer();
			assertThat(untilAsked()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(10).plus(A_MOMENT));
		}

		@Test
		void theAnswerMayComeFromAnybody() {
			beginWithPeerOnly();
			untilAsked();
			FakePeer somebody = mesh().peer(9);
			somebody.send(node().uri(), new Message.SyncAck(somebody.uri(), List.of(), List.of()));
			assertThat(untilAsked()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(10).plus(A_MOMENT));
		}

		@Test
		void anAnswerThatNobodyWaitsForChangesNoSchedule() {
			beginWithPeerOnly();
			untilAsked();
			answer();
			mesh().advance(Duration.ofSeconds(5));
			answer();
			assertThat(untilAsked()).isLessThanOrEqualTo(Duration.ofSeconds(5).plus(A_MOMENT));
		}

		@Test
		void aChangedPeriodHoldsFromTheNextAnswerOn() {
			beginWithPeerOnly();
			node().protocol()
				.setOptions(MembershipOptions.REFERENCE.toBuilder().antiEntropyPeriod(Duration.ofSeconds(4)).build());
			untilAsked();
			answer();
			assertThat(untilAsked()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(4).plus(A_MOMENT));
		}

		@Test
		void thisNodeMayBeDrawnItself() {
			node().begin();
			mesh().advance(Duration.ofMillis(59_500));
			int probesWithAcks = 2 * 60;
			int syncsWithAcks = 2 * 6;
			assertThat(mesh().datagrams()).isEqualTo(probesWithAcks + syncsWithAcks);
		}

		@Test
		void onlyTheAliveAreAsked() {
			node().begin();
			peer().tell(node().uri(), peer().rumor(MemberStatus.DEAD, 1));
			mesh().advance(Duration.ofMinutes(10));
			assertThat(peer().received(Message.SyncRequest.class)).isEmpty();
		}

		/** Begins so that nobody but the peer can be drawn. */
		private void beginWithPeerOnly() {
			mesh().cut(node().uri(), node().uri());
			node().begin(peer().answering());
			mesh().until("this node is not alive itself", Duration.ofSeconds(30),
					() -> node().sees(node(), MemberStatus.DEAD));
			peer().forget();
		}

		private Duration untilAsked() {
			int before = requests();
			return mesh().until("the peer is asked", Duration.ofMinutes(1), () -> requests() > before);
		}

		private int requests() {
			return peer().received(Message.SyncRequest.class).size();
		}

		private void answer() {
			peer().send(node().uri(), new Message.SyncAck(peer().uri(), List.of(), List.of()));
		}

	}

	@Nested
	class ARequest {

		@Test
		void saysAllThatIsKnown() {
			node().begin(peer().answering());
			node().protocol().setPayload(Map.of("k", "v"));
			Rumor dead = rumor(uri(3), MemberStatus.DEAD, 7);
			peer().tell(node().uri(), dead);
			mesh().until("the peer is asked", Duration.ofMinutes(5),
					() -> !peer().received(Message.SyncRequest.class).isEmpty());
			assertThat(peer().last(Message.SyncRequest.class).entries()).containsExactlyInAnyOrder(
					rumor(node().uri(), MemberStatus.ALIVE, 2, payload("k", "v")), alive(2), dead);
		}

		@Test
		void carriesNoEvents() {
			node().begin(peer().answering());
			mesh().until("the peer is asked", Duration.ofMinutes(5),
					() -> !peer().received(Message.SyncRequest.class).isEmpty());
			assertThat(peer().last(Message.SyncRequest.class).events()).isEmpty();
		}

		@Test
		void fitsADatagramAndFillsIt() {
			node().begin(peer().answering());
			for (int i = 10; i < 250; i++) {
				peer().tell(node().uri(), alive(i));
			}
			node().protocol().setOptions(MembershipOptions.REFERENCE.toBuilder().suspicionEnabled(false).build());
			mesh().until("the peer is asked", Duration.ofMinutes(60),
					() -> !peer().received(Message.SyncRequest.class).isEmpty());
			int index = peer().received().indexOf(peer().last(Message.SyncRequest.class));
			int oneEntry = 14;
			assertThat(peer().sizes().get(index)).isBetween(1472 - oneEntry, 1472);
		}

	}

	@Nested
	class AnAnswer {

		@Test
		void saysWhatTheOtherDoesNotKnow() {
			node().begin();
			tell(alive(3), alive(4));
			assertThat(urisOf(ask(alive(1), alive(2), alive(3)))).containsExactly(uri(4));
		}

		@Test
		void saysWhatTheOtherKnowsInAnEarlierState() {
			node().begin();
			Rumor later = rumor(uri(3), MemberStatus.DEAD, 2);
			tell(later, alive(4));
			assertThat(ask(alive(1), alive(3), alive(4))).containsExactly(later);
		}

		@Test
		void carriesPayloads() {
			node().begin();
			Rumor rich = rumor(uri(3), MemberStatus.DEAD, 2, payload("k", "v"));
			tell(rich);
			assertThat(ask(alive(1))).containsExactly(rich);
		}

		@Test
		void doesNotSayWhatTheOtherJustTaught() {
			node().begin();
			assertThat(ask(alive(1), alive(5), rumor(uri(6), MemberStatus.LEFT, 8))).isEmpty();
		}

		@Test
		void doesNotSayWhatTheOtherKnowsBetter() {
			node().begin();
			tell(alive(3));
			assertThat(ask(alive(1), rumor(uri(3), MemberStatus.ALIVE, 9))).isEmpty();
		}

		@Test
		void carriesNoEvents() {
			node().begin();
			ask();
			assertThat(peer().last(Message.SyncAck.class).events()).isEmpty();
		}

		@Test
		void comesInTheNameOfThisNode() {
			node().begin();
			ask();
			assertThat(peer().last(Message.SyncAck.class).sender()).isEqualTo(node().uri());
		}

		@Test
		void goesToTheSenderFieldAndNotToTheSource() {
			node().begin();
			FakePeer spokenFor = mesh().peer(9);
			peer().send(node().uri(), new Message.SyncRequest(spokenFor.uri(), List.of(), List.of()));
			mesh().advance(A_MOMENT);
			assertThat(spokenFor.received(Message.SyncAck.class)).hasSize(1);
		}

		@Test
		void fitsADatagramAndFillsIt() {
			node().begin();
			for (int i = 10; i < 250; i++) {
				tell(alive(i));
			}
			ask();
			int oneEntry = 14;
			assertThat(peer().sizes()).last().satisfies((size) -> assertThat(size).isBetween(1472 - oneEntry, 1472));
		}

		@Test
		void isInAnotherOrderEachTime() {
			node().begin();
			for (int i = 10; i < 40; i++) {
				tell(alive(i));
			}
			assertThat(urisOf(ask())).isNotEqualTo(urisOf(ask()));
		}

		private List<Rumor> ask(Rumor... entries) {
			peer().send(node().uri(), new Message.SyncRequest(peer().uri(), List.of(entries), List.of()));
			mesh().advance(A_MOMENT);
			return peer().last(Message.SyncAck.class).entries();
		}

		private void tell(Rumor... rumors) {
			peer().tell(node().uri(), rumors);
			mesh().advance(A_MOMENT);
		}

	}

	@Nested
	class WhatIsLearned {

		@Test
		void fromARequestIsBelieved() {
			node().begin();
			receive(new Message.SyncRequest(peer().uri(), List.of(rumor(uri(3), MemberStatus.DEAD, 4)), List.of()));
			assertThat(node().member(uri(3)).status()).isEqualTo(MemberStatus.DEAD);
		}

		@Test
		void fromAnAnswerIsBelievedEvenIfNobodyAsked() {
			node().begin();
			mesh().advance(Duration.ofSeconds(5));
			receive(new Message.SyncAck(peer().uri(), List.of(rumor(uri(3), MemberStatus.DEAD, 4)), List.of()));
			assertThat(node().member(uri(3)).status()).isEqualTo(MemberStatus.DEAD);
		}

		@Test
		void isPassedOnLikeARumorOfMyOwn() {
			node().begin();
			receive(new Message.SyncAck(peer().uri(), List.of(rumor(uri(3), MemberStatus.DEAD, 4)), List.of()));
			peer().ping(node().uri());
			mesh().advance(A_MOMENT);
			assertThat(peer().last(Message.Ack.class).events())
				.contains(rumor(uri(3), MemberStatus.DEAD, 4).withTimeToLive(1));
		}

		@Test
		void namesItsSource() {
			node().begin();
			receive(new Message.SyncAck(peer().uri(), List.of(alive(3)), List.of()));
			assertThat(node().events()).last()
				.extracting("evidence")
				.isEqualTo(Evidence.reported(Cause.SYNC, peer().uri()));
		}

		@Test
		void isIgnoredIfItIsOld() {
			node().begin();
			peer().tell(node().uri(), rumor(uri(3), MemberStatus.ALIVE, 9));
			receive(new Message.SyncAck(peer().uri(), List.of(rumor(uri(3), MemberStatus.LEFT, 8)), List.of()));
			assertThat(node().member(uri(3)).status()).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void aboutThisNodeIsRefutedAtOnce() {
			node().begin();
			receive(new Message.SyncAck(peer().uri(), List.of(rumor(node().uri(), MemberStatus.DEAD, 6)), List.of()));
			assertThat(node().myself()).extracting("status", "incarnation").containsExactly(MemberStatus.ALIVE, 7L);
		}

		@Test
		void aboutThisNodeIsRefutedInTheVeryAnswer() {
			node().begin();
			receive(new Message.SyncRequest(peer().uri(), List.of(rumor(node().uri(), MemberStatus.DEAD, 6)),
					List.of()));
			assertThat(peer().last(Message.SyncAck.class).entries()).extracting(Rumor::uri, Rumor::incarnation)
				.containsExactly(tuple(node().uri(), 7L));
		}

		@Test
		void fromTheEventsOfARequestCountsToo() {
			node().begin();
			receive(new Message.SyncRequest(peer().uri(), List.of(), List.of(alive(3))));
			assertThat(node().member(uri(3))).isNotNull();
		}

		@Test
		void fromARequestWithoutASenderIsBelievedAndNotAnswered() {
			node().begin();
			mesh().advance(A_MOMENT);
			int before = mesh().datagrams();
			node().protocol().receive(new Message.SyncRequest(null, List.of(alive(3)), List.of()));
			assertThat(List.of(node().member(uri(3)) != null, mesh().datagrams() - before)).containsExactly(true, 0);
		}

		private void receive(Message message) {
			peer().send(node().uri(), message);
			mesh().advance(A_MOMENT);
		}

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
