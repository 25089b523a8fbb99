package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.membership.DropReason;
import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.payload;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static io.membership.swim.Samples.urisOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What members tell each other when their views differ, and when they ask.
 */
class RangeExchangeTests {

	private static final MembershipOptions WITH_DIGEST = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.VIEW_DIGEST))
		.build();

	private static final int PERIOD = 1000;

	private final VirtualMesh mesh = new VirtualMesh(43);

	private final VirtualNode node = this.mesh.node(1, WITH_DIGEST);

	private final FakePeer peer = this.mesh.peer(2);

	@Nested
	class TheAnswerToDigests {

		@Test
		void tellsWhatIsKnownInThePartsThatDiffer() {
			begin();
			peer().tell(node().uri(), alive(5), rumor(uri(6), MemberStatus.DEAD, 3));
			List<Message.SyncRange> answers = ask(List.of(0L));
			assertThat(answers).singleElement().satisfies((range) -> {
				assertThat(urisOf(range.entries())).containsExactlyInAnyOrder(uri(1), uri(2), uri(5), uri(6));
				assertThat(range.complete()).isTrue();
				assertThat(range.from()).isZero();
				assertThat(range.to()).isEqualTo(-1L);
			});
		}

		@Test
		void tellsNothingOfPartsThatAreEqual() {
			begin();
			peer().tell(node().uri(), alive(5), alive(6), alive(7), alive(8));
			run(1);
			List<Long> digests = new ArrayList<>(view().digests(8));
			int odd = digests.indexOf(ViewDigest.contribution(aloneInItsPart()));
			digests.set(odd, 4711L);
			assertThat(ask(digests)).singleElement()
				.satisfies((range) -> assertThat(urisOf(range.entries())).containsExactly(aloneInItsPart().uri()));
		}

		@Test
		void isNoneIfTheViewsAreEqual() {
			begin();
			assertThat(ask(view().digests(4))).isEmpty();
		}

		@Test
		void tellsWhatMembersCan() {
			begin();
			assertThat(ask(List.of(0L)).get(0).entries()).filteredOn((entry) -> entry.uri().equals(peer().uri()))
				.extracting(Rumor::supplement)
				.containsExactly(Supplement.ofSelf(Ability.VIEW_DIGEST.bit(), -1));
		}

		@Test
		void isNotForStrangers() {
			node().begin();
			assertThat(ask(List.of(0L))).isEmpty();
			assertThat(node().environment().counts().dropped()).containsExactly(DropReason.INCOMPLETE);
		}

		@Test
		void comesInAnOrderlyManner() {
			begin();
			for (int i = 100; i < 500; i += 40) {
				peer().tell(node().uri(), IntStream.range(i, i + 40).mapToObj(Samples::alive).toArray(Rumor[]::new));
			}
			run(1);
			peer().forget();
			send(List.of(0L));
			send(List.of(0L));
			run(1);
			assertThat(peer().received(Message.SyncRange.class)).hasSize(1);
			run(10);
			assertThat(peer().received(Message.SyncRange.class)).hasSize(2);
			run(PERIOD);
			assertThat(peer().received(Message.SyncRange.class)).flatMap(Message.SyncRange::entries)
				.filteredOn((entry) -> !Set.of(uri(1), uri(2)).contains(entry.uri()))
				.hasSize(400);
		}

		@Test
		void isNoneWithoutTheExtension() {
			VirtualNode plain = mesh().node(3).begin();
			peer().tell(plain.uri(), peer().alive(1));
			peer().send(plain.uri(), new Message.SyncDigests(peer().uri(), List.of(0L), List.of()));
			peer().send(plain.uri(), range(true, alive(8)));
			run(100);
			assertThat(peer().received(Message.SyncRange.class)).isEmpty();
			assertThat(plain.environment().counts().dropped()).containsExactly(DropReason.UNKNOWN_TYPE,
					DropReason.UNKNOWN_TYPE);
			assertThat(plain.member(uri(8))).isNull();
		}

		private Rumor aloneInItsPart() {
			List<Long> digests = view().digests(8);
			return view().within(new HashedView.Range(0, HashedView.HIGHEST))
				.stream()
				.map(HashedView.Entry::known)
				.filter((known) -> digests.contains(ViewDigest.contribution(known)))
				.findFirst()
				.orElseThrow();
		}

		private List<Message.SyncRange> ask(List<Long> digests) {
			peer().forget();
			send(digests);
			run(5);
			return peer().received(Message.SyncRange.class);
		}

		private void send(List<Long> digests) {
			peer().send(node().uri(), new Message.SyncDigests(peer().uri(), digests, List.of()));
		}

	}

	@Nested
	class ARange {

		@Test
		void isBelieved() {
			begin();
			tell(range(false, alive(5), rumor(uri(6), MemberStatus.LEFT, 3, payload("k", "v"))));
			assertThat(node().member(uri(5)).status()).isEqualTo(MemberStatus.ALIVE);
			assertThat(node().member(uri(6)).payload()).isEqualTo(Map.of("k", "v"));
			assertThat(node().events()).last()
				.extracting("evidence")
				.isEqualTo(Evidence.reported(Cause.SYNC, peer().uri()));
		}

		@Test
		void isAnsweredWithWhatIsKnownBetter() {
			beginAnExchange(alive(5), rumor(uri(6), MemberStatus.DEAD, 3), alive(7));
			tell(range(true, alive(1), alive(2), alive(6), alive(7)));
			Message.SyncRange answer = peer().last(Message.SyncRange.class);
			assertThat(urisOf(answer.entries())).containsExactlyInAnyOrder(uri(5), uri(6));
			assertThat(answer.complete()).isFalse();
		}

		@Test
		void isAnsweredOnlyForItself() {
			beginAnExchange(alive(5), alive(6), alive(7), alive(8), alive(9));
			long middle = ViewDigest.hash(uri(7));
			tell(new Message.SyncRange(peer().uri(), 0, middle, true, List.of(), List.of()));
			assertThat(peer().last(Message.SyncRange.class).entries()).isNotEmpty()
				.allMatch((entry) -> Long.compareUnsigned(ViewDigest.hash(entry.uri()), middle) <= 0);
		}

		@Test
		void thatIsNotCompleteIsNotAnswered() {
			beginAnExchange(alive(5));
			tell(range(false, alive(2)));
			assertThat(peer().received(Message.SyncRange.class)).isEmpty();
		}

		@Test
		void thatNobodyAskedForIsNotAnswered() {
			begin();
			tell(range(true, alive(2)));
			assertThat(peer().received(Message.SyncRange.class)).isEmpty();
		}

		@Test
		void aboutThisNodeIsRefuted() {
			beginAnExchange();
			tell(range(true, rumor(uri(1), MemberStatus.DEAD, 4), alive(2)));
			assertThat(node().myself().incarnation()).isEqualTo(5);
			assertThat(peer().last(Message.SyncRange.class).entries()).singleElement()
				.extracting(Rumor::uri, Rumor::status, Rumor::incarnation)
				.containsExactly(uri(1), MemberStatus.ALIVE, 5L);
		}

		@Test
		void withAnotherPayloadOfThisNodeIsCorrectedOnce() {
			node().protocol();
			begin();
			node().protocol().setPayload(Map.of("k", "v"));
			tell(range(true, rumor(uri(1), MemberStatus.ALIVE, 2)));
			assertThat(node().myself().incarnation()).isEqualTo(3);
			assertThat(node().myself().payload()).isEqualTo(Map.of("k", "v"));
			tell(range(true, rumor(uri(1), MemberStatus.ALIVE, 3, payload("k", "w"))));
			assertThat(node().myself().incarnation()).isEqualTo(3);
			run(10_000);
			tell(range(true, rumor(uri(1), MemberStatus.ALIVE, 3, payload("k", "w"))));
			assertThat(node().myself().incarnation()).isEqualTo(4);
		}

		@Test
		void withThePayloadOfThisNodeInAnotherEncodingIsLeftAlone() {
			begin();
			node().protocol().setPayload(Map.of("k", 3));
			tell(range(true, rumor(uri(1), MemberStatus.ALIVE, 2, payload("k", 3.0))));
			assertThat(node().myself().incarnation()).isEqualTo(2);
		}

		private void tell(Message message) {
			peer().forget();
			peer().send(node().uri(), message);
			run(5);
		}

	}

	@Nested
	class TheQuestion {

		@Test
		void isAskedAtOnceByOneThatHasJustBegun() {
			begin();
			answerNextProbe(4711);
			Message.SyncDigests question = peer().last(Message.SyncDigests.class);
			assertThat(question.digests()).containsExactly(digest());
			assertThat(urisOf(question.events())).containsExactly(node().uri());
		}

		@Test
		void isNotAskedIfTheViewsAreEqual() {
			begin();
			for (int i = 0; i < 10; i++) {
				answerNextProbe(digest());
			}
			assertThat(peer().received(Message.SyncDigests.class)).isEmpty();
		}

		@Test
		void waitsForRumorsThatAreOnTheirWay() {
			beginSettled();
			untilProbed();
			node().protocol().setPayload(Map.of("k", "v"));
			answer(4711);
			assertThat(peer().received(Message.SyncDigests.class)).isEmpty();
			answerNextProbe(4711);
			assertThat(peer().received(Message.SyncDigests.class)).hasSize(1);
		}

		@Test
		void isAskedLessAndLessOftenIfItIsOfNoUse() {
			beginSettled();
			List<Long> times = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				answerNextProbe(4711);
				if (!peer().received(Message.SyncDigests.class).isEmpty()) {
					times.add(mesh().time().elapsed().toMillis());
					peer().send(node().uri(), range(true, peer().alive(1), alive(1)));
					peer().forget();
				}
			}
			assertThat(times).hasSizeGreaterThan(4);
			assertThat(times.get(1) - times.get(0)).isBetween(2000L, 6000L);
			assertThat(times.get(times.size() - 1) - times.get(times.size() - 2)).isGreaterThanOrEqualTo(10_000);
		}

		@Test
		void isAskedAgainSoonIfItWasOfUse() {
			beginSettled();
			answerNextProbe(4711);
			for (int i = 0; i < 5; i++) {
				assertThat(peer().received(Message.SyncDigests.class)).hasSize(1);
				peer().send(node().uri(), range(true, peer().alive(2 + i), alive(1)));
				peer().forget();
				untilProbed();
				node().protocol().setPayload(Map.of("k", i));
				answer(4711);
			}
		}

		@Test
		void isAskedIfNobodySeesTheMeshAlikeForLong() {
			beginSettled();
			int answers = 0;
			while (answers < 100 && peer().received(Message.SyncDigests.class).isEmpty()) {
				answers++;
				untilProbed();
				node().protocol().setPayload(Map.of("k", answers));
				answer(4711);
			}
			assertThat(peer().received(Message.SyncDigests.class)).hasSize(1);
			assertThat(mesh().time().elapsed()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
		}

		@Test
		void isNotAskedByANodeThatRestrictsItsView() {
			begin();
			node().protocol().setAllowedMembers(List.of(node().uri(), peer().uri()));
			peer().answering();
			run(300_000);
			assertThat(peer().received(Message.SyncDigests.class)).isEmpty();
			assertThat(peer().received(Message.SyncRequest.class)).isNotEmpty();
		}

		@Test
		void hasAsManyDigestsAsFit() {
			begin();
			for (int i = 100; i < 3000; i += 40) {
				peer().tell(node().uri(),
						IntStream.range(i, i + 40)
							.mapToObj((number) -> rumor(uri(number), MemberStatus.DEAD, 1))
							.toArray(Rumor[]::new));
			}
			run(1);
			node().protocol().greet(peer().uri());
			run(1);
			Message.Ping ping = peer().last(Message.Ping.class);
			ProbeData data = ping.data();
			peer().ack(node().uri(), new ProbeData(data.source(), data.target(), data.sentAt(), ProbeData.UNKNOWN,
					Map.of("x", List.of(4L), "y", List.of(4L, 4711L))));
			run(1);
			assertThat(peer().last(Message.SyncDigests.class).digests()).hasSize(128);
			assertThat(mesh().largestDatagram()).isLessThanOrEqualTo(1472);
		}

		private void answerNextProbe(long digest) {
			untilProbed();
			answer(digest);
		}

		private void untilProbed() {
			int before = peer().received(Message.ShortPing.class).size();
			mesh().until("the peer is probed", Duration.ofSeconds(8),
					() -> peer().received(Message.ShortPing.class).size() > before);
		}

		private void answer(long digest) {
			Message.ShortPing ping = peer().last(Message.ShortPing.class);
			peer().send(node().uri(),
					new Message.ShortAck(peer().uri(), ping.sequence(), digest, mesh().time().micros(), List.of()));
			run(1);
		}

		private void beginSettled() {
			begin();
			answerNextProbe(digest());
			peer().forget();
		}

	}

	@Nested
	class FullState {

		@Test
		void isNotExchangedAmongThoseWhoCompareViews() {
			begin();
			run(60_000);
			assertThat(peer().received(Message.SyncRequest.class)).isEmpty();
		}

		@Test
		void isExchangedWithOthers() {
			node().begin(peer().answering());
			run(60_000);
			assertThat(peer().received(Message.SyncRequest.class)).hasSizeGreaterThan(3);
		}

	}

	@Test
	void aMixedMeshBecomesOne() {
		List<VirtualNode> nodes = new ArrayList<>();
		for (int i = 10; i < 30; i++) {
			VirtualNode each = this.mesh.node(i, (i % 2 == 0) ? WITH_DIGEST : MembershipOptions.REFERENCE).begin();
			nodes.add(each);
			each.protocol().join(List.of(uri(10), uri(11)), 0);
		}
		this.mesh.until("all know all", Duration.ofSeconds(20),
				() -> nodes.stream().allMatch((each) -> each.seesAlive(20)));
		nodes.get(3).protocol().setPayload(Map.of("k", "v"));
		nodes.get(4).protocol().setPayload(Map.of("k", "v"));
		this.mesh.until("all know the payloads", Duration.ofSeconds(20),
				() -> nodes.stream()
					.allMatch((each) -> each.member(uri(13)).payload().containsKey("k")
							&& each.member(uri(14)).payload().containsKey("k")));
		nodes.forEach((each) -> assertThat(each.environment().counts().dropped()).as("%s", each).isEmpty());
	}

	private void begin() {
		this.node.begin();
		this.peer.tell(this.node.uri(), this.peer.alive(1).with(Supplement.ofSelf(Ability.VIEW_DIGEST.bit(), -1)));
		run(1);
	}

	/** Brings the node to ask the peer. */
	private void beginAnExchange(Rumor... known) {
		begin();
		this.peer.tell(this.node.uri(), known);
		run(1);
		this.mesh.until("the peer is probed", Duration.ofSeconds(8),
				() -> !this.peer.received(Message.ShortPing.class).isEmpty());
		Message.ShortPing ping = this.peer.last(Message.ShortPing.class);
		this.peer.send(this.node.uri(),
				new Message.ShortAck(this.peer.uri(), ping.sequence(), 4711, this.mesh.time().micros(), List.of()));
		run(1);
		assertThat(this.peer.received(Message.SyncDigests.class)).hasSize(1);
	}

	private Message.SyncRange range(boolean complete, Rumor... entries) {
		return new Message.SyncRange(this.peer.uri(), 0, HashedView.HIGHEST, complete, List.of(entries), List.of());
	}

	/** Returns what the node knows, as it shows it. */
	private HashedView view() {
		MemberTable table = new MemberTable(VirtualEnvironment.lonely(), this.node.uri());
		this.node.environment()
			.view()
			.values()
			.forEach((member) -> table.adopt(rumor(member.uri(), member.status(), member.incarnation()),
					Samples.EVIDENCE));
		return HashedView.of(table);
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
