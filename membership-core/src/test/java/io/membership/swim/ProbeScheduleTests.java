package io.membership.swim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.membership.swim.Samples.EVIDENCE;
import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is probed when (SWIM §4.3).
 */
class ProbeScheduleTests {

	private final VirtualEnvironment environment = VirtualEnvironment.lonely();

	private final MemberTable table = new MemberTable(this.environment, uri(1));

	private final ProbeSchedule schedule = new ProbeSchedule(this.environment.random(), this.table);

	@BeforeEach
	void knowTen() {
		for (int i = 1; i <= 10; i++) {
			this.table.adopt(alive(i), EVIDENCE);
		}
	}

	@Test
	void everyRoundHasEverybodyOnce() {
		for (int round = 0; round < 5; round++) {
			assertThat(next(10)).containsExactlyInAnyOrderElementsOf(uris(1, 10));
		}
	}

	@Test
	void theNodeProbesItself() {
		assertThat(next(10)).contains(uri(1));
	}

	@Test
	void everyRoundHasAnOrderOfItsOwn() {
		Set<List<MemberUri>> orders = new HashSet<>();
		for (int round = 0; round < 5; round++) {
			orders.add(next(10));
		}
		assertThat(orders).hasSize(5);
	}

	@ParameterizedTest
	@EnumSource(names = "LEFT", mode = EnumSource.Mode.EXCLUDE)
	void whoHasNotLeftIsProbed(MemberStatus status) {
		this.table.adopt(rumor(uri(5), status, 2), EVIDENCE);
		assertThat(next(10)).contains(uri(5));
	}

	@Test
	void whoHasLeftIsNotProbed() {
		this.table.adopt(rumor(uri(5), MemberStatus.LEFT, 1), EVIDENCE);
		assertThat(next(18)).hasSize(18).doesNotContain(uri(5));
	}

	@Test
	void whoLeavesDuringARoundIsNotProbedAnyMore() {
		MemberUri first = next(1).get(0);
		uris(1, 10).stream()
			.filter((uri) -> !uri.equals(first) && !uri.equals(uri(1)))
			.forEach((uri) -> this.table.adopt(rumor(uri, MemberStatus.LEFT, 1), EVIDENCE));
		assertThat(next(3)).containsOnly(first, uri(1));
	}

	@Test
	void whoIsRemovedDuringARoundIsNotProbedAnyMore() {
		MemberUri first = next(1).get(0);
		uris(2, 10).stream().filter((uri) -> !uri.equals(first)).forEach((uri) -> this.table.remove(uri, EVIDENCE));
		assertThat(next(3)).containsOnly(first, uri(1));
	}

	@Test
	void whoJoinsWaitsForTheNextRound() {
		next(1);
		this.table.adopt(alive(11), EVIDENCE);
		assertThat(next(9)).doesNotContain(uri(11));
	}

	@Test
	void whoJoinedIsInTheNextRound() {
		next(1);
		this.table.adopt(alive(11), EVIDENCE);
		next(9);
		assertThat(next(11)).contains(uri(11));
	}

	@Test
	void whereEverybodyHasLeftNobodyIsProbed() {
		uris(1, 10).forEach((uri) -> this.table.adopt(rumor(uri, MemberStatus.LEFT, 1), EVIDENCE));
		assertThat(this.schedule.next()).isNull();
	}

	private List<MemberUri> next(int count) {
		List<MemberUri> targets = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			targets.add(this.schedule.next());
		}
		return targets;
	}

	private static List<MemberUri> uris(int first, int last) {
		List<MemberUri> uris = new ArrayList<>();
		for (int i = first; i <= last; i++) {
			uris.add(uri(i));
		}
		return uris;
	}

}
