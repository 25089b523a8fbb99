package io.membership.swim;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.membership.MemberStatus;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who stood still does not tell old suspicions.
 */
class AwakeningTests {

	private static final MembershipOptions AWARE = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.PAUSE_AWARENESS, MembershipExtension.GOSSIP))
		.build();

	private static final Duration A_MOMENT = Duration.ofMillis(2);

	private static final Duration PAUSE = Duration.ofSeconds(4);

	private final VirtualMesh mesh = new VirtualMesh(21);

	private final FakePeer suspect = this.mesh.peer(2);

	private final FakePeer other = this.mesh.peer(3).answering();

	@Test
	void aSuspectIsAskedAtOnce() {
		suspectingNode(AWARE);
		this.suspect.forget();
		this.mesh.time().freeze(PAUSE);
		this.mesh.advance(A_MOMENT);
		assertThat(this.suspect.received(Message.Ping.class)).isNotEmpty()
			.allMatch((ping) -> ping.events().get(0).status() == MemberStatus.SUSPECT);
	}

	@Test
	void nobodyElseIsToldOfASuspicionThatIsOld() {
		suspectingNode(AWARE);
		this.other.forget();
		this.mesh.time().freeze(PAUSE);
		this.mesh.advance(A_MOMENT);
		assertThat(suspicionsTold()).isEmpty();
	}

	@Test
	void withoutTheExtensionEverybodyIsTold() {
		suspectingNode(AWARE.toBuilder().extensions(Set.of(MembershipExtension.GOSSIP)).build());
		this.other.forget();
		this.mesh.time().freeze(PAUSE);
		this.mesh.advance(A_MOMENT);
		assertThat(suspicionsTold()).isNotEmpty();
	}

	@Test
	void aShortPauseChangesNothing() {
		suspectingNode(AWARE);
		this.other.forget();
		this.mesh.time().freeze(Duration.ofMillis(1500));
		this.mesh.advance(A_MOMENT);
		assertThat(suspicionsTold()).isNotEmpty();
	}

	@Test
	void aDatagramAwakesAsATimerDoes() {
		VirtualNode node = suspectingNode(AWARE);
		this.suspect.forget();
		this.other.forget();
		this.mesh.time().freeze(PAUSE);
		this.other.ping(node.uri());
		this.mesh.advance(A_MOMENT);
		assertThat(this.suspect.received(Message.Ping.class)).isNotEmpty();
		assertThat(suspicionsTold()).isEmpty();
	}

	/** Returns a node that has just begun to suspect somebody. */
	private VirtualNode suspectingNode(MembershipOptions options) {
		VirtualNode node = this.mesh.node(1, options).begin(this.suspect, this.other);
		this.mesh.until("suspect", Duration.ofSeconds(10), () -> node.sees(this.suspect, MemberStatus.SUSPECT));
		return node;
	}

	/** Returns news only: the rest of a datagram is filled with whatever a node knows. */
	private List<Rumor> suspicionsTold() {
		return this.other.received()
			.stream()
			.flatMap((message) -> message.events().stream())
			.filter((rumor) -> rumor.status() == MemberStatus.SUSPECT && rumor.timeToLive() > 0)
			.toList();
	}

}
