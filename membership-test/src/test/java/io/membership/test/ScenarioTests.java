package io.membership.test;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static io.membership.MemberStatus.DEAD;
import static io.membership.test.Conditions.allSeeAll;
import static io.membership.test.Conditions.everyoneSees;
import static org.assertj.core.api.Assertions.assertThat;

class ScenarioTests {

	@Test
	void aHundredJoin() {
		SimulatedMesh mesh = SimulatedMesh.builder().size(100).seed(1).build().startAll();
		Outcome outcome = mesh.runUntil(allSeeAll()).within(Duration.ofSeconds(30));
		System.out.println(outcome);
		outcome = mesh.crash(7).runUntil(everyoneSees(7, DEAD)).within(Duration.ofSeconds(20));
		System.out.println(outcome);
		assertThat(outcome.took()).isLessThan(Duration.ofSeconds(10));
	}

}
