package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import io.membership.ProbeResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Saying goodbye.
 */
class DepartureTests {

	private static final Duration A_MOMENT = Duration.ofMillis(2);

	private final VirtualMesh mesh = new VirtualMesh(4);

	private final VirtualNode node = this.mesh.node(1);

	private final FakePeer peer = this.mesh.peer(2);

	private final FakePeer other = this.mesh.peer(3);

	@BeforeEach
	void begin() {
		this.node.begin(this.peer.answering(), this.other.answering());
		this.node.protocol().setPayload(Map.of("k", "v"));
		this.mesh.advance(Duration.ofMillis(2500));
		this.peer.forget();
		this.other.forget();
	}

	@Nested
	class Leaving {

		@Test
		void isToldToEveryAliveMember() {
			leave();
			assertThat(List.of(goodbyes(peer()), goodbyes(other()))).containsExactly(1, 1);
		}

		@Test
		void isOneEventWithoutPayloadInTheSameIncarnation() {
			leave();
			assertThat(peer().last(Message.Leave.class)).isEqualTo(new Message.Leave(node().uri(),
					List.of(rumor(node().uri(), MemberStatus.LEFT, 2).withTimeToLive(2))));
		}

		@ParameterizedTest
		@EnumSource(names = "ALIVE", mode = EnumSource.Mode.EXCLUDE)
		void isNotToldToThe(MemberStatus status) {
			other().tell(node().uri(), other().rumor(status, 1));
			mesh().advance(A_MOMENT);
			leave();
			assertThat(goodbyes(other())).isZero();
		}

		@Test
		void isSilence() {
			leave();
			peer().forget();
			peer().ping(node().uri());
			mesh().advance(Duration.ofMinutes(1));
			assertThat(peer().received()).isEmpty();
		}

		@Test
		void isVisibleToOneself() {
			leave();
			assertThat(node().myself().status()).isEqualTo(MemberStatus.LEFT);
		}

		@Test
		void isNotRefutedByOneself() {
			node().protocol().leave();
			peer().tell(node().uri(), rumor(node().uri(), MemberStatus.LEFT, 2));
			mesh().advance(A_MOMENT);
			assertThat(node().myself().status()).isEqualTo(MemberStatus.LEFT);
		}

		@Test
		void endsProbesThatAreInFlight() {
			List<ProbeResult> results = new ArrayList<>();
			node().protocol().probe(uri(9), results::add);
			node().protocol().leave();
			assertThat(results).containsExactly(new ProbeResult.NoResponse());
		}

		@Test
		void makesLaterProbesPointless() {
			leave();
			List<ProbeResult> results = new ArrayList<>();
			node().protocol().probe(peer().uri(), results::add);
			assertThat(results).containsExactly(SwimProtocol.NOT_RUNNING);
		}

		@Test
		void isBelievedAtOnce() {
			VirtualNode mate = mesh().node(5).begin(node());
			mesh().advance(Duration.ofSeconds(10));
			leave();
			assertThat(mate.statusOf(node())).isEqualTo(MemberStatus.LEFT);
		}

		@Test
		void isPassedOnToThoseWhoMissedIt() {
			VirtualNode mate = mesh().node(5).begin(node());
			VirtualNode deaf = mesh().node(6).begin(mate);
			mesh().until("all know each other", Duration.ofSeconds(30),
					() -> deaf.sees(node(), MemberStatus.ALIVE) && node().sees(deaf, MemberStatus.ALIVE));
			mesh().setLoss(node().uri(), deaf.uri(), 1);
			leave();
			mesh().until("the deaf one hears of it", Duration.ofSeconds(20),
					() -> deaf.sees(node(), MemberStatus.LEFT));
			assertThat(deaf.statusOf(node())).isEqualTo(MemberStatus.LEFT);
		}

		private void leave() {
			node().protocol().leave();
			mesh().advance(A_MOMENT);
		}

	}

	@Nested
	class MarkingOthers {

		@Test
		void isToldToEveryOtherAliveMemberInTheirName() {
			markPeerLeft();
			assertThat(other().last(Message.Leave.class)).isEqualTo(new Message.Leave(peer().uri(),
					List.of(rumor(peer().uri(), MemberStatus.LEFT, 1).withTimeToLive(2))));
		}

