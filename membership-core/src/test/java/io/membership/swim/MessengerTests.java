package io.membership.swim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import io.membership.DropReason;
import io.membership.EncryptionKey;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import io.membership.wire.Sealing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.swim.Samples.EVIDENCE;
import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.payload;
import static io.membership.swim.Samples.payloadOfSize;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static io.membership.swim.Samples.urisOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which rumors ride along with a message, and how many fit.
 */
class MessengerTests {

	private static final MemberUri ME = uri(1);

	private static final MemberUri PEER = uri(2);

	private final List<Message> sent = new ArrayList<>();

	private final List<Integer> sizes = new ArrayList<>();

	private SendResult result = SendResult.SENT;

	private final VirtualEnvironment environment = new VirtualEnvironment(new VirtualTime(), new SplittableRandom(3),
			this::post);

	private MembershipOptions options = MembershipOptions.REFERENCE;

	private final MemberTable table = new MemberTable(this.environment, ME);

	private final Dissemination dissemination = new Dissemination(() -> this.options, this.table);

	private final Messenger messenger = new Messenger(this.environment, () -> this.options, this.table,
			this.dissemination, new Peers(this.environment, () -> this.options, this.table));

	private SendResult post(MemberUri to, Message message, byte[] datagram) {
		this.sent.add(message);
		this.sizes.add(datagram.length);
		return this.result;
	}

	@BeforeEach
	void appear() {
		this.table.adopt(rumor(ME, MemberStatus.ALIVE, 1, payload("me", 1)), EVIDENCE);
	}

	@Nested
	class TheOpinionOfTheRecipient {

		@Test
		void comesFirst() {
			know(2, 9);
			assertThat(pingPeer().get(0)).isEqualTo(alive(2));
		}

		@Test
		void hasNoPayload() {
			know(rumor(PEER, MemberStatus.ALIVE, 3, payload("k", "v")));
			assertThat(pingPeer().get(0).payload()).isNull();
		}

		@Test
		void saysThatItIsDead() {
			know(rumor(PEER, MemberStatus.DEAD, 3));
			assertThat(pingPeer().get(0)).isEqualTo(rumor(PEER, MemberStatus.DEAD, 3));
		}

		@Test
		void isThePendingRumorIfThereIsOne() {
			Rumor pending = rumor(PEER, MemberStatus.SUSPECT, 3).withTimeToLive(4);
			know(pending);
			pending(pending);
			assertThat(pingPeer().get(0)).isEqualTo(pending.withTimeToLive(3));
		}

		@Test
		void usesThePendingRumorUp() {
			know(2);
			pending(alive(2).withTimeToLive(1));
			pingPeer();
			assertThat(MessengerTests.this.dissemination.size()).isZero();
		}

		@Test
		void isMissingForAStranger() {
			assertThat(urisOf(pingPeer())).containsExactly(ME);
		}

		@Test
		void isNotWrittenTwiceForThisNodeItself() {
			assertThat(ping(ME)).containsExactly(rumor(ME, MemberStatus.ALIVE, 1));
		}

	}

	@Nested
	class ThisNodeItself {

		@Test
		void comesSecond() {
			know(2, 9);
			assertThat(pingPeer().get(1)).isEqualTo(rumor(ME, MemberStatus.ALIVE, 1, payload("me", 1)));
		}

		@Test
		void isItsPendingRumorIfThereIsOne() {
			Rumor pending = rumor(ME, MemberStatus.ALIVE, 1, payload("me", 1)).withTimeToLive(2);
			know(2, 9);
			pending(pending);
			assertThat(pingPeer().get(1)).isEqualTo(pending.withTimeToLive(1));
		}

		@Test
		void goesWithoutAPayloadThatDoesNotFit() {
			know(2);
			know(rumor(ME, MemberStatus.ALIVE, 2, payloadOfSize(1500)));
			assertThat(pingPeer()).containsExactly(alive(2), rumor(ME, MemberStatus.ALIVE, 2));
		}

		@Test
		void goesWithoutAPendingPayloadThatDoesNotFit() {
			know(2);
			Rumor tooLarge = rumor(ME, MemberStatus.ALIVE, 2, payloadOfSize(1500)).withTimeToLive(5);
			know(tooLarge);
			pending(tooLarge);
			assertThat(pingPeer()).containsExactly(alive(2), rumor(ME, MemberStatus.ALIVE, 2));
		}

	}

	@Nested
	class PendingRumors {

