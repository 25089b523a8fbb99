package io.membership.swim;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.membership.MemberStatus;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.rumor;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a node that hears little doubts itself.
 */
class LocalHealthTests {

	private static final MembershipOptions WITH_LOCAL_HEALTH = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.LOCAL_HEALTH))
		.build();

	private final VirtualMesh mesh = new VirtualMesh(7);

	@Test
	void aNodeThatHearsFromAllProbesOncePerPeriod() {
		VirtualNode node = this.mesh.node(1, WITH_LOCAL_HEALTH).begin(this.mesh.peer(2).answering());
		this.mesh.advance(Duration.ofMillis(9_900));
		assertThat(node.environment().counts().probed()).hasSize(10);
	}

	@Test
	void aNodeThatHearsFromNobodyProbesLessOften() {
		VirtualNode node = this.mesh.node(1, WITH_LOCAL_HEALTH)
			.begin(this.mesh.peer(2), this.mesh.peer(3), this.mesh.peer(4));
		this.mesh.advance(Duration.ofSeconds(60));
		assertThat(node.environment().counts().probed()).hasSizeBetween(10, 30);
	}

	/** They have another key, and this node hears that they live. */
	@Test
	void aNodeThatHearsOthersButCannotReadThemDoesNotDoubtItself() {
		List<FakePeer> peers = List.of(this.mesh.peer(2), this.mesh.peer(3), this.mesh.peer(4));
		VirtualNode node = this.mesh.node(1, WITH_LOCAL_HEALTH).begin(peers.toArray(FakePeer[]::new));
		for (int second = 0; second < 20; second++) {
			peers.forEach((peer) -> peer.sendGarbage(node.uri()));
			this.mesh.advance(Duration.ofSeconds(1));
			assertThat(node.environment().counts().multiplier()).isEqualTo(1);
		}
	}

	@Test
	void withoutTheExtensionItProbesAsOftenAsEver() {
		VirtualNode node = this.mesh.node(1).begin(this.mesh.peer(2), this.mesh.peer(3), this.mesh.peer(4));
		this.mesh.advance(Duration.ofMillis(59_900));
		assertThat(node.environment().counts().probed()).hasSizeGreaterThanOrEqualTo(59);
	}

	@Test
	void aNodeThatHearsFromOthersAgainRecovers() {
		FakePeer peer = this.mesh.peer(2);
		VirtualNode node = this.mesh.node(1, WITH_LOCAL_HEALTH).begin(peer);
		this.mesh.advance(Duration.ofSeconds(3));
		assertThat(node.environment().counts().multiplier()).isGreaterThan(1);
		peer.answering();
		this.mesh.advance(Duration.ofSeconds(60));
		assertThat(node.environment().counts().multiplier()).isEqualTo(1);
	}

	@Test
	void whoeverHasToRefuteDoubtsItself() {
		FakePeer peer = this.mesh.peer(2).answering();
		VirtualNode node = this.mesh.node(1, WITH_LOCAL_HEALTH).begin(peer);
		peer.send(node.uri(), new Message.Leave(peer.uri(), List.of(rumor(node.uri(), MemberStatus.SUSPECT, 1))));
		this.mesh.advance(Duration.ofMillis(1));
		assertThat(node.environment().counts().multiplier()).isEqualTo(2);
	}

	@Test
	void thePeriodThatItStretchesIsTold() {
		FakePeer peer = this.mesh.peer(2).answering();
		VirtualNode node = this.mesh.node(1, WITH_LOCAL_HEALTH).begin(peer);
		assertThat(node.protocol().state().periodNanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
		peer.send(node.uri(), new Message.Leave(peer.uri(), List.of(rumor(node.uri(), MemberStatus.SUSPECT, 1))));
		this.mesh.advance(Duration.ofSeconds(1));
		assertThat(node.protocol().state().periodNanos()).isEqualTo(Duration.ofSeconds(2).toNanos());
	}

	@Test
	void theDoubtIsBounded() {
		LocalHealth health = new LocalHealth(VirtualEnvironment.lonely(), () -> WITH_LOCAL_HEALTH);
		for (int i = 0; i < 20; i++) {
			health.worse();
		}
		assertThat(health.stretch(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(LocalHealth.WORST + 1));
	}

}
