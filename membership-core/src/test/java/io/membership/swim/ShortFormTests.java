package io.membership.swim;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.membership.DropReason;
import io.membership.MemberStatus;
import io.membership.MembershipExtension;
import io.membership.MembershipObserver.ProbeOutcome;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static io.membership.swim.Samples.urisOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Probes in the short form, between members that understand it.
 */
class ShortFormTests {

	private static final MembershipOptions WITH_DIGEST = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.VIEW_DIGEST))
		.build();

	private final VirtualMesh mesh = new VirtualMesh(41);

	private final VirtualNode node = this.mesh.node(1, WITH_DIGEST);

	private final FakePeer peer = this.mesh.peer(2);

	@Nested
	class TheProbe {

		@Test
		void ofACapableMemberIsShort() {
			beginWithCapablePeer();
			assertThat(nextPing().events()).isEmpty();
		}

		@Test
		void tellsTheDigestOfTheView() {
			beginWithCapablePeer();
			assertThat(nextPing().digest()).isEqualTo(digest());
		}

		@Test
		void takesFewBytes() {
			beginWithCapablePeer();
			nextPing();
			int last = peer().received().lastIndexOf(peer().last(Message.ShortPing.class));
			int withoutSender = peer().sizes().get(last) - node().uri().toString().length();
			assertThat(withoutSender).isLessThanOrEqualTo(18);
		}

		@Test
		void ofAReferenceMemberIsInTheFullForm() {
			node().begin(peer().answering());
			run(5000);
			assertThat(peer().received(Message.ShortPing.class)).isEmpty();
			assertThat(peer().received(Message.Ping.class)).isNotEmpty();
		}

		@Test
		void ofADeadMemberIsInTheFullForm() {
			beginWithCapablePeer();
			peer().tell(node().uri(), peer().rumor(MemberStatus.DEAD, 1));
			run(1);
			peer().forget();
			run(5000);
			assertThat(peer().received(Message.ShortPing.class)).isEmpty();
			assertThat(peer().received(Message.Ping.class)).isNotEmpty();
		}

		@Test
		void ofANodeThatIsNotAliveIsInTheFullForm() {
			beginWithCapablePeer();
			mesh().cut(node().uri(), node().uri());
			mesh().until("this node suspects itself", Duration.ofSeconds(30),
					() -> node().sees(node(), MemberStatus.SUSPECT));
			run(10);
			peer().forget();
			run(10_000);
			assertThat(peer().received(Message.ShortPing.class)).isEmpty();
		}

		@Test
		void withoutATimeoutIsInTheFullForm() {
			beginWithCapablePeer();
			node().protocol().setOptions(WITH_DIGEST.toBuilder().ackTimeout(Duration.ZERO).build());
			run(10);
			peer().forget();
			run(3000);
			assertThat(peer().received(Message.ShortPing.class)).isEmpty();
		}

		@Test
		void saysMoreAsLongAsTheViewsDiffer() {
			beginWithCapablePeer();
			node().protocol().setPayload(Map.of("k", "v"));
			run(1);
			exhaustRumors();
			Message.ShortPing ping = nextPing();
			assertThat(urisOf(ping.events())).containsExactly(peer().uri(), node().uri());
			answer(digest(), ping.sequence());
			run(1);
			assertThat(nextPing().events()).isEmpty();
		}

		@Test
		void carriesRumors() {
			beginWithCapablePeer();
			FakePeer other = mesh().peer(7);
			other.tell(node().uri(), rumor(uri(8), MemberStatus.LEFT, 4).withTimeToLive(5));
			run(1);
			assertThat(urisOf(nextPing().events())).contains(uri(8));
		}

		@Test
		void ofThisNodeItselfIsShortAsWell() {
			node().begin();
			int before = node().environment().counts().probed().size();
			run(10_000);
			assertThat(node().environment().counts().probed()).hasSizeGreaterThan(before)
				.allMatch((outcome) -> outcome == ProbeOutcome.DIRECT);
			assertThat(mesh().largestDatagram()).isLessThan(60);
		}

		@Test
		void isAnsweredByTargetAndNumber() {
			beginWithCapablePeer();
			Message.ShortPing ping = nextPing();
			int before = answered();
			answer(ping.digest(), (ping.sequence() + 1) % 65536);
			FakePeer other = mesh().peer(7);
			other.send(node().uri(), new Message.ShortAck(other.uri(), ping.sequence(), 0, 1, List.of()));
			run(1);
			assertThat(answered()).isEqualTo(before);
			answer(ping.digest(), ping.sequence());
			run(1);
			assertThat(answered()).isEqualTo(before + 1);
		}

		@Test
		void tellsHowFarTheOthersClockIsAhead() {
			beginWithCapablePeer();
			Message.ShortPing ping = nextPing();
			long ahead = mesh().time().micros() + 1_000_000;
			peer().send(node().uri(),
					new Message.ShortAck(peer().uri(), ping.sequence(), ping.digest(), ahead, List.of()));
			run(1);
			assertThat(node().member(peer().uri()).clockDelta()).isBetween(Duration.ofMillis(999),
					Duration.ofMillis(1001));
		}

	}

	@Nested
	class Silence {

		@Test
		void isFollowedByTheFullFormOfTheSameProbe() {
			beginWithCapablePeer();
			nextPing();
			peer().forget();
			run(201);
			assertThat(peer().received()).hasOnlyElementsOfType(Message.Ping.class).hasSize(1);
			Message.Ping ping = peer().last(Message.Ping.class);
			peer().ack(node().uri(), ping.data());
			run(1000);
			assertThat(node().statusOf(peer())).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void ofOneThatWasReplacedByAReferenceNodeIsNotSuspicious() {
			beginWithCapablePeer();
			peer().answering();
			run(20_000);
			assertThat(node().environment().counts().transitions()).extracting("to").containsOnly(MemberStatus.ALIVE);
			peer().forget();
			run(5000);
			assertThat(peer().received(Message.ShortPing.class)).isEmpty();
		}

		@Test
		void ofOneThatIsGoneIsSuspicious() {
			beginWithCapablePeer();
			nextPing();
			run(1500);
			assertThat(node().statusOf(peer())).isEqualTo(MemberStatus.SUSPECT);
		}

		@Test
		void aLateAnswerInTheShortFormCounts() {
			beginWithCapablePeer();
			Message.ShortPing ping = nextPing();
			run(500);
			answer(ping.digest(), ping.sequence());
			run(1000);
			assertThat(node().statusOf(peer())).isEqualTo(MemberStatus.ALIVE);
		}

	}

	@Nested
	class TheAnswer {

		@Test
		void toAnEqualViewSaysNothing() {
			beginWithCapablePeer();
			exhaustRumors();
			Message.ShortAck ack = answerTo(digest(), 65535);
			assertThat(ack.events()).isEmpty();
			assertThat(ack.sequence()).isEqualTo(65535);
			assertThat(ack.digest()).isEqualTo(digest());
			assertThat(ack.answeredAt()).isEqualTo(mesh().time().micros() - 800);
		}

		@Test
		void toAnotherViewSaysWhatIsThoughtOfTheSource() {
			beginWithCapablePeer();
			exhaustRumors();
			Message.ShortAck ack = answerTo(4711, 3);
			assertThat(urisOf(ack.events())).containsExactly(peer().uri(), node().uri());
			assertThat(ack.digest()).isEqualTo(digest());
		}

		@Test
		void toOneThatIsNotAliveSaysSo() {
			beginWithCapablePeer();
			peer().tell(node().uri(), peer().rumor(MemberStatus.SUSPECT, 1));
			run(1);
			exhaustRumors();
			assertThat(answerTo(digest(), 3).events()).first()
				.extracting(Rumor::status)
				.isEqualTo(MemberStatus.SUSPECT);
		}

		@Test
		void toAStrangerIntroducesThisNode() {
			node().begin();
			exhaustRumors();
			assertThat(urisOf(answerTo(4711, 3).events())).containsExactly(node().uri());
		}

		@Test
		void withoutTheExtensionThereIsNone() {
			VirtualNode plain = mesh().node(3).begin();
			peer().send(plain.uri(), new Message.ShortPing(peer().uri(), 3, 0, List.of(alive(5))));
			run(1);
			assertThat(peer().received(Message.ShortAck.class)).isEmpty();
			assertThat(plain.environment().counts().dropped()).containsExactly(DropReason.UNKNOWN_TYPE);
			assertThat(plain.member(uri(5))).isNotNull();
		}

		@Test
		void ofANodeThatRestrictsItsViewThereIsNone() {
			beginWithCapablePeer();
			node().protocol().setAllowedMembers(List.of(peer().uri()));
			peer().forget();
			peer().send(node().uri(), new Message.ShortPing(peer().uri(), 3, 0, List.of()));
			run(3000);
			assertThat(peer().received(Message.ShortAck.class)).isEmpty();
			assertThat(peer().received(Message.ShortPing.class)).isEmpty();
			assertThat(Introduction.parse(peer().last(Message.Ping.class).data().extra().get("x"))).isNull();
		}

		private Message.ShortAck answerTo(long digest, int sequence) {
			peer().send(node().uri(), new Message.ShortPing(peer().uri(), sequence, digest, List.of()));
			run(1);
			return peer().last(Message.ShortAck.class);
		}

	}

	@Nested
	class Filler {

		@Test
		void isForThoseWhoCannotCompareViews() {
			beginWithCapablePeer();
			FakePeer other = mesh().peer(7);
			other.tell(node().uri(), other.alive(1), alive(5), alive(6));
			run(1);
			exhaustRumors();
			other.ping(node().uri());
			node().protocol().greet(peer().uri());
			run(1);
			assertThat(urisOf(other.last(Message.Ack.class).events())).contains(uri(5), uri(6), peer().uri());
			assertThat(urisOf(peer().last(Message.Ping.class).events())).containsExactly(peer().uri(), node().uri());
		}

	}

	@Test
	void aMixedMeshStaysAlive() {
		List<VirtualNode> capable = List.of(this.node, this.mesh.node(3, WITH_DIGEST), this.mesh.node(4, WITH_DIGEST));
		List<VirtualNode> plain = List.of(this.mesh.node(5), this.mesh.node(6), this.mesh.node(7));
		capable.forEach((each) -> each.begin(plain.get(0)));
		plain.forEach((each) -> each.begin(plain.get(0)));
		run(30_000);
		for (VirtualNode each : capable) {
			assertThat(each.seesAlive(6)).as("%s in %s", each, this.mesh).isTrue();
			assertThat(each.environment().counts().probed()).containsOnly(ProbeOutcome.DIRECT);
		}
		plain.forEach((each) -> assertThat(each.environment().counts().dropped()).isEmpty());
	}

	private void beginWithCapablePeer() {
		this.node.begin();
		this.peer.tell(this.node.uri(), this.peer.alive(1).with(Supplement.ofSelf(Ability.VIEW_DIGEST.bit(), -1)));
		run(1);
		// What was said at the beginning is said, and the views are known to be equal
		exhaustRumors();
		agree();
	}

	private void agree() {
		this.peer.send(this.node.uri(), new Message.ShortPing(this.peer.uri(), 0, digest(), List.of()));
		run(1);
	}

	/** Takes all rumors off the node, as often as they have to be sent. */
	private void exhaustRumors() {
		FakePeer stranger = this.mesh.peer(99);
		for (int i = 0; i < 100 && this.node.protocol().state().pendingRumors() > 0; i++) {
			stranger.ping(this.node.uri());
			run(1);
		}
		assertThat(this.node.protocol().state().pendingRumors()).isZero();
	}

	private Message.ShortPing nextPing() {
		this.peer.forget();
		this.mesh.until("the peer is probed", Duration.ofSeconds(4),
				() -> !this.peer.received(Message.ShortPing.class).isEmpty());
		return this.peer.last(Message.ShortPing.class);
	}

	private void answer(long digest, long sequence) {
		this.peer.send(this.node.uri(),
				new Message.ShortAck(this.peer.uri(), sequence, digest, this.mesh.time().micros(), List.of()));
	}

	private int answered() {
		return (int) this.node.environment()
			.counts()
			.probed()
			.stream()
			.filter((outcome) -> outcome == ProbeOutcome.DIRECT)
			.count();
	}

	private long digest() {
		return this.node.protocol().peers().digest();
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

	private void run(int millis) {
		this.mesh.advance(Duration.ofMillis(millis));
	}

}
