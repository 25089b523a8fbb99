package io.membership.swim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
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

	private MembershipOptions options = MembershipOptions.REFERENCE;

	private final ProbeSchedule schedule = new ProbeSchedule(this.environment.random(), () -> this.options, this.table);

	@BeforeEach
	void knowTen() {
		this.table.whenNew(this.schedule::join);
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

	@Test
	void withExtensionsWhoJoinsIsInTheRunningRound() {
		use(MembershipExtension.LOCAL_HEALTH);
		next(1);
		for (int i = 11; i <= 40; i++) {
			this.table.adopt(alive(i), EVIDENCE);
		}
		List<MemberUri> rest = next(39);
		assertThat(rest).doesNotHaveDuplicates().containsAll(uris(11, 40));
		assertThat(next(40)).containsExactlyInAnyOrderElementsOf(uris(1, 40));
	}

	@Test
	void withExtensionsWhoJoinsHasARandomPlace() {
		use(MembershipExtension.LOCAL_HEALTH);
		Set<Integer> places = new HashSet<>();
		for (int joining = 11; joining <= 40; joining++) {
			next(1);
			this.table.adopt(alive(joining), EVIDENCE);
			places.add(next(joining - 1).indexOf(uri(joining)));
		}
		assertThat(places).doesNotContain(-1).hasSizeGreaterThan(10);
	}

	@Test
	void theDeadHaveNoMoreThanEveryFifthProbe() {
		use(MembershipExtension.FORGETTING);
		uris(3, 10).forEach(this::kill);
		List<Boolean> dead = next(500).stream().map((uri) -> uris(3, 10).contains(uri)).toList();
		assertThat(dead).filteredOn((isDead) -> isDead).hasSize(100);
		for (int i = 0; i + 5 <= dead.size(); i++) {
			assertThat(dead.subList(i, i + 5)).filteredOn((isDead) -> isDead).hasSizeLessThanOrEqualTo(1);
		}
	}

	@Test
	void whoHasNobodyElseLooksForTheDead() {
		use(MembershipExtension.FORGETTING);
		uris(2, 10).forEach(this::kill);
		assertThat(next(10)).containsAll(uris(2, 10));
	}

	@Test
	void allTheDeadHaveTheirTurn() {
		use(MembershipExtension.FORGETTING);
		uris(3, 10).forEach(this::kill);
		Map<MemberUri, Long> probes = next(1000).stream()
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		assertThat(uris(3, 10)).allSatisfy((uri) -> assertThat(probes.get(uri)).isBetween(23L, 27L));
		assertThat(uris(1, 2)).allSatisfy((uri) -> assertThat(probes.get(uri)).isBetween(395L, 405L));
	}

	@Test
	void aFewDeadAreProbedAsOftenAsTheLiving() {
		use(MembershipExtension.FORGETTING);
		kill(uri(10));
		List<MemberUri> probed = next(1000);
		assertThat(probed).filteredOn(uri(10)::equals).hasSizeBetween(90, 100);
	}

	@Test
	void whoIsAliveAgainIsProbedAsSuch() {
		use(MembershipExtension.FORGETTING);
		uris(3, 10).forEach(this::kill);
		next(20);
		uris(3, 10).forEach((uri) -> this.table.adopt(rumor(uri, MemberStatus.ALIVE, 2), EVIDENCE));
		next(2);
		List<MemberUri> probed = next(100);
		assertThat(uris(1, 10)).allSatisfy((uri) -> assertThat(probed).filteredOn(uri::equals).hasSizeBetween(9, 11));
	}

	@Test
	void whenTheDeadAreNotForgottenAnyMoreTheyAreProbedAsEverybody() {
		use(MembershipExtension.FORGETTING);
		uris(3, 10).forEach(this::kill);
		next(20);
		this.options = MembershipOptions.REFERENCE;
		next(10);
		assertThat(next(100)).filteredOn(uris(3, 10)::contains).hasSizeBetween(75, 85);
	}

	private void use(MembershipExtension extension) {
		this.options = MembershipOptions.REFERENCE.toBuilder().extensions(Set.of(extension)).build();
	}

	private void kill(MemberUri uri) {
		this.table.adopt(rumor(uri, MemberStatus.DEAD, 1), EVIDENCE);
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
