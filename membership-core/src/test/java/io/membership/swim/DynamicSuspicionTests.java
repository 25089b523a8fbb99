package io.membership.swim;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members accuse a suspect, and the fewer do, the more time it has (Lifeguard §IV.B).
 */
class DynamicSuspicionTests {

	private static final MembershipOptions DYNAMIC = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.DYNAMIC_SUSPICION))
		.build();

	/** Accuses nobody itself. */
	private static final MembershipOptions HEARSAY_ONLY = DYNAMIC.toBuilder().suspicionEnabled(false).build();

	private static final Duration A_MOMENT = Duration.ofMillis(2);

	private final VirtualMesh mesh = new VirtualMesh(41);

	private final VirtualNode node = this.mesh.node(1, DYNAMIC);

	private final FakePeer suspect = this.mesh.peer(2);

	private final List<FakePeer> others = Stream.of(3, 4, 5, 6, 7).map((n) -> this.mesh.peer(n).answering()).toList();

	@Nested
	class Hearsay {

		@ParameterizedTest
		@CsvSource({ "1, 18000", "2, 10500", "3, 6113", "4, 3000", "5, 3000" })
		void kills(int accusers, int millis) {
			begin(HEARSAY_ONLY);
			hearSuspicionBy(accusers);
			assertThat(untilDead()).isCloseTo(Duration.ofMillis(millis), Duration.ofMillis(10));
		}

		@Test
		void thatNamesNobodyLeavesAllTheTime() {
			begin(DYNAMIC);
			others().forEach((other) -> other.tell(node().uri(), suspicion()));
			assertThat(untilDead()).isCloseTo(Duration.ofSeconds(18), Duration.ofMillis(10));
		}

		@Test
		void confirmsOneByOne() {
			begin(DYNAMIC);
			hearSuspicionBy(1);
			mesh().advance(Duration.ofSeconds(2));
			others().get(4).tell(node().uri(), suspicion(uri(4)), suspicion(uri(5)), suspicion(uri(6)));
			assertThat(untilDead()).isCloseTo(Duration.ofSeconds(1), Duration.ofMillis(10));
		}

		@Test
		void thatComesTooLateIsTheEndAtOnce() {
			begin(DYNAMIC);
			hearSuspicionBy(1);
			mesh().advance(Duration.ofSeconds(5));
			others().get(4).tell(node().uri(), suspicion(uri(4), uri(5), uri(6)));
			assertThat(untilDead()).isLessThanOrEqualTo(A_MOMENT);
		}

		@Test
		void ofAnOlderIncarnationConfirmsNothing() {
			begin(DYNAMIC);
			suspect().tell(node().uri(), suspect().alive(2));
			mesh().advance(A_MOMENT);
			tell(suspicion(2, uri(3)), suspicion(1, uri(4), uri(5), uri(6)));
			assertThat(suspicionHere().accusers()).containsExactly(uri(3));
		}

		@Test
		void ofANewerIncarnationBeginsItAnew() {
			begin(DYNAMIC);
			tell(suspicion(1, uri(3), uri(4)), suspicion(2, uri(5)));
			assertThat(suspicionHere().accusers()).containsExactly(uri(5));
		}

		@Test
		void ofWhoIsAliveAgainAccusesNobody() {
			begin(DYNAMIC);
			tell(suspicion(1, uri(3)), suspect().alive(2), suspicion(1, uri(4)));
			assertThat(node().statusOf(suspect())).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void changesNothingButTheAccusers() {
			begin(DYNAMIC);
			tell(suspicion(uri(3)));
			int events = node().events().size();
			tell(suspicion(uri(4)));
			assertThat(node().events()).hasSize(events);
		}

	}

	@Nested
	class Confirmation {

		@Test
		void isPassedOnWithAllAccusers() {
			begin(DYNAMIC);
			tell(suspicion(uri(3)));
			exhaustRumors();
			tell(suspicion(uri(4)));
			assertThat(accusersToldTo(others().get(2))).containsExactly(uri(3), uri(4));
		}

		@Test
		void ofAKnownAccuserIsNotPassedOn() {
			begin(DYNAMIC);
			tell(suspicion(uri(3)));
			exhaustRumors();
			tell(suspicion(uri(3)));
			assertThat(node().protocol().state().pendingRumors()).isZero();
		}

		@Test
		void thatMakesNoDifferenceIsNotPassedOn() {
			begin(DYNAMIC);
			tell(suspicion(uri(3), uri(4), uri(5), uri(6)));
			exhaustRumors();
			tell(suspicion(uri(7)));
			assertThat(node().protocol().state().pendingRumors()).isZero();
		}

		@Test
		void meansNothingWithoutTheExtension() {
			begin(MembershipOptions.REFERENCE.toBuilder().extensions(Set.of(MembershipExtension.GOSSIP)).build());
			tell(suspicion(uri(3)));
			exhaustRumors();
			tell(suspicion(uri(4)));
			assertThat(suspicionHere().accusers()).containsExactly(uri(3));
		}

		@Test
		void isMadeByThisNodeWhoseOwnProbeFails() {
			begin(DYNAMIC);
			tell(suspicion(uri(3)));
			mesh().until("this node accuses too", Duration.ofSeconds(17),
					() -> suspicionHere().accusers().contains(node().uri()));
			assertThat(suspicionHere().accusers()).containsExactly(uri(3), node().uri());
		}

	}

	@Nested
	class AnOwnSuspicion {

		@Test
		void namesThisNode() {
			begin(DYNAMIC);
			untilSuspect();
			assertThat(accusersToldTo(others().get(0))).containsExactly(node().uri());
		}

		@Test
		void namesNobodyWithoutTheExtension() {
			begin(MembershipOptions.REFERENCE);
			untilSuspect();
			mesh().advance(Duration.ofSeconds(2));
			assertThat(others()).allSatisfy((other) -> assertThat(other.received()).allSatisfy(
					(message) -> assertThat(message.events()).allMatch((event) -> event.says(Supplement.NONE))));
		}

		@Test
		void ofThisNodeItselfNamesNobody() {
			begin(DYNAMIC);
			mesh().cut(node().uri(), node().uri());
			mesh().until("suspects itself", Duration.ofSeconds(20), () -> node().sees(node(), MemberStatus.SUSPECT));
			assertThat(node().protocol().peers().ownSupplement().accusers()).isEmpty();
			assertThat(node().myself().status()).isEqualTo(MemberStatus.SUSPECT);
		}

		@Test
		void goesOnWhenThisNodeMoves() {
			begin(HEARSAY_ONLY);
			tell(suspicion(uri(3), uri(4), uri(5), uri(6)));
			node().moveTo(uri(20));
			assertThat(untilDead()).isCloseTo(Duration.ofSeconds(3), Duration.ofMillis(10));
		}

		@Test
		void endsBetweenTwoPeriods() {
			begin(DYNAMIC);
			mesh().advance(Duration.ofMillis(300));
			tell(suspicion(uri(3), uri(4), uri(5), uri(6)));
			untilDead();
			assertThat(mesh().time().elapsed().toMillis() % 1000).isBetween(300L, 310L);
		}

	}

	@Nested
	class ASignOfLife {

		@Test
		void beginsItAnewAndLeavesTheAccusers() {
			begin(HEARSAY_ONLY);
			suspect().answering();
			tell(suspicion(uri(3)));
			mesh().advance(Duration.ofSeconds(40));
			assertThat(node().statusOf(suspect())).isEqualTo(MemberStatus.SUSPECT);
			assertThat(suspicionHere().accusers()).containsExactly(uri(3));
		}

	}

	@Nested
	class AChangeOfOptions {

		@Test
		void toTheExtensionGivesMoreTime() {
			begin(MembershipOptions.REFERENCE);
			tell(suspicion(uri(3)));
			mesh().advance(Duration.ofSeconds(1));
			node().protocol().setOptions(DYNAMIC);
			assertThat(untilDead()).isBetween(Duration.ofSeconds(16), Duration.ofMillis(17_100));
		}

		@Test
		void fromTheExtensionTakesItBack() {
			begin(DYNAMIC);
			tell(suspicion(uri(3)));
			mesh().advance(Duration.ofSeconds(1));
			node().protocol().setOptions(MembershipOptions.REFERENCE);
			assertThat(untilDead()).isBetween(Duration.ofMillis(1900), Duration.ofMillis(3000));
		}

	}

	@Nested
	class AMixedMesh {

		/** The others declare the suspect dead after their own timeout. */
		@Test
		void buriesItsDeadAsFastAsTheReference() {
			List<VirtualNode> nodes = Stream.of(11, 12, 13, 14, 15, 16)
				.map((n) -> mesh().node(n, (n % 2 == 0) ? DYNAMIC : MembershipOptions.REFERENCE))
				.toList();
			nodes.forEach((each) -> each.begin(nodes.toArray(VirtualNode[]::new)));
			mesh().advance(Duration.ofSeconds(10));
			VirtualNode victim = nodes.get(0);
			victim.crash();
			Duration dead = mesh().until("dead everywhere", Duration.ofSeconds(20),
					() -> nodes.stream().skip(1).allMatch((each) -> each.sees(victim, MemberStatus.DEAD)));
			assertThat(dead).as(mesh().toString()).isLessThan(Duration.ofSeconds(8));
		}

	}

	private VirtualMesh mesh() {
		return this.mesh;
	}

	private VirtualNode node() {
		return this.node;
	}

	private FakePeer suspect() {
		return this.suspect;
	}

	private List<FakePeer> others() {
		return this.others;
	}

	/** Begins with everybody, all of whom answer except the suspect. */
	private void begin(MembershipOptions options) {
		this.node.begin(Stream.concat(Stream.of(this.suspect), this.others.stream()).toArray(FakePeer[]::new));
		this.node.protocol().setOptions(options);
	}

	private void hearSuspicionBy(int accusers) {
		this.others.stream().limit(accusers).forEach((other) -> tell(suspicion(other.uri())));
	}

	private void tell(Rumor... rumors) {
		this.others.get(4).tell(this.node.uri(), rumors);
		this.mesh.advance(A_MOMENT);
	}

	private Rumor suspicion(MemberUri... accusers) {
		return suspicion(1, accusers);
	}

	private Rumor suspicion(long incarnation, MemberUri... accusers) {
		return new Rumor(this.suspect.uri(), MemberStatus.SUSPECT, incarnation, null, 0,
				Supplement.ofAccusers(Arrays.asList(accusers), List.of()));
	}

	private Suspicion suspicionHere() {
		return this.node.protocol().suspicions().of(this.suspect.uri());
	}

	private void untilSuspect() {
		this.mesh.until("suspect", Duration.ofSeconds(20), () -> this.node.sees(this.suspect, MemberStatus.SUSPECT));
	}

	private Duration untilDead() {
		return this.mesh.until("dead", Duration.ofSeconds(30), () -> this.node.sees(this.suspect, MemberStatus.DEAD));
	}

	/** Sends all that is pending to somebody. */
	private void exhaustRumors() {
		while (this.node.protocol().state().pendingRumors() > 0) {
			this.others.get(4).ping(this.node.uri());
			this.mesh.advance(A_MOMENT);
		}
	}

	/** Returns the accusers in the next rumor about the suspect. */
	private List<MemberUri> accusersToldTo(FakePeer other) {
		other.forget();
		other.ping(this.node.uri());
		this.mesh.advance(A_MOMENT);
		return other.last(Message.Ack.class)
			.events()
			.stream()
			.filter((event) -> event.uri().equals(this.suspect.uri()))
			.findFirst()
			.orElseThrow()
			.supplement()
			.accusers();
	}

}
