package io.membership.swim;

import java.time.Duration;
import java.util.Set;

import io.membership.MemberStatus;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who stood still does not blame others for its silence.
 */
class DeadlinesTests {

	private static final MembershipOptions PAUSE_AWARE = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.PAUSE_AWARENESS))
		.build();

	private final VirtualMesh mesh = new VirtualMesh(11);

	private final FakePeer peer = this.mesh.peer(2);

	@ParameterizedTest
	@ValueSource(ints = { 300, 1000, 2000, 8000, 60_000 })
	void anAnswerThatComesAfterAPauseIsInTime(int millis) {
		VirtualNode node = probing(PAUSE_AWARE);
		answerAfterAPauseOf(Duration.ofMillis(millis));
		assertThat(node.events()).noneMatch((event) -> event.member().status() == MemberStatus.SUSPECT);
	}

	@Test
	void withoutTheExtensionItIsTooLate() {
		VirtualNode node = probing(MembershipOptions.REFERENCE);
		answerAfterAPauseOf(Duration.ofSeconds(2));
		assertThat(node.events()).anyMatch((event) -> event.member().status() == MemberStatus.SUSPECT);
	}

	@Test
	void aPauseGivesSuspectsMoreTime() {
		VirtualNode node = this.mesh.node(1, PAUSE_AWARE).begin(this.peer);
		this.mesh.until("suspect", Duration.ofSeconds(5), () -> node.sees(this.peer, MemberStatus.SUSPECT));
		this.mesh.time().freeze(Duration.ofSeconds(2));
		Duration more = this.mesh.until("dead", Duration.ofSeconds(20), () -> node.sees(this.peer, MemberStatus.DEAD));
		assertThat(more).isGreaterThanOrEqualTo(Duration.ofMillis(2900));
	}

	@Test
	void aPauseIsReportedOnce() {
		VirtualNode node = probing(PAUSE_AWARE);
		answerAfterAPauseOf(Duration.ofSeconds(8));
		assertThat(node.environment().counts().pauses()).hasSize(1)
			.allMatch((pause) -> pause.compareTo(Duration.ofSeconds(6)) > 0);
	}

	@Test
	void aRealSilenceIsStillNoticed() {
		VirtualNode node = probing(PAUSE_AWARE);
		this.mesh.time().freeze(Duration.ofSeconds(2));
		this.mesh.until("suspect", Duration.ofSeconds(6), () -> node.sees(this.peer, MemberStatus.SUSPECT));
	}

	/** Returns a node whose probe of the peer is under way. */
	private VirtualNode probing(MembershipOptions options) {
		VirtualNode node = this.mesh.node(1, options).begin(this.peer);
		this.mesh.until("a probe", Duration.ofSeconds(5), () -> !this.peer.received(Message.Ping.class).isEmpty());
		return node;
	}

	private void answerAfterAPauseOf(Duration pause) {
		Message.Ping ping = this.peer.received(Message.Ping.class).get(0);
		this.mesh.time().freeze(pause);
		this.peer.answering().ack(Samples.uri(1), ping.data());
		this.mesh.advance(Duration.ofSeconds(5));
	}

}