		@Test
		void comeBeforeFiller() {
			know(2, 12);
			pending(alive(7).withTimeToLive(2));
			pending(alive(5).withTimeToLive(2));
			assertThat(urisOf(pingPeer()).subList(0, 4)).containsExactly(PEER, ME, uri(7), uri(5));
		}

		@Test
		void carryOneLess() {
			know(2, 3);
			pending(alive(3).withTimeToLive(4));
			assertThat(pingPeer().get(2).timeToLive()).isEqualTo(3);
		}

		@Test
		void areAlsoThoseAboutWhoIsNoMember() {
			pending(rumor(uri(9), MemberStatus.DEAD, 1).withTimeToLive(2));
			assertThat(urisOf(pingPeer())).containsExactly(ME, uri(9));
		}

		@Test
		void areUsedUpByEveryMessageWhoeverGetsIt() {
			pending(rumor(uri(9), MemberStatus.DEAD, 1).withTimeToLive(2));
			ping(ME);
			pingPeer();
			assertThat(MessengerTests.this.dissemination.size()).isZero();
		}

		@Test
		void areNotUsedUpByAMessageThatCouldNotBeSent() {
			Rumor pending = rumor(uri(9), MemberStatus.DEAD, 1).withTimeToLive(2);
			pending(pending);
			MessengerTests.this.result = SendResult.UNRESOLVABLE;
			pingPeer();
			assertThat(MessengerTests.this.dissemination.about(uri(9)).rumor()).isEqualTo(pending);
		}

		@Test
		void areNotUsedUpIfTheyDoNotFit() {
			Rumor pending = rumor(uri(9), MemberStatus.DEAD, 1, payloadOfSize(1450)).withTimeToLive(2);
			pending(pending);
			pingPeer();
			assertThat(MessengerTests.this.dissemination.about(uri(9)).rumor()).isEqualTo(pending);
		}

		@Test
		void thatNeverFitDoNotHoldUpOthers() {
			for (int i = 11; i <= 20; i++) {
				pending(rumor(uri(i), MemberStatus.DEAD, 1, payloadOfSize(1450)).withTimeToLive(1000));
			}
			pending(rumor(uri(8), MemberStatus.DEAD, 1).withTimeToLive(1));
			for (int i = 0; i < 5; i++) {
				pingPeer();
			}
			assertThat(MessengerTests.this.sent)
				.anySatisfy((message) -> assertThat(urisOf(message.events())).contains(uri(8)));
		}

		@Test
		void letSmallerOnesPassIfTheyDoNotFit() {
			pending(rumor(uri(9), MemberStatus.DEAD, 1, payloadOfSize(1450)).withTimeToLive(2));
			pending(rumor(uri(8), MemberStatus.DEAD, 1).withTimeToLive(2));
			assertThat(urisOf(pingPeer())).containsExactly(ME, uri(8));
		}

	}

	@Nested
	class Filler {

		@Test
		void isEverybodyElseWithoutTimeToLive() {
			know(2, 9);
			List<Rumor> filler = pingPeer().subList(2, 9);
			assertThat(filler).containsExactlyInAnyOrder(alive(3), alive(4), alive(5), alive(6), alive(7), alive(8),
					alive(9));
		}

		@Test
		void hasPayloads() {
			know(2);
			Rumor rich = rumor(uri(3), MemberStatus.DEAD, 4, payload("k", "v"));
			know(rich);
			assertThat(pingPeer().get(2)).isEqualTo(rich);
		}

		@Test
		void isInAnotherOrderEachTime() {
			know(2, 40);
			assertThat(urisOf(pingPeer())).isNotEqualTo(urisOf(pingPeer()));
		}

		@Test
		void reachesEveryMemberSoonerOrLater() {
			know(2, 200);
			HashSet<MemberUri> named = new HashSet<>();
			for (int i = 0; i < 40; i++) {
				named.addAll(urisOf(pingPeer()));
			}
			assertThat(named).hasSize(200);
		}

		@Test
		void isNotInAForwardedPing() {
			know(2, 9);
			pending(alive(4).withTimeToLive(2));
			MessengerTests.this.messenger.forwardPing(PEER, data());
			assertThat(urisOf(lastSent().events())).containsExactly(PEER, ME, uri(4));
		}

		@Test
		void isNotInAForwardedAck() {
			know(2, 9);
			MessengerTests.this.messenger.forwardAck(PEER, data());
			assertThat(urisOf(lastSent().events())).containsExactly(PEER, ME);
		}

