package io.membership.swim;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.Member;
import io.membership.MemberIncarnationChangedEvent;
import io.membership.MemberPayloadChangedEvent;
import io.membership.MemberRemovedEvent;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MembershipEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.membership.swim.Samples.EMPTY;
import static io.membership.swim.Samples.EVIDENCE;
import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.payload;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a node believes, and whom it tells of a change.
 */
class MemberTableTests {

	private final VirtualEnvironment environment = VirtualEnvironment.lonely();

	private final MemberTable table = new MemberTable(this.environment, uri(1));

	@BeforeEach
	void knowMyself() {
		this.table.adopt(alive(1), EVIDENCE);
		this.environment.events().clear();
	}

	@ParameterizedTest
	@MethodSource("everyRumorOnEverythingKnown")
	void aRumorIsBelievedExactlyIfItSupersedes(MemberStatus known, MemberStatus heard, long incarnation) {
		this.table.adopt(rumor(uri(2), known, 5), EVIDENCE);
		boolean newer = incarnation > 5 || (incarnation == 5 && heard.code() > known.code());
		boolean believed = this.table.adopt(rumor(uri(2), heard, incarnation), EVIDENCE);
		Member member = shown(2);
		assertThat(new Object[] { believed, member.status(), member.incarnation() }).containsExactly(newer,
				newer ? heard : known, newer ? incarnation : 5L);
	}

	static Stream<Arguments> everyRumorOnEverythingKnown() {
		return Stream.of(MemberStatus.values())
			.flatMap((known) -> Stream.of(MemberStatus.values())
				.flatMap((heard) -> Stream.of(4L, 5L, 6L)
					.map((incarnation) -> Arguments.of(known, heard, incarnation))));
	}

	@ParameterizedTest
	@EnumSource
	void aRumorAboutAStrangerIsBelieved(MemberStatus status) {
		this.table.adopt(rumor(uri(2), status, 7), EVIDENCE);
		assertThat(shown(2).status()).isEqualTo(status);
	}

	@Nested
	class Payloads {

		@Test
		void aRumorWithoutPayloadKeepsIt() {
			adopt(MemberStatus.ALIVE, 1, payload("k", "v"));
			MemberTableTests.this.table.adopt(rumor(uri(2), MemberStatus.SUSPECT, 1), EVIDENCE);
			assertThat(shown(2).payload()).isEqualTo(Map.of("k", "v"));
		}

		@Test
		void aRumorWithoutPayloadKeepsItEvenInAHigherIncarnation() {
			adopt(MemberStatus.ALIVE, 1, payload("k", "v"));
			MemberTableTests.this.table.adopt(rumor(uri(2), MemberStatus.ALIVE, 9), EVIDENCE);
			assertThat(shown(2).payload()).isEqualTo(Map.of("k", "v"));
		}

		@Test
		void aPayloadIsReplacedAndNotMerged() {
			adopt(MemberStatus.ALIVE, 1, payload("k", "v"));
			adopt(MemberStatus.ALIVE, 2, payload("other", 1));
			assertThat(shown(2).payload()).isEqualTo(Map.of("other", 1L));
		}

		@Test
		void anEmptyPayloadClears() {
			adopt(MemberStatus.ALIVE, 1, payload("k", "v"));
			adopt(MemberStatus.ALIVE, 2, EMPTY);
			assertThat(shown(2).payload()).isEmpty();
		}

		@Test
		void anotherPayloadInTheSameIncarnationIsIgnored() {
			adopt(MemberStatus.ALIVE, 1, payload("k", "v"));
			adopt(MemberStatus.ALIVE, 1, payload("k", "w"));
			assertThat(shown(2).payload()).isEqualTo(Map.of("k", "v"));
		}

		@Test
		void thePayloadOfAnOldRumorIsIgnored() {
			adopt(MemberStatus.ALIVE, 5, payload("k", "v"));
			adopt(MemberStatus.LEFT, 4, payload("k", "w"));
			assertThat(shown(2).payload()).isEqualTo(Map.of("k", "v"));
		}