		@Test
		void isNotToldToThem() {
			markPeerLeft();
			assertThat(goodbyes(peer())).isZero();
		}

		@Test
		void isBelievedByOneself() {
			markPeerLeft();
			assertThat(node().statusOf(peer())).isEqualTo(MemberStatus.LEFT);
		}

		@Test
		void isDoneOnRequest() {
			markPeerLeft();
			assertThat(node().events()).last().extracting("evidence").isEqualTo(Evidence.own(Cause.REQUESTED));
		}

		@Test
		void isPassedOn() {
			markPeerLeft();
			other().ping(node().uri());
			mesh().advance(A_MOMENT);
			assertThat(other().last(Message.Ack.class).events())
				.contains(rumor(peer().uri(), MemberStatus.LEFT, 1).withTimeToLive(1));
		}

		@Test
		void worksOnce() {
			assertThat(List.of(markPeerLeft(), markPeerLeft())).containsExactly(true, false);
		}

		@Test
		void worksOnTheDead() {
			peer().tell(node().uri(), peer().rumor(MemberStatus.DEAD, 1));
			mesh().advance(A_MOMENT);
			assertThat(markPeerLeft()).isTrue();
		}

		@Test
		void doesNotWorkOnStrangers() {
			assertThat(node().protocol().markLeft(uri(9))).isFalse();
		}

		@Test
		void doesNotWorkOnOneself() {
			assertThat(node().protocol().markLeft(node().uri())).isFalse();
		}

		@Test
		void isRefutedByWhoLives() {
			VirtualNode mate = mesh().node(5).begin(node());
			mesh().until("they know each other", Duration.ofSeconds(10), () -> node().sees(mate, MemberStatus.ALIVE));
			node().protocol().markLeft(mate.uri());
			mesh().until("the mate is back", Duration.ofSeconds(10), () -> node().sees(mate, MemberStatus.ALIVE));
			assertThat(node().member(mate.uri()).incarnation()).isEqualTo(2);
		}

		private boolean markPeerLeft() {
			boolean marked = node().protocol().markLeft(peer().uri());
			mesh().advance(A_MOMENT);
			return marked;
		}

	}

	@Nested
	class WhoHasLeft {

		@BeforeEach
		void leave() {
			peer().tell(node().uri(), peer().rumor(MemberStatus.LEFT, 1));
			mesh().advance(A_MOMENT);
			peer().forget();
		}

		@Test
		void isNotProbedAnyMore() {
			mesh().advance(Duration.ofMinutes(1));
			assertThat(peer().received(Message.Ping.class)).isEmpty();
		}

		@ParameterizedTest
		@EnumSource
		void isNotRevivedInTheSameIncarnation(MemberStatus status) {
			other().tell(node().uri(), peer().rumor(status, 1));
			mesh().advance(A_MOMENT);
			assertThat(node().statusOf(peer())).isEqualTo(MemberStatus.LEFT);
		}

		@Test
		void isRevivedByAHigherIncarnation() {
			peer().tell(node().uri(), peer().alive(2));
			mesh().advance(A_MOMENT);
			assertThat(node().statusOf(peer())).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void isRevivedByBeingAddedWithTheNextIncarnation() {
			node().protocol().addMember(peer().uri());
			assertThat(node().member(peer().uri())).extracting("status", "incarnation")
				.containsExactly(MemberStatus.ALIVE, 2L);
		}

		@Test
		void keepsItsPayloadWhenItIsAdded() {
			other().tell(node().uri(), rumor(peer().uri(), MemberStatus.LEFT, 5, Samples.payload("k", "v")));
			mesh().advance(A_MOMENT);
			node().protocol().addMember(peer().uri());
			assertThat(node().member(peer().uri()).payload()).isEqualTo(Map.of("k", "v"));
		}

		@Test
		void answersAndStaysLeft() {
			peer().answering();
			mesh().advance(Duration.ofSeconds(20));
			assertThat(node().statusOf(peer())).isEqualTo(MemberStatus.LEFT);
		}

	}

	private static int goodbyes(FakePeer peer) {
		return peer.received(Message.Leave.class).size();
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

	private FakePeer other() {
		return this.other;
	}

}
