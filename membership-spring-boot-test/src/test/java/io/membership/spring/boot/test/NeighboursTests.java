package io.membership.spring.boot.test;

import java.time.Duration;
import java.util.Map;

import io.membership.MemberStatus;
import io.membership.spring.boot.test.NeighboursApplication.Neighbours;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application, as its authors write them with {@link TestMesh}. They are the
 * examples of the documentation.
 */
@SpringBootTest
@AutoConfigureTestMembership
class NeighboursTests {

	@Autowired
	private TestMesh mesh;

	@Autowired
	private Neighbours neighbours;

	@Test
	void listsTheNeighboursOfAZone() {
		this.mesh.addPeer("b:3301").payload("zone", "x");
		this.mesh.addPeer("c:3301", Map.of("zone", "x"));
		this.mesh.addPeer("d:3301", Map.of("zone", "y"));
		assertThat(this.neighbours.inZone("x")).containsExactly("b:3301", "c:3301");
	}

	@Test
	void forgetsANeighbourThatIsKilled() {
		this.mesh.addPeer("b:3301");
		assertThat(this.neighbours.alive()).isEqualTo(1);
		this.mesh.kill("b:3301");
		assertThat(this.neighbours.status("b:3301")).isEqualTo(MemberStatus.DEAD);
		assertThat(this.neighbours.alive()).isZero();
	}

	@Test
	void trustsASuspectAgainWhenItRecovers() {
		TestPeer peer = this.mesh.addPeer("b:3301");
		peer.suspect();
		assertThat(this.neighbours.status("b:3301")).isEqualTo(MemberStatus.SUSPECT);
		peer.recover();
		assertThat(this.neighbours.status("b:3301")).isEqualTo(MemberStatus.ALIVE);
	}

	@Test
	void aPartitionTakesAwayARack() {
		this.mesh.addPeer("b:3301");
		this.mesh.addPeer("c:3301");
		this.mesh.addPeer("d:3301");
		this.mesh.partition("c:3301", "d:3301");
		assertThat(this.neighbours.alive()).isEqualTo(1);
		this.mesh.heal();
		assertThat(this.neighbours.alive()).isEqualTo(3);
	}

	@Test
	void tellsOthersHowManyNeighboursItHas() {
		TestPeer b = this.mesh.addPeer("b:3301");
		this.mesh.addPeer("c:3301");
		this.mesh.run(Duration.ofSeconds(1));
		assertThat(b.membership().member(this.mesh.applicationUri()).orElseThrow().payload())
			.containsEntry("neighbours", 2L);
	}

}
