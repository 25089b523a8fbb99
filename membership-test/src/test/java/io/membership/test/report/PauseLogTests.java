package io.membership.test.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.membership.MemberStatus;
import io.membership.test.Change;
import org.junit.jupiter.api.Test;

import static io.membership.MemberStatus.ALIVE;
import static io.membership.MemberStatus.DEAD;
import static io.membership.MemberStatus.SUSPECT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The recovery from a pause ends when the last of the others has noticed.
 */
class PauseLogTests {

	private final PauseLog log = new PauseLog(3);

	private final List<Change> changes = new ArrayList<>();

	PauseLogTests() {
		this.log.add(1, seconds(10), seconds(15));
	}

	@Test
	void aPauseThatNobodyNoticesNeedsNoRecovery() {
		assertThat(recoveries()).containsExactly(0.0);
	}

	@Test
	void theLastObserverCounts() {
		see(12, 2, SUSPECT);
		see(12, 3, SUSPECT);
		see(16, 2, ALIVE);
		see(17, 3, ALIVE);
		assertThat(recoveries()).containsExactly(2.0);
	}

	@Test
	void whatIsOverBeforeTheEndOfThePauseCountsAsNothing() {
		see(12, 2, SUSPECT);
		see(13, 2, ALIVE);
		assertThat(recoveries()).containsExactly(0.0);
	}

	@Test
	void aLateAccusationCounts() {
		see(18, 2, SUSPECT);
		see(19, 2, ALIVE);
		assertThat(recoveries()).containsExactly(4.0);
	}

	@Test
	void whoIsDeadForSomebodyAtTheEndHasNotRecovered() {
		see(12, 2, DEAD);
		assertThat(recoveries()).containsExactly(Double.POSITIVE_INFINITY);
	}

	@Test
	void anObserverThatStandsStillDoesNotCount() {
		this.log.add(2, seconds(14), seconds(18));
		see(12, 2, SUSPECT);
		see(19, 2, ALIVE);
		assertThat(recoveries().get(0)).isZero();
	}

	@Test
	void aPauseSoonFollowedByAnotherDoesNotCount() {
		this.log.add(1, seconds(30), seconds(31));
		assertThat(recoveries()).containsExactly(0.0);
		assertThat(this.log.size()).isEqualTo(2);
	}

	@Test
	void knowsWhoWasPaused() {
		assertThat(this.log.wasPaused(1, seconds(14), seconds(20))).isTrue();
		assertThat(this.log.wasPaused(1, seconds(16), seconds(20))).isFalse();
		assertThat(this.log.wasPaused(2, seconds(0), seconds(20))).isFalse();
	}

	private List<Double> recoveries() {
		return this.log.recoveries(this.changes, seconds(60));
	}

	private void see(int second, int observer, MemberStatus status) {
		this.changes.add(new Change(seconds(second), observer, 1, status));
	}

	private static Duration seconds(int seconds) {
		return Duration.ofSeconds(seconds);
	}

}
