package io.membership.test;

import java.time.Duration;
import java.util.stream.IntStream;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.swim.Rumor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What members believe, in little space.
 */
class ViewTests {

	private static final int OF_TWO = 2;

	private final View view = new View(OF_TWO);

	@Test
	void countsWhoIsKnownAndWhoIsAlive() {
		this.view.put(1, rumor(1, MemberStatus.ALIVE, 1));
		this.view.put(2, rumor(2, MemberStatus.ALIVE, 1));
		this.view.put(2, rumor(2, MemberStatus.DEAD, 1));
		this.view.put(9, rumor(9, MemberStatus.SUSPECT, 1));
		this.view.remove(1);
		this.view.remove(1);
		assertThat(new int[] { this.view.size(), this.view.alive() }).containsExactly(2, 0);
	}

	@Test
	void theDigestDoesNotDependOnThePast() {
		this.view.put(1, rumor(1, MemberStatus.ALIVE, 1));
		this.view.put(2, rumor(2, MemberStatus.ALIVE, 1));
		this.view.put(1, rumor(1, MemberStatus.ALIVE, 2));
		View other = new View(OF_TWO);
		other.put(2, rumor(2, MemberStatus.ALIVE, 1));
		other.put(1, rumor(1, MemberStatus.DEAD, 1));
		long without = other.digest();
		other.put(1, rumor(1, MemberStatus.ALIVE, 2));
		assertThat(other.digest()).isEqualTo(this.view.digest()).isNotEqualTo(without);
	}

	@Test
	void allViewsShareWhatTheyKnow() {
		SimulatedMesh mesh = SimulatedMesh.builder().size(5).seed(1).build().startAll();
		mesh.runUntil(Conditions.allSeeAll()).within(Duration.ofMinutes(1));
		mesh.setPayload(2, "k", "v")
			.runUntil(Conditions.everyoneSeesPayload(2, "k", "v"))
			.within(Duration.ofMinutes(1));
		Rumor known = mesh.views().known(1, 2);
		assertThat(IntStream.rangeClosed(2, 5).mapToObj((observer) -> mesh.views().known(observer, 2)))
			.allSatisfy((same) -> assertThat(same).isNotNull().isSameAs(known));
	}

	private static Rumor rumor(int member, MemberStatus status, long incarnation) {
		return new Rumor(MemberUri.of("m" + member, 1), status, incarnation, null, 0);
	}

}