		@Test
		void aMemberWithoutPayloadShowsNone() {
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			assertThat(shown(2).payload()).isEmpty();
		}

	}

	@Nested
	class Events {

		@Test
		void aNewMemberHasNoPreviousStatus() {
			MemberTableTests.this.table.adopt(rumor(uri(2), MemberStatus.DEAD, 3), EVIDENCE);
			assertThat(events()).containsExactly(new MemberStatusChangedEvent(shown(2), null, EVIDENCE));
		}

		@Test
		void aNewMemberWithPayloadIsOneEvent() {
			adopt(MemberStatus.ALIVE, 1, payload("k", "v"));
			assertThat(events()).containsExactly(new MemberStatusChangedEvent(shown(2), null, EVIDENCE));
		}

		@Test
		void aChangeOfStatusNamesThePreviousAndTheEvidence() {
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			Evidence evidence = Evidence.reported(Cause.RUMOR, uri(3));
			MemberTableTests.this.table.adopt(rumor(uri(2), MemberStatus.SUSPECT, 1), evidence);
			assertThat(lastEvent()).isEqualTo(new MemberStatusChangedEvent(shown(2), MemberStatus.ALIVE, evidence));
		}

		@Test
		void aChangeOfPayloadNamesThePrevious() {
			adopt(MemberStatus.ALIVE, 1, payload("k", "v"));
			adopt(MemberStatus.ALIVE, 2, payload("k", "w"));
			assertThat(lastEvent()).isEqualTo(new MemberPayloadChangedEvent(shown(2), Map.of("k", "v"), EVIDENCE));
		}

		@Test
		void aChangeOfBothIsTwoEventsStatusFirst() {
			adopt(MemberStatus.DEAD, 1, payload("k", "v"));
			events().clear();
			adopt(MemberStatus.ALIVE, 2, payload("k", "w"));
			assertThat(events()).containsExactly(new MemberStatusChangedEvent(shown(2), MemberStatus.DEAD, EVIDENCE),
					new MemberPayloadChangedEvent(shown(2), Map.of("k", "v"), EVIDENCE));
		}

		@Test
		void aChangeOfNothingButTheIncarnationIsAnEventToo() {
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			MemberTableTests.this.table.adopt(rumor(uri(2), MemberStatus.ALIVE, 4), EVIDENCE);
			assertThat(lastEvent()).isEqualTo(new MemberIncarnationChangedEvent(shown(2), 1, EVIDENCE));
		}

		@Test
		void whatIsNotNewsIsNoEvent() {
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			events().clear();
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			assertThat(events()).isEmpty();
		}

		@Test
		void anAnsweredProbeIsNoEvent() {
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			events().clear();
			heardFrom(2, Duration.ofMillis(3));
			assertThat(events()).isEmpty();
		}

		private List<MembershipEvent> events() {
			return MemberTableTests.this.environment.events();
		}

		private MembershipEvent lastEvent() {
			return events().get(events().size() - 1);
		}

	}

	@Nested
	class SignsOfLife {

		@Test
		void theTimestampIsThatOfTheLastNews() {
			time().advance(Duration.ofSeconds(2));
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			assertThat(shown(2).timestamp()).isEqualTo(instant(time().micros()));
		}

		@Test
		void anAnsweredProbeRenewsTheTimestamp() {
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			time().advance(Duration.ofSeconds(2));
			heardFrom(2, null);
			assertThat(shown(2).timestamp()).isEqualTo(instant(time().micros()));
		}

		@Test
		void oldNewsDoNotRenewTheTimestamp() {
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			Instant before = shown(2).timestamp();
			time().advance(Duration.ofSeconds(2));
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			assertThat(shown(2).timestamp()).isEqualTo(before);
		}

		@Test
		void theClockDeltaIsUnknownAtFirst() {
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			assertThat(shown(2).clockDelta()).isNull();
		}

