package io.membership.test;

import java.time.Duration;
import java.util.List;

import io.membership.MemberStatus;
import io.membership.MembershipOptions;
import io.membership.swim.Message;
import io.membership.swim.Rumor;
import io.membership.wire.DatagramCodec;
import io.membership.wire.Sealing;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Violations of invariants are noticed when they happen, if they are any.
 */
class InvariantTests {

	private final SimulatedMesh mesh = SimulatedMesh.builder()
		.size(5)
		.seed(3)
		.options(MembershipOptions.REFERENCE)
		.build()
		.startJoined();

	@Test
	void aFalseDeathIsNoticedAtOnce() {
		assertThatExceptionOfType(SimulationError.class).isThrownBy(this::sayThatThreeIsDead)
			.withMessageContaining("NO_FALSE_DEATHS")
			.withMessageContaining("seed 3");
	}

	@Test
	void aFalseDeathMayBeAllowed() {
		this.mesh.allow(Invariant.NO_FALSE_DEATHS);
		sayThatThreeIsDead();
		assertThat(this.mesh.views().status(1, 3)).isEqualTo(MemberStatus.DEAD);
	}

	@Test
	void theDeathOfWhoWasJustFaultyIsNoFalseOne() {
		this.mesh.freeze(3, Duration.ofMillis(100)).run(Duration.ofSeconds(1));
		sayThatThreeIsDead();
		assertThat(this.mesh.views().status(1, 3)).isEqualTo(MemberStatus.DEAD);
	}

	@Test
	void theDeathOfWhoHasRecoveredForLongIsAFalseOne() {
		this.mesh.freeze(3, Duration.ofMillis(100)).run(Duration.ofSeconds(31));
		assertThatExceptionOfType(SimulationError.class).isThrownBy(this::sayThatThreeIsDead);
	}

	private void sayThatThreeIsDead() {
		Rumor rumor = new Rumor(this.mesh.uri(3), MemberStatus.DEAD, 1, null, 0);
		Message leave = new Message.Leave(this.mesh.uri(2), List.of(rumor));
		this.mesh.inject(2, 1, new DatagramCodec(Sealing.none()).encode(leave));
	}

}
