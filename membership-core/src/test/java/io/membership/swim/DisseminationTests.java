package io.membership.swim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.swim.Samples.EVIDENCE;
import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often a rumor is passed on.
 */
class DisseminationTests {

	private final MemberTable table = new MemberTable(VirtualEnvironment.lonely(), uri(1));

	private MembershipOptions options = MembershipOptions.REFERENCE;

	private final Dissemination dissemination = new Dissemination(() -> this.options, this.table);

	@ParameterizedTest
	@CsvSource({ "0, 2", "1, 2", "2, 3", "3, 3", "4, 4", "5, 4", "7, 4", "8, 5", "15, 5", "16, 6", "100, 8",
			"1024, 12" })
	void aRumorStartsWithTheLogarithmOfTheMembersAndTwo(int members, int timeToLive) {
		assertThat(Dissemination.initialTimeToLive(members)).isEqualTo(timeToLive);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "2, 2", "3, 3", "17, 17" })
	void aRumorIsSentAsOftenAsItsTimeToLiveSays(double timeToLive, int copies) {
		this.dissemination.add(alive(1).withTimeToLive(timeToLive));
		assertThat(sendUntilForgotten()).hasSize(copies);
	}

	@Test
	void afterABurstARumorIsSentAsBefore() {
		for (int member = 1; member <= 100; member++) {
			this.dissemination.add(alive(member).withTimeToLive(2));
		}
		assertThat(sendUntilForgotten()).hasSize(200);
		assertThat(this.dissemination.size()).isZero();
		this.dissemination.add(alive(1).withTimeToLive(3));
		assertThat(this.dissemination.about(uri(1))).isNotNull();
		assertThat(sendUntilForgotten()).hasSize(3);
	}

	@Test
	void everyCopyCarriesOneLessDownToZero() {
		this.dissemination.add(alive(1).withTimeToLive(4));
		assertThat(sendUntilForgotten()).containsExactly(3.0, 2.0, 1.0, 0.0);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, -1, -5, Double.NEGATIVE_INFINITY })
	void aRumorWithoutTimeToLiveIsSentOnceAllTheSame(double timeToLive) {
		this.dissemination.add(alive(1).withTimeToLive(timeToLive));
		assertThat(sendUntilForgotten()).containsExactly(timeToLive - 1);
	}

	@Test
	void aFractionOfATimeToLiveIsCountedDownAsItIs() {
		this.dissemination.add(alive(1).withTimeToLive(1.5));
		assertThat(sendUntilForgotten()).containsExactly(0.5, -0.5);
	}

	@Test
	void aRumorWithAHugeTimeToLiveLives() {
		this.dissemination.add(alive(1).withTimeToLive(1000));
		assertThat(send()).isEqualTo(999);
	}

	@Test
	void aNewRumorReplacesTheOldOneAboutTheSameMember() {
		this.dissemination.add(alive(1).withTimeToLive(4));
		Rumor dead = rumor(uri(1), MemberStatus.DEAD, 1).withTimeToLive(2);
		this.dissemination.add(dead);
		assertThat(this.dissemination.pending()).extracting(PendingRumor::rumor).containsExactly(dead);
	}

	@Test
	void pendingRumorsAreInTheOrderInWhichTheyCame() {
		this.dissemination.add(alive(1));
		this.dissemination.add(alive(2));
		this.dissemination.add(alive(1));
		assertThat(order()).containsExactly(uri(2), uri(1));
	}

	@Test
	void lookingDoesNotUseARumorUp() {
		this.dissemination.add(alive(1));
		this.dissemination.copyOf(alive(1));
		assertThat(this.dissemination.about(uri(1))).isNotNull();
	}

	@Test
	void aPostponedRumorIsTheLast() {
		this.dissemination.add(alive(1));
		this.dissemination.add(alive(2));
		this.dissemination.postpone(about(1));
		assertThat(order()).containsExactly(uri(2), uri(1));
	}

	@Test
	void aForgottenRumorIsNotPassedOn() {
		this.dissemination.add(alive(1));
		this.dissemination.add(alive(2));
		this.dissemination.forget(about(1));
		assertThat(order()).containsExactly(uri(2));
	}

	@Test
	void rumorsAboutOthersThanTheseCanBeForgotten() {
		this.dissemination.add(alive(1));
		this.dissemination.add(alive(2));
		this.dissemination.keepOnly(uri(2)::equals);
		assertThat(order()).containsExactly(uri(2));
		assertThat(this.dissemination.size()).isOne();
	}

	@Test
	void supplementsCanBeForgotten() {
		this.dissemination.add(alive(1).with(Supplement.ofSelf(1, 2)));
		this.dissemination.forgetSupplements();
		assertThat(this.dissemination.pending()).extracting(PendingRumor::rumor).containsExactly(alive(1));
	}

	@Test
	void whoeverAsksForItHearsOfEveryNewRumor() {
		List<Integer> sizes = new ArrayList<>();
		this.dissemination.whenAdded(() -> sizes.add(this.dissemination.size()));
		this.dissemination.add(alive(1));
		this.dissemination.add(alive(2));
		this.dissemination.postpone(about(1));
		assertThat(sizes).containsExactly(1, 2);
	}

	@Test
	void knowsNothingOfOthers() {
		this.dissemination.add(alive(1));
		assertThat(this.dissemination.about(uri(2))).isNull();
	}

	@Nested
	class WithGossip {

		@BeforeEach
		void switchOn() {
			gossip(true);
			know(100);
		}

		@ParameterizedTest
		@CsvSource({ "1, 3", "2, 6", "3, 6", "4, 9", "7, 9", "8, 12", "100, 21", "1000, 30", "1023, 30", "1024, 33" })
		void aRumorIsSentThreeTimesTheLogarithmOfTheMembersAndOne(int members, int copies) {
			know(members);
			dissemination().add(alive(1).withTimeToLive(1));
			assertThat(sendUntilForgotten()).hasSize(copies);
		}

		@ParameterizedTest
		@ValueSource(doubles = { 0.5, 1, 2, 100, 1000 })
		void whateverTimeToLiveItArrivedWith(double timeToLive) {
			dissemination().add(alive(1).withTimeToLive(timeToLive));
			assertThat(sendUntilForgotten()).hasSize(21);
		}

		@ParameterizedTest
		@CsvSource({ "0.5, 1", "1, 1", "2, 1", "3, 2", "9, 8", "1000, 8" })
		void theTimeToLiveThatIsWrittenIsOneToWhatANodeStartsWith(double timeToLive, double written) {
			Rumor pending = alive(1).withTimeToLive(timeToLive);
			assertThat(dissemination().copyOf(pending).timeToLive()).isEqualTo(written);
		}

		@Test
		void theTimeToLiveIsLeastAmongNothingButRumors() {
			assertThat(Dissemination.lastCopyOf(alive(1).withTimeToLive(100)).timeToLive()).isEqualTo(1);
		}

		@ParameterizedTest
		@ValueSource(doubles = { 0, -1, Double.NEGATIVE_INFINITY })
		void whatNobodyPassesOnAnyMoreIsSentAThirdAsOften(double timeToLive) {
			dissemination().add(alive(1).withTimeToLive(timeToLive));
			assertThat(sendUntilForgotten()).hasSize(7).containsOnly(1.0);
		}

		@Test
		void whatNobodyPassesOnAnyMoreComesLast() {
			dissemination().add(alive(1).withTimeToLive(1));
			dissemination().add(alive(2).withTimeToLive(0));
			send();
			assertThat(order()).containsExactly(uri(1), uri(2));
		}

		@Test
		void fullStateIsNotPassedOnByThoseWhoKnowIt() {
			assertThat(dissemination().timeToLiveOfFullState()).isZero();
		}

		@Test
		void theNewestOfThoseThatWereSentAsOftenComesFirst() {
			dissemination().add(alive(1).withTimeToLive(1));
			dissemination().add(alive(2).withTimeToLive(1));
			dissemination().add(alive(3).withTimeToLive(1));
			assertThat(order()).containsExactly(uri(3), uri(2), uri(1));
		}

		@Test
		void theLeastSentComesFirst() {
			dissemination().add(alive(1).withTimeToLive(1));
			dissemination().add(alive(2).withTimeToLive(1));
			send();
			assertThat(order()).containsExactly(uri(1), uri(2));
		}

		@Test
		void manyRumorsAreSentInTurns() {
			for (int i = 1; i <= 50; i++) {
				dissemination().add(alive(i).withTimeToLive(i));
			}
			Map<MemberUri, Integer> copies = new HashMap<>();
			for (int i = 1; i <= 50 * 21; i++) {
				copies.merge(order().get(0), 1, Integer::sum);
				send();
				assertThat(Collections.max(copies.values())).isLessThanOrEqualTo((i + 49) / 50);
			}
			assertThat(copies).hasSize(50);
			assertThat(dissemination().size()).isZero();
		}

		@Test
		void aPostponedRumorIsBehindThoseThatWereSentAsOftenOnly() {
			dissemination().add(alive(1).withTimeToLive(1));
			send();
			dissemination().add(alive(2).withTimeToLive(1));
			dissemination().add(alive(3).withTimeToLive(1));
			dissemination().postpone(about(3));
			assertThat(order()).containsExactly(uri(2), uri(3), uri(1));
		}

		@Test
		void aNewerRumorCountsAnew() {
			dissemination().add(alive(1).withTimeToLive(1));
			send();
			dissemination().add(rumor(uri(1), MemberStatus.SUSPECT, 1).withTimeToLive(1));
			assertThat(sendUntilForgotten()).hasSize(21);
		}

		@Test
		void whenItIsSwitchedOffTheTimeToLiveCounts() {
			dissemination().add(alive(1).withTimeToLive(4));
			send();
			send();
			gossip(false);
			assertThat(sendUntilForgotten()).containsExactly(3.0, 2.0, 1.0, 0.0);
		}

		@Test
		void whenItIsSwitchedOnWhatIsPendingIsSentAsOftenAsTheRest() {
			gossip(false);
			dissemination().add(alive(1).withTimeToLive(4));
			send();
			gossip(true);
			assertThat(sendUntilForgotten()).hasSize(21);
		}

		@Test
		void whenItIsSwitchedOnNewRumorsGoFirst() {
			gossip(false);
			dissemination().add(alive(1).withTimeToLive(4));
			gossip(true);
			dissemination().add(alive(2).withTimeToLive(4));
			assertThat(order()).containsExactly(uri(2), uri(1));
		}

		private Dissemination dissemination() {
			return DisseminationTests.this.dissemination;
		}

		private void know(int members) {
			while (DisseminationTests.this.table.size() > members) {
				DisseminationTests.this.table.remove(uri(DisseminationTests.this.table.size()), EVIDENCE);
			}
			for (int i = DisseminationTests.this.table.size() + 1; i <= members; i++) {
				DisseminationTests.this.table.adopt(alive(i), EVIDENCE);
			}
		}

		private void gossip(boolean on) {
			DisseminationTests.this.options = MembershipOptions.REFERENCE.toBuilder()
				.extensions(on ? Set.of(MembershipExtension.GOSSIP) : Set.of())
				.build();
		}

	}

	private List<MemberUri> order() {
		List<MemberUri> uris = new ArrayList<>();
		this.dissemination.pending().forEach((pending) -> uris.add(pending.rumor().uri()));
		return uris;
	}

	private List<Double> sendUntilForgotten() {
		List<Double> sent = new ArrayList<>();
		while (this.dissemination.size() > 0) {
			sent.add(send());
		}
		return sent;
	}

	private double send() {
		PendingRumor first = this.dissemination.pending().iterator().next();
		double timeToLive = this.dissemination.copyOf(first.rumor()).timeToLive();
		this.dissemination.sent(List.of(first));
		return timeToLive;
	}

	private PendingRumor about(int number) {
		return Objects.requireNonNull(this.dissemination.about(uri(number)));
	}

}