		@Test
		void isInAnAck() {
			know(2, 9);
			MessengerTests.this.messenger.ack(PEER, data());
			assertThat(lastSent().events()).hasSize(9);
		}

	}

	@Nested
	class TheSizeLimit {

		@ParameterizedTest
		@ValueSource(ints = { 256, 257, 300, 511, 512, 700, 1000, 1471, 1472 })
		void isKeptAndUsedToTheLastEvent(int limit) {
			MessengerTests.this.options = options(limit);
			know(2, 200);
			for (int i = 0; i < 50; i++) {
				pingPeer();
			}
			int oneEvent = 15;
			assertThat(MessengerTests.this.sizes)
				.allSatisfy((size) -> assertThat(size).isBetween(limit - oneEvent, limit));
		}

		@Test
		void isExactWhereTheSixteenthEventMakesTheArrayLonger() {
			know(2, 40);
			for (int limit = 256; limit < 420; limit++) {
				MessengerTests.this.options = options(limit);
				pingPeer();
				assertThat(lastSize()).isLessThanOrEqualTo(limit);
			}
			assertThat(MessengerTests.this.sent).extracting((message) -> message.events().size()).contains(15, 16, 17);
		}

		@Test
		void isFilledExactlyWherePayloadsPermit() {
			know(2);
			for (int size = 1200; size < 1500; size++) {
				Rumor padded = rumor(uri(3), MemberStatus.ALIVE, size, payloadOfSize(size));
				know(padded);
				pingPeer();
			}
			assertThat(MessengerTests.this.sizes).contains(1472).allMatch((size) -> size <= 1472);
		}

		@ParameterizedTest
		@ValueSource(ints = { 256, 300, 1471, 1472 })
		void countsEncryptedBytes(int limit) {
			MessengerTests.this.options = options(limit);
			MessengerTests.this.environment.seal(Sealing.aes256Cbc(EncryptionKey.of("secret")));
			know(2, 200);
			for (int i = 0; i < 20; i++) {
				pingPeer();
			}
			int oneEventAndPadding = 15 + 16;
			assertThat(MessengerTests.this.sizes)
				.allSatisfy((size) -> assertThat(size).isBetween(limit - oneEventAndPadding, limit));
		}

		@Test
		void isKeptWithManyPendingRumors() {
			know(2, 200);
			for (int i = 3; i <= 200; i++) {
				pending(alive(i).withTimeToLive(1 + i % 7));
			}
			while (MessengerTests.this.dissemination.size() > 0) {
				pingPeer();
			}
			assertThat(MessengerTests.this.sizes).allMatch((size) -> size <= 1472);
		}

		@Test
		void isSharedByWhatHasToBeReturned() {
			know(2, 200);
			ProbeData large = new ProbeData(PEER, ME, 1, 2, Map.of("extra", "x".repeat(1300)));
			MessengerTests.this.messenger.ack(PEER, large);
			assertThat(lastSize()).isLessThanOrEqualTo(1472);
		}

	}

	@Nested
	class Gossip {

		@BeforeEach
		void switchOn() {
			MessengerTests.this.options = MembershipOptions.REFERENCE.toBuilder()
				.extensions(Set.of(MembershipExtension.GOSSIP))
				.build();
		}

		@Test
		void isPendingRumorsAndNothingElse() {
			know(2, 9);
			pending(alive(4).withTimeToLive(9));
			pending(alive(5).withTimeToLive(1));
			assertThat(gossip()).containsExactly(alive(5).withTimeToLive(1), alive(4).withTimeToLive(1));
		}

		@Test
		void beginsWithWhatTheRecipientCanRefute() {
			know(2, 9);
			pending(rumor(PEER, MemberStatus.SUSPECT, 1).withTimeToLive(3));
			pending(alive(4).withTimeToLive(9));
			assertThat(urisOf(gossip())).containsExactly(PEER, uri(4));
		}

		@Test
		void countsAsACopy() {
			know(2);
			pending(alive(4).withTimeToLive(1));
			for (int i = 0; i < 6; i++) {
				gossip();
			}
			assertThat(MessengerTests.this.dissemination.size()).isZero();
		}

		@Test
		void thatCouldNotBeSentCountsAsNone() {
			know(2);
			pending(alive(4).withTimeToLive(1));
			MessengerTests.this.result = SendResult.UNRESOLVABLE;
			for (int i = 0; i < 6; i++) {
				gossip();
			}
			assertThat(MessengerTests.this.dissemination.size()).isOne();
		}

