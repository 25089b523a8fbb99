package io.membership.spring.boot.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.membership.Member;
import io.membership.MemberPayloadChangedEvent;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipEvent;
import io.membership.ProbeResult;
import io.membership.spring.boot.test.NeighboursApplication.Neighbours;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TestMesh} and {@link TestPeer}.
 */
@SpringBootTest(properties = { "membership.payload.zone=x", "membership.encryption.key=a key of many characters",
		"membership.cluster-name=shop" })
@AutoConfigureTestMembership
@Timeout(60)
class TestMeshTests {

	@Autowired
	private TestMesh mesh;

	@Autowired
	private Membership membership;

	@Autowired
	private Neighbours neighbours;

	@BeforeEach
	void forgetEvents() {
		this.neighbours.events().clear();
	}

	@RepeatedTest(2)
	void eachTestBeginsWithNobodyButTheApplication() {
		assertThat(this.membership.members()).containsOnlyKeys(this.mesh.applicationUri());
		assertThat(this.membership.myself().payload()).isEqualTo(Map.of("zone", "x"));
		assertThat(this.neighbours.status("b:3301")).isNull();
		this.mesh.addPeer("b:3301").suspect();
		this.mesh.addPeer("c:3301");
		this.mesh.partition("c:3301");
		this.membership.setPayload("more", true);
		assertThat(this.neighbours.events()).isNotEmpty();
	}

	@RepeatedTest(2)
	void aNodeThatATestStoppedIsStarted() {
		assertThat(this.membership.state().running()).isTrue();
		assertThat(this.membership.leave()).isTrue();
	}

	@Test
	void theApplicationHasANameThatReadsWell() {
		assertThat(this.mesh.applicationUri()).hasToString("app:3301");
	}

	@Test
	void eventsAreThoseOfTheEngine() {
		this.mesh.addPeer("b:3301", Map.of("zone", "y"));
		this.mesh.kill("b:3301");
		List<MembershipEvent> events = this.neighbours.events()
			.stream()
			.filter((event) -> event.member().uri().equals(MemberUri.parse("b:3301")))
			.filter((event) -> event instanceof MemberStatusChangedEvent)
			.toList();
		assertThat(events).extracting((event) -> event.member().status())
			.containsExactly(MemberStatus.ALIVE, MemberStatus.SUSPECT, MemberStatus.DEAD);
		assertThat(events.get(0).member().payload()).containsEntry("zone", "y");
		assertThat(events.get(2).member().evidence().toString()).contains("app:3301 (refused)");
	}

	@Test
	void aNewPayloadIsAnEvent() {
		this.mesh.addPeer("b:3301").payload("zone", "y").payload("zone", null);
		assertThat(this.neighbours.events()).filteredOn((event) -> event instanceof MemberPayloadChangedEvent)
			.filteredOn((event) -> event.member().uri().equals(MemberUri.parse("b:3301")))
			.extracting((event) -> event.member().payload())
			.containsExactly(Map.of("zone", "y"), Map.of());
	}

	@Test
	void aPeerThatLeavesHasLeft() {
		this.mesh.addPeer("b:3301");
		this.mesh.leave("b:3301");
		assertThat(this.neighbours.status("b:3301")).isEqualTo(MemberStatus.LEFT);
	}

	@Test
	void aPeerComesBackAsANewProcess() {
		this.mesh.addPeer("b:3301");
		long incarnation = incarnation("b:3301");
		this.mesh.kill("b:3301");
		this.mesh.addPeer("b:3301");
		assertThat(this.neighbours.status("b:3301")).isEqualTo(MemberStatus.ALIVE);
		assertThat(incarnation("b:3301")).isGreaterThan(incarnation);
	}

	@Test
	void aSuspectDiesIfTimePasses() {
		this.mesh.addPeer("b:3301").suspect();
		this.mesh.runUntil(() -> this.neighbours.status("b:3301") == MemberStatus.DEAD);
	}

	@Test
	void aSuspectIsSuspectToAllOthers() {
		TestPeer c = this.mesh.addPeer("c:3301");
		this.mesh.addPeer("b:3301");
		this.mesh.suspect("b:3301");
		this.mesh.run(Duration.ofSeconds(1));
		assertThat(c.membership().member(MemberUri.parse("b:3301")).map(Member::status)).contains(MemberStatus.SUSPECT);
	}

	@Test
	void peersSeeTheApplicationLeave() {
		TestPeer b = this.mesh.addPeer("b:3301");
		this.membership.leave();
		this.mesh.runUntil(() -> b.membership()
			.member(this.mesh.applicationUri())
			.filter((member) -> member.status() == MemberStatus.LEFT)
			.isPresent());
	}

	@Test
	void aProbeNeedsNoHelpToBeAnswered() throws Exception {
		this.mesh.addPeer("b:3301");
		assertThat(this.membership.probeUri("b:3301").get(10, TimeUnit.SECONDS)).isInstanceOf(ProbeResult.Alive.class);
		assertThat(this.membership.probeUri("c:3301").join()).isInstanceOf(ProbeResult.NoResponse.class);
	}

	@Test
	void manyPeersTakeLittleTime() {
		for (int i = 1; i <= 20; i++) {
			this.mesh.addPeer("host" + i + ":3301");
		}
		assertThat(this.neighbours.alive()).isEqualTo(20);
		this.mesh.run(Duration.ofMinutes(1));
		assertThat(this.neighbours.alive()).isEqualTo(20);
	}

	@Test
	void addressesWillDoForHosts() {
		this.mesh.addPeer("10.1.2.3:3301");
		this.mesh.addPeer("10.1.2.3:3302");
		this.mesh.addPeer("[2001:db8::1]:3301");
		assertThat(this.neighbours.alive()).isEqualTo(3);
	}

	@Test
	void whoRunsIsNotAddedAgain() {
		this.mesh.addPeer("b:3301");
		assertThatIllegalStateException().isThrownBy(() -> this.mesh.addPeer("b:3301"))
			.withMessage("b:3301 runs already");
		assertThatIllegalStateException().isThrownBy(() -> this.mesh.addPeer("app:3301"))
			.withMessage("app:3301 runs already");
	}

	@Test
	void whoHasEndedDoesNothingAnyMore() {
		TestPeer peer = this.mesh.addPeer("b:3301");
		peer.kill();
		assertThatIllegalStateException().isThrownBy(peer::leave).withMessage("b:3301 does not run; add it again");
		assertThatIllegalStateException().isThrownBy(peer::suspect);
		assertThatIllegalStateException().isThrownBy(() -> peer.payload("zone", "x"));
	}

	@Test
	void whoWasNotAddedIsUnknown() {
		this.mesh.addPeer("b:3301");
		assertThatIllegalArgumentException().isThrownBy(() -> this.mesh.kill("c:3301"))
			.withMessage("c:3301 was not added; there are [b:3301]");
	}

	@Test
	void whatDoesNotHappenSaysWhatTheApplicationKnows() {
		this.mesh.addPeer("b:3301");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.mesh.runUntil(() -> false))
			.withMessageContaining("the condition holds")
			.withMessageContaining("  b:3301 is alive");
	}

	private long incarnation(String uri) {
		return this.membership.member(MemberUri.parse(uri)).orElseThrow().incarnation();
	}

}
