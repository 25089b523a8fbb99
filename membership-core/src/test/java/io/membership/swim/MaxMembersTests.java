package io.membership.swim;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.membership.DropReason;
import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberRemovedEvent;
import io.membership.MemberStatus;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node that may know ten members: itself, a friend that tells it of others, and eight
 * of these.
 */
class MaxMembersTests {

	private static final int MOST = 10;

	/** Who is told of, from this number on. */
	private static final int FIRST = 3;

	/** Nobody probes or forgets anybody while a test lasts. */
	private static final MembershipOptions OPTIONS = MembershipOptions.builder()
		.protocolPeriod(Duration.ofHours(1))
		.antiEntropyPeriod(Duration.ofHours(1))
		.suspectTimeout(Duration.ofHours(1))
		.maxMembers(MOST)
		.build();

	private final VirtualMesh mesh = new VirtualMesh(11);

	private final VirtualNode node = this.mesh.node(1, OPTIONS).begin();

	private final FakePeer friend = this.mesh.peer(2).announcing(Ability.VIEW_DIGEST.bit());

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.log.start();
		logger().addAppender(this.log);
		tell(this.friend.alive(1));
	}

	@AfterEach
	void stopListening() {
		logger().detachAppender(this.log);
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(Admission.class);
	}

	@Nested
	class AStranger {

		@Test
		void isAddedAsLongAsThereIsRoom() {
			tellOf(MemberStatus.ALIVE, FIRST, MOST);
			assertThat(size()).isEqualTo(MOST);
			assertThat(refusals()).isZero();
			assertThat(warnings()).isEmpty();
		}

		@ParameterizedTest
		@EnumSource
		void isNotAddedToAFullTable(MemberStatus status) {
			full(MemberStatus.ALIVE);
			tell(rumor(uri(99), status, 5));
			assertThat(status(99)).isNull();
			assertThat(refusals()).isEqualTo(1);
			assertThat(node().events()).extracting((event) -> event.member().uri()).doesNotContain(uri(99));
		}

		@Test
		void isNotPassedOn() {
			full(MemberStatus.ALIVE);
			tell(alive(99));
			friend().ping(node().uri(), friend().alive(1));
			run();
			assertThat(friend().last(Message.Ack.class).events()).extracting(Rumor::uri)
				.contains(uri(MOST))
				.doesNotContain(uri(99));
		}

		@Test
		void isNotAddedByAnExchangeEither() {
			full(MemberStatus.ALIVE);
			friend().send(node().uri(), new Message.SyncAck(friend().uri(), List.of(alive(99)), List.of()));
			run();
			assertThat(status(99)).isNull();
			assertThat(refusals()).isEqualTo(1);
		}

		@Test
		void isAnsweredAllTheSame() {
			full(MemberStatus.ALIVE);
			FakePeer stranger = mesh().peer(99);
			stranger.ping(node().uri(), stranger.alive(1));
			run();
			assertThat(stranger.received(Message.Ack.class)).hasSize(1);
		}

		@Test
		void isAddedWhenSomebodyWasRemoved() {
			full(MemberStatus.ALIVE);
			tell(alive(99));
			node().protocol().removeMember(uri(FIRST));
			tell(alive(99));
			assertThat(status(99)).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void isAddedWhenMoreAreAllowed() {
			full(MemberStatus.ALIVE);
			tell(alive(99));
			node().protocol().setOptions(OPTIONS.toBuilder().maxMembers(MOST + 1).build());
			tell(alive(99));
			assertThat(status(99)).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void isAddedIfItIsASeed() {
			full(MemberStatus.ALIVE);
			node().protocol().join(List.of(uri(99)), 0);
			tell(alive(99));
			assertThat(status(99)).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void isAddedIfTheApplicationAddsIt() {
			full(MemberStatus.ALIVE);
			node().protocol().addMember(uri(99));
			assertThat(status(99)).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void isAddedIfItIsRemembered() {
			full(MemberStatus.ALIVE);
			node().protocol().remember(List.of(alive(99)));
			assertThat(status(99)).isEqualTo(MemberStatus.ALIVE);
		}

	}

	@Nested
	class Members {

		@Test
		void areBelievedAsEver() {
			full(MemberStatus.ALIVE);
			tell(alive(99));
			tell(rumor(uri(FIRST), MemberStatus.SUSPECT, 1), rumor(uri(FIRST + 1), MemberStatus.ALIVE, 7));
			assertThat(status(FIRST)).isEqualTo(MemberStatus.SUSPECT);
			assertThat(node().member(uri(FIRST + 1))).hasFieldOrPropertyWithValue("incarnation", 7L);
		}

		@Test
		void stayWhenFewerAreAllowed() {
			full(MemberStatus.ALIVE);
			node().protocol().setOptions(OPTIONS.toBuilder().maxMembers(5).build());
			assertThat(size()).isEqualTo(MOST);
			node().protocol().removeMember(uri(FIRST));
			tell(alive(99));
			assertThat(status(99)).isNull();
		}

		@Test
		void mayMoveToAnotherUri() {
			full(MemberStatus.ALIVE);
			node().moveTo(uri(99));
			assertThat(node().myself().status()).isEqualTo(MemberStatus.ALIVE);
		}

	}

	@Nested
	class WhoIsGone {

		@ParameterizedTest
		@EnumSource(names = { "DEAD", "NON_DECRYPTABLE", "LEFT" })
		void makesRoomForWhoIsNot(MemberStatus status) {
			full(status);
			tell(alive(98), rumor(uri(99), MemberStatus.SUSPECT, 1));
			assertThat(status(98)).isEqualTo(MemberStatus.ALIVE);
			assertThat(status(99)).isEqualTo(MemberStatus.SUSPECT);
			assertThat(size()).isEqualTo(MOST);
			assertThat(refusals()).isZero();
			assertThat(warnings()).isEmpty();
		}

		@Test
		void makesRoomInTheOrderInWhichItWentButTheUnseenFirst() {
			tell(alive(FIRST), alive(FIRST + 1));
			tell(rumor(uri(FIRST + 1), MemberStatus.DEAD, 1));
			tell(rumor(uri(FIRST), MemberStatus.DEAD, 1));
			tellOf(MemberStatus.DEAD, FIRST + 2, MOST);
			tellOf(MemberStatus.ALIVE, 91, 96);
			assertThat(size()).isEqualTo(MOST);
			assertThat(status(FIRST + 1)).isEqualTo(MemberStatus.DEAD);
			tell(alive(97));
			assertThat(status(FIRST + 1)).isNull();
			assertThat(status(FIRST)).isEqualTo(MemberStatus.DEAD);
		}

		@Test
		void makesNoRoomForOthersThatAreGone() {
			full(MemberStatus.LEFT);
			tell(rumor(uri(99), MemberStatus.DEAD, 5));
			assertThat(status(99)).isNull();
			assertThat(refusals()).isEqualTo(1);
		}

		@Test
		void isRemovedForTheListeners() {
			full(MemberStatus.DEAD);
			tell(alive(99));
			assertThat(node().events()).filteredOn(MemberRemovedEvent.class::isInstance)
				.singleElement()
				.extracting("member.uri", "evidence")
				.containsExactly(uri(FIRST), Evidence.own(Cause.DISPLACED));
		}

		@Test
		void leavesATombstone() {
			full(MemberStatus.DEAD);
			tell(alive(99));
			assertThat(node().protocol().state().tombstones()).isEqualTo(1);
			node().protocol().removeMember(uri(99));
			tell(alive(FIRST));
			assertThat(status(FIRST)).isNull();
		}

		@Test
		void leavesNoTombstoneWithoutTheExtension() {
			node().protocol().setOptions(MembershipOptions.REFERENCE.toBuilder().maxMembers(MOST).build());
			full(MemberStatus.DEAD);
			tell(alive(99));
			assertThat(status(99)).isEqualTo(MemberStatus.ALIVE);
			assertThat(node().protocol().state().tombstones()).isZero();
		}

		@Test
		void staysIfItIsASeed() {
			node().protocol().join(List.of(uri(FIRST)), 0);
			full(MemberStatus.DEAD);
			tellOf(MemberStatus.ALIVE, 91, 99);
			assertThat(status(FIRST)).isEqualTo(MemberStatus.DEAD);
			assertThat(size()).isEqualTo(MOST);
		}

		@Test
		void staysIfItIsThisNode() {
			MemberTable table = new MemberTable(VirtualEnvironment.lonely(), uri(1));
			table.admission().goBy(() -> OPTIONS, (uri) -> false, () -> {
			});
			table.adopt(rumor(uri(1), MemberStatus.DEAD, 1), Samples.EVIDENCE);
			for (int number = 2; number <= MOST + 1; number++) {
				table.adopt(alive(number), Evidence.reported(Cause.RUMOR, uri(2)));
			}
			assertThat(table.self().status()).isEqualTo(MemberStatus.DEAD);
			assertThat(table.size()).isEqualTo(MOST);
		}

	}

	@Nested
	class TheWarning {

		@Test
		void comesOnceHoweverManyAreRefused() {
			full(MemberStatus.ALIVE);
			tellOf(MemberStatus.ALIVE, 1000, 11_000);
			tellOf(MemberStatus.DEAD, 1000, 1100);
			assertThat(refusals()).isEqualTo(10_001 + 101);
			assertThat(warnings()).singleElement().asString().contains("m1000:3301", "maxMembers=10");
		}

		@Test
		void comesAgainWhenThereWasRoomMeanwhile() {
			full(MemberStatus.ALIVE);
			tell(alive(99));
			node().protocol().removeMember(uri(FIRST));
			tell(alive(98), alive(99));
			assertThat(warnings()).hasSize(2);
		}

		@Test
		void doesNotComeAgainWhenSomebodyGoneMadeRoom() {
			full(MemberStatus.ALIVE);
			tell(alive(99));
			tell(rumor(uri(FIRST), MemberStatus.DEAD, 1));
			tell(alive(98), alive(99));
			assertThat(status(98)).isEqualTo(MemberStatus.ALIVE);
			assertThat(warnings()).hasSize(1);
		}

	}

	@Nested
	class TheViewDigest {

		@Test
		void isToldByAFullTableThatRefusesNobody() {
			full(MemberStatus.ALIVE);
			assertThat(compares()).isTrue();
		}

		@Test
		void isNotToldByWhoRefusesTheLiving() {
			full(MemberStatus.ALIVE);
			tell(alive(99));
			assertThat(compares()).isFalse();
		}

		@Test
		void isToldByWhoRefusesTheDeadWhichItLeavesOut() {
			full(MemberStatus.ALIVE);
			tell(rumor(uri(99), MemberStatus.DEAD, 1));
			assertThat(compares()).isTrue();
		}

		@Test
		void isToldAgainWhenThereIsRoom() {
			full(MemberStatus.ALIVE);
			tell(alive(99));
			node().protocol().removeMember(uri(FIRST));
			run();
			assertThat(compares()).isTrue();
		}

		@Test
		void isToldAgainWhenMoreAreAllowed() {
			full(MemberStatus.ALIVE);
			tell(alive(99));
			node().protocol().setOptions(OPTIONS.toBuilder().maxMembers(2 * MOST).build());
			assertThat(compares()).isTrue();
		}

		@Test
		void isNotToldAgainAsLongAsATableIsNearlyFull() {
			node().protocol().setOptions(OPTIONS.toBuilder().maxMembers(80).build());
			tellOf(MemberStatus.ALIVE, FIRST, 81);
			IntStream.range(FIRST, FIRST + 9).forEach((number) -> node().protocol().removeMember(uri(number)));
			run();
			assertThat(size()).isEqualTo(71);
			assertThat(compares()).isFalse();
			node().protocol().removeMember(uri(FIRST + 9));
			run();
			assertThat(compares()).isTrue();
		}

		@Test
		void isNoMatterForWhoHasStopped() {
			full(MemberStatus.ALIVE);
			friend().tell(node().uri(), alive(99));
			mesh().advance(Duration.ofNanos(200_000));
			long incarnation = node().myself().incarnation();
			node().protocol().stop();
			run();
			assertThat(node().myself().incarnation()).isEqualTo(incarnation);
		}

		/** Whether this node compares views, and says so in what it tells of itself. */
		private boolean compares() {
			friend().forget();
			friend().ping(node().uri());
			run();
			boolean digest = node().protocol().peers().digest() != null;
			Rumor self = friend().last(Message.Ack.class)
				.events()
				.stream()
				.filter((event) -> event.uri().equals(node().uri()))
				.findFirst()
				.orElseThrow();
			assertThat(Ability.VIEW_DIGEST.isIn(self.supplement().abilities())).isEqualTo(digest);
			return digest;
		}

	}

	/** Fills the table up with members that are all alive, or all gone. */
	private void full(MemberStatus status) {
		tellOf(status, FIRST, MOST);
		assertThat(size()).isEqualTo(MOST);
	}

	private void tellOf(MemberStatus status, int first, int last) {
		for (int number = first; number <= last; number += 20) {
			tell(IntStream.rangeClosed(number, Math.min(number + 19, last))
				.mapToObj((each) -> rumor(uri(each), status, 1))
				.toArray(Rumor[]::new));
		}
	}

	private void tell(Rumor... rumors) {
		this.friend.tell(this.node.uri(), rumors);
		run();
	}

	private void run() {
		this.mesh.advance(Duration.ofMillis(1));
	}

	private int size() {
		return this.node.environment().view().size();
	}

	private @Nullable MemberStatus status(int number) {
		return this.node.statusOf(this.mesh.peer(number));
	}

	private long refusals() {
		return this.node.environment()
			.counts()
			.dropped()
			.stream()
			.filter((reason) -> reason == DropReason.TOO_MANY_MEMBERS)
			.count();
	}

	private List<String> warnings() {
		return this.log.list.stream()
			.filter((event) -> event.getLevel() == Level.WARN)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
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

}