		@Test
		void isAsMuchAsFits() {
			know(2, 300);
			for (int i = 3; i <= 300; i++) {
				pending(alive(i).withTimeToLive(5));
			}
			gossip();
			assertThat(lastSize()).isBetween(1472 - 15, 1472);
		}

		@Test
		void differsFromDatagramToDatagram() {
			know(2, 300);
			for (int i = 3; i <= 300; i++) {
				pending(alive(i).withTimeToLive(5));
			}
			assertThat(urisOf(gossip())).doesNotContainAnyElementsOf(urisOf(gossip()));
		}

		@Test
		void forgetsAndCountsWhatFitsNoDatagram() {
			know(2);
			pending(rumor(uri(9), MemberStatus.DEAD, 1, payloadOfSize(1500)).withTimeToLive(2));
			MessengerTests.this.messenger.gossip(PEER, (rumors) -> new Message.Gossip(ME, rumors));
			assertThat(MessengerTests.this.sent).isEmpty();
			assertThat(MessengerTests.this.dissemination.size()).isZero();
			assertThat(MessengerTests.this.environment.counts().dropped()).containsExactly(DropReason.TOO_LARGE);
		}

		@Test
		void keepsWhatFitsADatagramOfItsOwn() {
			know(2);
			Rumor large = rumor(uri(9), MemberStatus.DEAD, 1, payloadOfSize(1440)).withTimeToLive(1);
			pending(large);
			pending(alive(4).withTimeToLive(1));
			assertThat(gossip()).containsExactly(alive(4).withTimeToLive(1));
			assertThat(gossip()).containsExactly(large);
		}

		@Test
		void toThisNodeItselfIsNone() {
			know(2, 9);
			Rumor pending = alive(4).withTimeToLive(3);
			pending(pending);
			ping(ME);
			MessengerTests.this.messenger.ack(ME, data());
			assertThat(MessengerTests.this.sent)
				.allSatisfy((message) -> assertThat(message.events()).doesNotContain(pending.withTimeToLive(2)));
		}

		@Test
		void toThisNodeItselfUsesNothingUp() {
			know(2);
			pending(rumor(ME, MemberStatus.ALIVE, 1, payload("me", 1)).withTimeToLive(3));
			for (int i = 0; i < 5; i++) {
				ping(ME);
			}
			for (int i = 0; i < 6; i++) {
				assertThat(MessengerTests.this.dissemination.size()).isOne();
				pingPeer();
			}
			assertThat(MessengerTests.this.dissemination.size()).isZero();
		}

		private List<Rumor> gossip() {
			MessengerTests.this.messenger.gossip(PEER, (rumors) -> new Message.Gossip(ME, rumors));
			return lastSent().events();
		}

	}

	@Test
	void noMemberIsNamedTwice() {
		know(2, 60);
		for (int i = 1; i <= 60; i += 3) {
			pending(alive(i).withTimeToLive(3));
		}
		for (int i = 0; i < 10; i++) {
			assertThat(urisOf(pingPeer())).doesNotHaveDuplicates();
		}
	}

	@Test
	void theSenderIsThisNode() {
		pingPeer();
		assertThat(lastSent().sender()).isEqualTo(ME);
	}

	@Test
	void whetherItWasSentIsReported() {
		this.result = SendResult.UNRESOLVABLE;
		assertThat(this.messenger.ping(PEER, data())).isEqualTo(SendResult.UNRESOLVABLE);
	}

	private void know(int number) {
		know(alive(number));
	}

	private void know(int first, int last) {
		for (int i = first; i <= last; i++) {
			know(i);
		}
	}

	private void know(Rumor rumor) {
		this.table.adopt(rumor, EVIDENCE);
	}

	private void pending(Rumor rumor) {
		this.dissemination.add(rumor);
	}

	private List<Rumor> pingPeer() {
		return ping(PEER);
	}

	private List<Rumor> ping(MemberUri to) {
		this.messenger.ping(to, data());
		return lastSent().events();
	}

	private static ProbeData data() {
		return ProbeData.of(ME, PEER, 1_700_000_000_000_000L);
	}

	private static MembershipOptions options(int maxPacketSize) {
		return MembershipOptions.REFERENCE.toBuilder().maxPacketSize(maxPacketSize).build();
	}

	private Message lastSent() {
		return this.sent.get(this.sent.size() - 1);
	}

	private int lastSize() {
		return this.sizes.get(this.sizes.size() - 1);
	}

}