		@Test
		void anAnsweredProbeTellsTheClockDelta() {
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			heardFrom(2, Duration.ofNanos(-1500));
			assertThat(shown(2).clockDelta()).isEqualTo(Duration.ofNanos(-1500));
		}

		@Test
		void anAnswerWithoutATimeKeepsTheClockDelta() {
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			heardFrom(2, Duration.ofMillis(3));
			heardFrom(2, null);
			assertThat(shown(2).clockDelta()).isEqualTo(Duration.ofMillis(3));
		}

		@Test
		void newsKeepTheClockDelta() {
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			heardFrom(2, Duration.ofMillis(3));
			MemberTableTests.this.table.adopt(rumor(uri(2), MemberStatus.SUSPECT, 1), EVIDENCE);
			assertThat(shown(2).clockDelta()).isEqualTo(Duration.ofMillis(3));
		}

		@Test
		void theRoundTripTimeIsUnknownAtFirst() {
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			heardFrom(2, Duration.ofMillis(3));
			assertThat(shown(2).roundTripTime()).isNull();
		}

		@Test
		void roundTripsAreSmoothed() {
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			answeredAfter(Duration.ofMillis(8));
			answeredAfter(Duration.ofMillis(16));
			heardFrom(2, null);
			assertThat(shown(2).roundTripTime()).isEqualTo(Duration.ofMillis(9));
		}

		@Test
		void aMemberThatIsAddedAgainIsMeasuredAnew() {
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			answeredAfter(Duration.ofMillis(8));
			MemberTableTests.this.table.remove(uri(2), EVIDENCE);
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			assertThat(shown(2).roundTripTime()).isNull();
		}

		private void answeredAfter(Duration roundTrip) {
			MemberTableTests.this.table.heardFrom(uri(2), null, roundTrip);
		}

		private VirtualTime time() {
			return MemberTableTests.this.environment.time();
		}

		private static Instant instant(long micros) {
			return Instant.EPOCH.plusNanos(micros * 1000);
		}

	}

	@Nested
	class Removal {

		@Test
		void aRemovedMemberIsForgottenAndHidden() {
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			MemberTableTests.this.table.remove(uri(2), EVIDENCE);
			assertThat(MemberTableTests.this.environment.view()).containsOnlyKeys(uri(1));
		}

		@Test
		void aRemovalIsAnEventWithTheLastState() {
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			Member last = shown(2);
			MemberTableTests.this.table.remove(uri(2), EVIDENCE);
			assertThat(MemberTableTests.this.environment.events()).endsWith(new MemberRemovedEvent(last, EVIDENCE));
		}

		@Test
		void aStrangerIsNotRemoved() {
			assertThat(MemberTableTests.this.table.remove(uri(2), EVIDENCE)).isFalse();
		}

		@Test
		void thisNodeIsNeverRemoved() {
			assertThat(MemberTableTests.this.table.remove(uri(1), EVIDENCE)).isFalse();
		}

		@Test
		void aRemovedMemberComesBackWithAnyRumor() {
			MemberTableTests.this.table.adopt(rumor(uri(2), MemberStatus.ALIVE, 9), EVIDENCE);
			MemberTableTests.this.table.remove(uri(2), EVIDENCE);
			MemberTableTests.this.table.adopt(alive(2), EVIDENCE);
			assertThat(shown(2).incarnation()).isEqualTo(1);
		}

	}

	@Nested
	class AllowedMembers {

		private final MemberTable table = MemberTableTests.this.table;

		@BeforeEach
		void allowTwo() {
			for (int i = 2; i <= 4; i++) {
				this.table.adopt(alive(i), EVIDENCE);
			}
			this.table.allow(List.of(uri(2)));
		}

		@Test
		void whoIsNotOnTheListIsRemovedAtOnceExceptThisNode() {
			assertThat(MemberTableTests.this.environment.view()).containsOnlyKeys(uri(1), uri(2));
		}

