package io.membership.test;

import java.time.Duration;

import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;

import static io.membership.MemberStatus.ALIVE;
import static io.membership.test.Conditions.allSeeAll;
import static io.membership.test.Conditions.everyoneSees;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a mesh can be made of.
 */
class SimulatedMeshBuilderTests {

	@Test
	void urisAreAsLongAsTheyShallBe() {
		SimulatedMesh mesh = SimulatedMesh.builder().size(12).uriLength(43).seed(1).build();
		assertThat(mesh.uri(7).toString()).hasSize(43);
		assertThat(mesh.uri(12).toString()).hasSize(43).isNotEqualTo(mesh.uri(7).toString());
	}

	@Test
	void longUrisMakeLargeDatagrams() {
		assertThat(bytesPerDatagram(43)).isGreaterThan(bytesPerDatagram(14) + 29 * 4);
	}

	private static double bytesPerDatagram(int uriLength) {
		SimulatedMesh mesh = SimulatedMesh.builder()
			.size(5)
			.uriLength(uriLength)
			.seed(1)
			.options(MembershipOptions.REFERENCE)
			.build()
			.startJoined();
		Traffic traffic = mesh.run(Duration.ofSeconds(30)).traffic();
		return (double) traffic.totalBytes(0) / traffic.totalDatagrams();
	}

	@Test
	void newcomersStartLater() {
		SimulatedMesh mesh = SimulatedMesh.builder().size(4).newcomers(2).seed(1).build().startJoined();
		assertThat(mesh.isRunning(5)).isFalse();
		mesh.start(5, 1).runUntil(everyoneSees(5, ALIVE)).within(Duration.ofSeconds(10));
		mesh.runUntil(allSeeAll()).within(Duration.ofSeconds(10));
	}

	@Test
	void rumorsAreCounted() {
		SimulatedMesh mesh = SimulatedMesh.builder()
			.size(3)
			.seed(1)
			.options(MembershipOptions.REFERENCE)
			.build()
			.startJoined();
		Traffic traffic = mesh.run(Duration.ofSeconds(30)).traffic();
		assertThat(traffic.rumors()).isGreaterThan(traffic.totalDatagrams());
	}

	@Test
	void whatMakesNoSenseIsRefused() {
		SimulatedMeshBuilder builder = SimulatedMesh.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.uriLength(12)).withMessageContaining("13 to 68");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.newcomers(-1)).withMessageContaining("-1");
	}

}
