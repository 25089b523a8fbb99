package io.membership.swim;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.Member;
import io.membership.MemberRemovedEvent;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static io.membership.swim.Samples.rumor;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is forgotten, and what a tombstone does.
 */
class ForgettingTests {

	private static final Duration FORGET_AFTER = Duration.ofMinutes(10);

	/** How late, at most, a member is forgotten. */
	private static final Duration DELAY = Duration.ofMinutes(1);

	private static final MembershipOptions FORGETTING = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.FORGETTING))
		.forgetAfter(FORGET_AFTER)
		.build();

	private final VirtualMesh mesh = new VirtualMesh(7);

	private final VirtualNode node = this.mesh.node(1, FORGETTING).begin();

	private final FakePeer peer = this.mesh.peer(2);

	private final FakePeer friend = this.mesh.peer(3).answering();

	@Nested
	class Members {

		@ParameterizedTest
		@EnumSource(names = { "DEAD", "NON_DECRYPTABLE", "LEFT" })
		void whoIsGoneForLongIsForgotten(MemberStatus status) {
			lost(status, 5);
			run(FORGET_AFTER.minusSeconds(1));
			assertThat(statusOfPeer()).isEqualTo(status);
			run(DELAY);
			assertThat(statusOfPeer()).isNull();
		}

		@Test
		void listenersAreTold() {
			forgotten(MemberStatus.DEAD, 5);
			assertThat(lastEvent()).isInstanceOf(MemberRemovedEvent.class)
				.extracting("member.uri", "member.status", "evidence")
				.containsExactly(peerUri(), MemberStatus.DEAD, Evidence.own(Cause.FORGOTTEN));
		}

		@Test
		void whoIsAliveIsNotForgotten() {
			ForgettingTests.this.peer.answering();
			tell(peerRumor(MemberStatus.ALIVE, 5));
			run(FORGET_AFTER.multipliedBy(3));
			assertThat(statusOfPeer()).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void theTimeBeginsAnewWithEachDeath() {
			lost(MemberStatus.DEAD, 5);
			run(FORGET_AFTER.minusSeconds(10));
			lost(MemberStatus.DEAD, 6);
			run(FORGET_AFTER.minusSeconds(10));
			assertThat(statusOfPeer()).isEqualTo(MemberStatus.DEAD);
		}

		@Test
		void aSeedIsNeverForgotten() {
			node().protocol().join(List.of(peerUri()), 0);
			lost(MemberStatus.LEFT, 5);
			run(FORGET_AFTER.multipliedBy(5));
			assertThat(statusOfPeer()).isEqualTo(MemberStatus.LEFT);
		}

		@Test
		void thisNodeIsNeverForgotten() {
			mesh().cut(node().uri(), node().uri());
			run(FORGET_AFTER.multipliedBy(3));
			assertThat(node().myself().status()).isEqualTo(MemberStatus.DEAD);
		}

		@Test
		void datagramsOfANonDecryptableMemberAreSignsOfLife() {
			lost(MemberStatus.DEAD, 5);
			for (int minute = 0; minute < 30; minute++) {
				ForgettingTests.this.peer.sendGarbage(node().uri());
				run(Duration.ofMinutes(1));
			}
			assertThat(statusOfPeer()).isEqualTo(MemberStatus.NON_DECRYPTABLE);
			run(FORGET_AFTER.plus(DELAY));
			assertThat(statusOfPeer()).isNull();
		}

		@Test
		void whoWasNeverSeenAliveIsForgottenSooner() {
			tell(peerRumor(MemberStatus.DEAD, 5));
			run(FORGET_AFTER.dividedBy(8).plus(DELAY));
			assertThat(statusOfPeer()).isNull();
		}

		@Test
		void withoutTheExtensionNobodyIsForgotten() {
			node().protocol().setOptions(MembershipOptions.REFERENCE.toBuilder().forgetAfter(FORGET_AFTER).build());
			lost(MemberStatus.DEAD, 5);
			run(FORGET_AFTER.multipliedBy(3));
			assertThat(statusOfPeer()).isEqualTo(MemberStatus.DEAD);
		}

		@Test
		void whoIsGoneForLongWhenItIsSwitchedOnIsForgottenAtOnce() {
			withoutTheExtensionNobodyIsForgotten();
			node().protocol().setOptions(FORGETTING);
			assertThat(statusOfPeer()).isNull();
		}

		@Test
		void anotherTimeCountsAtOnce() {
			lost(MemberStatus.DEAD, 5);
			run(Duration.ofMinutes(3));
			node().protocol().setOptions(FORGETTING.toBuilder().forgetAfter(Duration.ofMinutes(2)).build());
			assertThat(statusOfPeer()).isNull();
		}

		@Test
		void aShortTimeIsKeptToThePeriod() {
			node().protocol().setOptions(FORGETTING.toBuilder().forgetAfter(Duration.ofSeconds(5)).build());
			lost(MemberStatus.DEAD, 5);
			run(Duration.ofMillis(6100));
			assertThat(statusOfPeer()).isNull();
		}

		@Test
		void whoStoppedForgetsNobody() {
			lost(MemberStatus.DEAD, 5);
			node().protocol().stop();
			run(FORGET_AFTER.multipliedBy(2));
			assertThat(statusOfPeer()).isEqualTo(MemberStatus.DEAD);
		}

	}

	@Nested
	class OldRumors {

		@ParameterizedTest
		@CsvSource({ "ALIVE, 5", "SUSPECT, 5", "DEAD, 5", "LEFT, 4", "ALIVE, 1" })
		void reviveNobody(MemberStatus status, long incarnation) {
			forgotten(MemberStatus.DEAD, 5);
			tell(peerRumor(status, incarnation));
			assertThat(statusOfPeer()).isNull();
			assertThat(node().protocol().state().pendingRumors()).isZero();
		}

		@Test
		void reviveNobodyWhenTheyComeInAnExchangeEither() {
			forgotten(MemberStatus.DEAD, 5);
			sync(peerRumor(MemberStatus.ALIVE, 5));
			assertThat(statusOfPeer()).isNull();
		}

		@ParameterizedTest
		@CsvSource({ "ALIVE, 6", "DEAD, 6", "LEFT, 5" })
		void newOnesDo(MemberStatus status, long incarnation) {
			forgotten(MemberStatus.DEAD, 5);
			tell(peerRumor(status, incarnation));
			assertThat(statusOfPeer()).isEqualTo(status);
			assertThat(node().protocol().state().tombstones()).isZero();
		}

		@Test
		void areBelievedAgainWhenTheyWereNotHeardForLong() {
			forgotten(MemberStatus.DEAD, 5);
			run(FORGET_AFTER.plus(DELAY));
			tell(peerRumor(MemberStatus.ALIVE, 5));
			assertThat(statusOfPeer()).isEqualTo(MemberStatus.ALIVE);
		}

		/** A node of the reference forgets nobody and tells what it knows for ever. */
		@Test
		void areRefusedForAsLongAsTheyAreTold() {
			forgotten(MemberStatus.DEAD, 5);
			int events = node().events().size();
			for (int minute = 0; minute < 200; minute++) {
				tell(peerRumor(MemberStatus.DEAD, 5));
				run(Duration.ofMinutes(1));
			}
			assertThat(node().events()).hasSize(events);
		}

		@Test
		void countAgainWithoutTheExtension() {
			forgotten(MemberStatus.DEAD, 5);
			node().protocol().setOptions(MembershipOptions.REFERENCE);
			tell(peerRumor(MemberStatus.ALIVE, 5));
			assertThat(statusOfPeer()).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void countAgainWhenTheApplicationRemovedTheMember() {
			lost(MemberStatus.DEAD, 5);
			node().protocol().removeMember(peerUri());
			tell(peerRumor(MemberStatus.ALIVE, 5));
			assertThat(statusOfPeer()).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void countAgainWhenTheApplicationRemovesWhoIsForgotten() {
			forgotten(MemberStatus.DEAD, 5);
			node().protocol().removeMember(peerUri());
			tell(peerRumor(MemberStatus.ALIVE, 5));
			assertThat(statusOfPeer()).isEqualTo(MemberStatus.ALIVE);
		}

	}

	@Nested
	class TheForgotten {

		@ParameterizedTest
		@EnumSource(names = { "DEAD", "LEFT" })
		void isToldThatItIsDeadSoThatItRefutes(MemberStatus status) {
			forgotten(status, 5);
			ForgettingTests.this.peer.ping(node().uri(), peerRumor(MemberStatus.ALIVE, 1));
			run(Duration.ofMillis(1));
			assertThat(ForgettingTests.this.peer.last(Message.Ack.class).events()).first()
				.isEqualTo(rumor(peerUri(), MemberStatus.DEAD, 5));
		}

		@Test
		void isToldWhenItIsGreetedToo() {
			forgotten(MemberStatus.DEAD, 5);
			node().protocol().greet(peerUri());
			run(Duration.ofMillis(1));
			assertThat(ForgettingTests.this.peer.last(Message.Ping.class).events()).first()
				.isEqualTo(rumor(peerUri(), MemberStatus.DEAD, 5));
		}

		@ParameterizedTest
		@EnumSource(names = { "ALIVE", "SUSPECT" })
		void isAskedWhenSomebodySaysThatItIsThere(MemberStatus status) {
			forgotten(MemberStatus.LEFT, 5);
			tell(peerRumor(status, 5));
			run(Duration.ofMillis(210));
			assertThat(ForgettingTests.this.peer.last(Message.Ping.class).events()).first()
				.isEqualTo(rumor(peerUri(), MemberStatus.DEAD, 5));
		}

		@Test
		void isAskedTooWhenThatIsSaidInAnExchange() {
			forgotten(MemberStatus.DEAD, 5);
			sync(peerRumor(MemberStatus.ALIVE, 4));
			run(Duration.ofMillis(210));
			assertThat(ForgettingTests.this.peer.received(Message.Ping.class)).hasSize(1);
		}

		@ParameterizedTest
		@EnumSource(names = { "DEAD", "LEFT" })
		void isNotAskedWhenOthersRememberItsEnd(MemberStatus status) {
			forgotten(MemberStatus.LEFT, 5);
			tell(peerRumor(status, 5));
			run(Duration.ofSeconds(10));
			assertThat(ForgettingTests.this.peer.received()).isEmpty();
		}

		@Test
		void isNotAskedByWhoStopped() {
			forgotten(MemberStatus.DEAD, 5);
			tell(peerRumor(MemberStatus.ALIVE, 5));
			node().protocol().stop();
			run(Duration.ofSeconds(10));
			assertThat(ForgettingTests.this.peer.received()).isEmpty();
		}

		/** Nobody shall take for dead who may be alive; it is asked itself instead. */
		@Test
		void isNotToldAboutInAnExchange() {
			forgotten(MemberStatus.DEAD, 5);
			sync(peerRumor(MemberStatus.ALIVE, 5));
			assertThat(friend().last(Message.SyncAck.class).entries()).extracting(Rumor::uri).doesNotContain(peerUri());
		}

		@Test
		void isBackWhenTheApplicationAddsIt() {
			forgotten(MemberStatus.DEAD, 5);
			node().protocol().addMember(peerUri());
			assertThat(Objects.requireNonNull(node().member(peerUri()))).extracting(Member::status, Member::incarnation)
				.containsExactly(MemberStatus.ALIVE, 6L);
		}

		@Test
		void mayGiveItsUriToThisNode() {
			forgotten(MemberStatus.DEAD, 5);
			mesh().remove(ForgettingTests.this.peer);
			node().moveTo(peerUri());
			assertThat(node().myself()).extracting(Member::status, Member::incarnation)
				.containsExactly(MemberStatus.ALIVE, 6L);
			assertThat(node().protocol().state().tombstones()).isZero();
		}

		@ParameterizedTest
		@CsvSource({ "true", "false" })
		void isBackAsANewProcessThatKnowsNothing(boolean alsoForgets) {
			forgotten(MemberStatus.DEAD, 5);
			mesh().remove(ForgettingTests.this.peer);
			VirtualNode reborn = mesh().node(2, alsoForgets ? FORGETTING : MembershipOptions.REFERENCE).begin();
			reborn.protocol().join(List.of(node().uri()), 0);
			mesh().until("both know each other", Duration.ofSeconds(5),
					() -> node().sees(reborn, MemberStatus.ALIVE) && reborn.sees(node(), MemberStatus.ALIVE));
			assertThat(reborn.myself().incarnation()).isEqualTo(6);
		}

	}

	/** Loses a member that was alive. */
	private void lost(MemberStatus status, long incarnation) {
		tell(peerRumor(MemberStatus.ALIVE, incarnation));
		tell(peerRumor(status, incarnation));
	}

	private void forgotten(MemberStatus status, long incarnation) {
		lost(status, incarnation);
		run(FORGET_AFTER.plus(DELAY));
		assertThat(statusOfPeer()).isNull();
		assertThat(this.node.protocol().state().tombstones()).isEqualTo(1);
		this.peer.forget();
	}

	private void tell(Rumor rumor) {
		this.friend.tell(this.node.uri(), rumor);
		run(Duration.ofMillis(1));
	}

	private void sync(Rumor entry) {
		this.friend.send(this.node.uri(), new Message.SyncRequest(this.friend.uri(), List.of(entry), List.of()));
		run(Duration.ofMillis(1));
	}

	private VirtualMesh mesh() {
		return this.mesh;
	}

	private VirtualNode node() {
		return this.node;
	}

	private FakePeer friend() {
		return this.friend;
	}

	private MemberUri peerUri() {
		return this.peer.uri();
	}

	private Rumor peerRumor(MemberStatus status, long incarnation) {
		return this.peer.rumor(status, incarnation);
	}

	private @Nullable MemberStatus statusOfPeer() {
		return this.node.statusOf(this.peer);
	}

	private Object lastEvent() {
		return this.node.events().get(this.node.events().size() - 1);
	}

	private void run(Duration duration) {
		this.mesh.advance(duration);
	}

}
