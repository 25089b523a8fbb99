package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.membership.MemberUri;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is suspected, since when and by whom.
 */
class SuspicionsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	private final Suspicions suspicions = new Suspicions((accuser) -> !accuser.equals(uri(99)));

	@Test
	void thoseSuspectedForTheTimeoutAreOverInTheirOrder() {
		begin(3, 0);
		begin(2, 1);
		begin(4, 2);
		assertThat(overAt(4)).containsExactly(uri(3), uri(2));
	}

	@Test
	void anEndedSuspicionIsNeverOver() {
		begin(2, 0);
		this.suspicions.end(uri(2));
		assertThat(overAt(9)).isEmpty();
	}

	@Test
	void aSignOfLifeBeginsASuspicionAnew() {
		begin(2, 0);
		this.suspicions.heardFrom(uri(2), seconds(2));
		assertThat(this.suspicions.of(uri(2))).isEqualTo(Suspicion.begin(0).renewed(seconds(2)));
	}

	@Test
	void aSignOfLifeOfOthersBeginsNone() {
		this.suspicions.heardFrom(uri(2), 0);
		assertThat(this.suspicions.size()).isZero();
	}

	@Test
	void moreTimeIsForAll() {
		begin(2, 0);
		begin(3, 1);
		this.suspicions.extend(Duration.ofSeconds(2), (suspicion) -> TIMEOUT);
		assertThat(overAt(5)).containsExactly(uri(2));
	}

	@Test
	void nobodyGetsMoreTimeThanItHad() {
		begin(2, 0);
		this.suspicions.extend(Duration.ofSeconds(60), (suspicion) -> TIMEOUT);
		assertThat(overAt(6)).containsExactly(uri(2));
	}

	@Test
	void theFirstAccusersAreThoseOfTheBeginning() {
		begin(2, 0, uri(5));
		assertThat(accusers()).containsExactly(uri(5));
	}

	@Test
	void aNewAccuserConfirms() {
		begin(2, 0, uri(5));
		assertThat(confirm(uri(6))).isEqualTo(this.suspicions.of(uri(2)));
		assertThat(accusers()).containsExactly(uri(5), uri(6));
	}

	@Test
	void aKnownAccuserConfirmsNothing() {
		begin(2, 0, uri(5));
		assertThat(confirm(uri(5))).isNull();
	}

	@Test
	void whoIsNotSuspectedCannotBeConfirmed() {
		assertThat(confirm(uri(5))).isNull();
		assertThat(this.suspicions.size()).isZero();
	}

	@Test
	void aSuspectDoesNotAccuseItself() {
		begin(2, 0, uri(2), uri(5));
		assertThat(accusers()).containsExactly(uri(5));
	}

	@Test
	void whoIsNoMemberAccusesNobody() {
		begin(2, 0, uri(5), uri(99));
		assertThat(accusers()).containsExactly(uri(5));
	}

	@Test
	void aSuspicionThatBeginsAnewForgetsItsAccusers() {
		begin(2, 0, uri(5), uri(6));
		begin(2, 1, uri(7));
		assertThat(accusers()).containsExactly(uri(7));
	}

	@Test
	void theTimeToRefuteARefusalCountsFromThere() {
		begin(2, 0, uri(5));
		refused(1, uri(5));
		assertThat(this.suspicions.of(uri(2)).sinceNanos()).isZero();
		refused(2, uri(5), uri(6));
		assertThat(this.suspicions.of(uri(2)).sinceNanos()).isEqualTo(seconds(2));
		refused(3, uri(7));
		confirm(uri(8));
		assertThat(this.suspicions.of(uri(2)).sinceNanos()).isEqualTo(seconds(2));
	}

	@Test
	void everyChangeIsTold() {
		List<MemberUri> told = new ArrayList<>();
		this.suspicions.whenChanged(told::add);
		begin(2, 0, uri(5));
		confirm(uri(6));
		confirm(uri(6));
		this.suspicions.end(uri(2));
		this.suspicions.end(uri(2));
		assertThat(told).containsExactly(uri(2), uri(2), uri(2));
	}

	private void begin(int suspect, int seconds, MemberUri... accusers) {
		this.suspicions.begin(uri(suspect), seconds(seconds), Supplement.ofAccusers(List.of(accusers), List.of()));
	}

	private Suspicion confirm(MemberUri accuser) {
		return this.suspicions.confirm(uri(2), seconds(1), Supplement.ofAccusers(List.of(accuser), List.of()));
	}

	private void refused(int seconds, MemberUri... accusers) {
		this.suspicions.confirm(uri(2), seconds(seconds), Supplement.ofAccusers(List.of(accusers), List.of(accusers)));
	}

	private List<MemberUri> accusers() {
		return this.suspicions.of(uri(2)).accusers();
	}

	private List<MemberUri> overAt(int seconds) {
		return this.suspicions.over(seconds(seconds), (suspicion) -> TIMEOUT);
	}

	private static long seconds(int seconds) {
		return Duration.ofSeconds(seconds).toNanos();
	}

}
