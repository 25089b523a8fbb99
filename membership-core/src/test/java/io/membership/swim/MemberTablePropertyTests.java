package io.membership.swim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeTry;

import static io.membership.swim.Samples.EVIDENCE;
import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds in a table whatever happens to it.
 */
class MemberTablePropertyTests {

	private VirtualEnvironment environment;

	private MemberTable table;

	@BeforeTry
	void createTable() {
		this.environment = VirtualEnvironment.lonely();
		this.table = new MemberTable(this.environment, uri(1));
	}

	@Property(tries = 300)
	void whatIsKnownOfAMemberNeverGetsOlder(@ForAll("rumors") List<Rumor> rumors) {
		Map<MemberUri, Member> before = new HashMap<>();
		for (Rumor rumor : rumors) {
			this.table.adopt(rumor, EVIDENCE);
			this.environment.view().forEach((uri, member) -> {
				Member earlier = before.put(uri, member);
				assertThat(earlier == null || earlier.equals(member) || Rumor.supersedes(member.status(),
						member.incarnation(), earlier.status(), earlier.incarnation()))
					.isTrue();
			});
		}
	}

	@Property(tries = 300)
	void theOrderOfRumorsDoesNotMatter(@ForAll("rumors") List<Rumor> rumors) {
		rumors.forEach((rumor) -> this.table.adopt(rumor, EVIDENCE));
		VirtualEnvironment elsewhere = VirtualEnvironment.lonely();
		MemberTable other = new MemberTable(elsewhere, uri(1));
		for (int i = rumors.size() - 1; i >= 0; i--) {
			other.adopt(rumors.get(i), EVIDENCE);
		}
		assertThat(beliefs(elsewhere)).isEqualTo(beliefs(this.environment));
	}

	private static Map<MemberUri, List<Object>> beliefs(VirtualEnvironment environment) {
		Map<MemberUri, List<Object>> beliefs = new HashMap<>();
		environment.view().forEach((uri, member) -> beliefs.put(uri, List.of(member.status(), member.incarnation())));
		return beliefs;
	}

	@Property(tries = 300)
	void everyMemberIsInTheTableOnceAndFound(@ForAll("actions") List<Action> actions) {
		this.table.adopt(alive(1), EVIDENCE);
		for (Action action : actions) {
			action.on(this.table);
			assertThat(this.table.all()).allSatisfy((known) -> assertThat(this.table.get(known.uri())).isSameAs(known));
			assertThat(this.table.all().map(Rumor::uri))
				.containsExactlyInAnyOrderElementsOf(this.environment.view().keySet());
		}
	}

	@Property(tries = 300)
	void whatIsKnownIsWhatIsShown(@ForAll("actions") List<Action> actions) {
		this.table.adopt(alive(1), EVIDENCE);
		for (Action action : actions) {
			action.on(this.table);
			assertThat(this.table.all()).allSatisfy((known) -> {
				Member shown = this.environment.view().get(known.uri());
				assertThat(List.of(shown.status(), shown.incarnation())).containsExactly(known.status(),
						known.incarnation());
			});
		}
	}

	@Property(tries = 300)
	void exactlyTheSuspectsAreUnderSuspicion(@ForAll("actions") List<Action> actions) {
		for (Action action : actions) {
			action.on(this.table);
			Suspicions suspicions = this.table.suspicions();
			assertThat(this.table.all()).allSatisfy((known) -> assertThat(suspicions.of(known.uri()) != null)
				.isEqualTo(known.status() == MemberStatus.SUSPECT));
			assertThat(this.table.all().filter((known) -> known.status() == MemberStatus.SUSPECT))
				.hasSize(suspicions.size());
		}
	}

	@Property(tries = 300)
	void companyIsAnyOtherAliveMember(@ForAll("actions") List<Action> actions) {
		for (Action action : actions) {
			action.on(this.table);
			assertThat(this.table.hasCompany())
				.isEqualTo(this.table.all().anyMatch((known) -> known.isAlive() && !known.uri().equals(uri(1))));
		}
	}

	@Provide
	Arbitrary<List<Rumor>> rumors() {
		return anyRumor().list().ofMaxSize(60);
	}

	@Provide
	Arbitrary<List<Action>> actions() {
		Arbitrary<Action> adopt = anyRumor().map((rumor) -> (table) -> table.adopt(rumor, EVIDENCE));
		Arbitrary<Action> remove = number().map((number) -> (table) -> table.remove(uri(number), EVIDENCE));
		Arbitrary<Action> allow = number().list()
			.ofMaxSize(6)
			.map((numbers) -> (table) -> table.allow(numbers.stream().map(Samples::uri).toList()));
		Arbitrary<Action> shuffle = number()
			.map((number) -> (table) -> assertThat(table.shuffled((known) -> true)).hasSize(table.size()));
		return Arbitraries.oneOf(adopt, adopt, remove, allow, shuffle).list().ofMaxSize(60);
	}

	private static Arbitrary<Rumor> anyRumor() {
		return Combinators.combine(number(), Arbitraries.of(MemberStatus.class), Arbitraries.longs().between(1, 4))
			.as((number, status, incarnation) -> rumor(uri(number), status, incarnation));
	}

	private static Arbitrary<Integer> number() {
		return Arbitraries.integers().between(1, 9);
	}

	/** Something that happens to a table. */
	@FunctionalInterface
	interface Action {

		void on(MemberTable table);

	}

}