		@ParameterizedTest
		@EnumSource(names = { "ALIVE", "NON_DECRYPTABLE" })
		void whoIsNotOnTheListComesBackWhile(MemberStatus status) {
			this.table.adopt(rumor(uri(3), status, 1), EVIDENCE);
			assertThat(shown(3).status()).isEqualTo(status);
		}

		@ParameterizedTest
		@EnumSource(names = { "SUSPECT", "DEAD", "LEFT" })
		void whoIsNotOnTheListIsRemovedWhen(MemberStatus status) {
			this.table.adopt(alive(3), EVIDENCE);
			this.table.adopt(rumor(uri(3), status, 1), EVIDENCE);
			assertThat(MemberTableTests.this.environment.view()).doesNotContainKey(uri(3));
		}

		@Test
		void suchARemovalIsNewsForOthers() {
			this.table.adopt(alive(3), EVIDENCE);
			assertThat(this.table.adopt(rumor(uri(3), MemberStatus.DEAD, 1), EVIDENCE)).isTrue();
		}

		@Test
		void suchARemovalSaysWhy() {
			this.table.adopt(alive(3), EVIDENCE);
			this.table.adopt(rumor(uri(3), MemberStatus.DEAD, 1), EVIDENCE);
			List<MembershipEvent> events = MemberTableTests.this.environment.events();
			assertThat(events.get(events.size() - 1).evidence()).isEqualTo(Evidence.own(Cause.NOT_ALLOWED));
		}

		@Test
		void anOldRumorRemovesNobody() {
			this.table.adopt(rumor(uri(3), MemberStatus.ALIVE, 5), EVIDENCE);
			this.table.adopt(rumor(uri(3), MemberStatus.DEAD, 4), EVIDENCE);
			assertThat(shown(3).status()).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void whoIsOnTheListMayBeAnything() {
			this.table.adopt(rumor(uri(2), MemberStatus.DEAD, 1), EVIDENCE);
			assertThat(shown(2).status()).isEqualTo(MemberStatus.DEAD);
		}

		@Test
		void thisNodeMayBeAnythingWithoutBeingOnTheList() {
			this.table.adopt(rumor(uri(1), MemberStatus.SUSPECT, 1), EVIDENCE);
			assertThat(shown(1).status()).isEqualTo(MemberStatus.SUSPECT);
		}

		@Test
		void anEmptyListAllowsEverybody() {
			this.table.allow(List.of());
			this.table.adopt(rumor(uri(3), MemberStatus.DEAD, 1), EVIDENCE);
			assertThat(shown(3).status()).isEqualTo(MemberStatus.DEAD);
		}

	}

	@Test
	void aShuffleHasEveryFittingMemberOnce() {
		for (int i = 2; i <= 20; i++) {
			this.table.adopt(rumor(uri(i), (i % 2 == 0) ? MemberStatus.ALIVE : MemberStatus.DEAD, 1), EVIDENCE);
		}
		assertThat(this.table.shuffled((known) -> known.status() == MemberStatus.DEAD)).hasSize(9)
			.doesNotHaveDuplicates();
	}

	@Test
	void companyIsSomebodyElseAlive() {
		this.table.adopt(rumor(uri(2), MemberStatus.SUSPECT, 1), EVIDENCE);
		boolean withASuspect = this.table.hasCompany();
		this.table.adopt(alive(3), EVIDENCE);
		assertThat(new boolean[] { withASuspect, this.table.hasCompany() }).containsExactly(false, true);
	}

	@Test
	void aTableWithoutThisNodeSaysSo() {
		MemberTable empty = new MemberTable(this.environment, uri(1));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(empty::self);
	}

	private void adopt(MemberStatus status, long incarnation, Payload payload) {
		this.table.adopt(rumor(uri(2), status, incarnation, payload), EVIDENCE);
	}

	private void heardFrom(int number, Duration clockDelta) {
		assertThat(this.table.get(uri(number))).isNotNull();
		this.table.heardFrom(uri(number), clockDelta, null);
	}

	private Member shown(int number) {
		return this.environment.view().get(uri(number));
	}

}
