package io.membership.benchmark;

import java.time.Duration;
import java.util.List;

import io.membership.benchmark.engine.Engine;
import io.membership.benchmark.engine.Engines;
import io.membership.benchmark.engine.Sight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Small meshes of each engine that comes with the build.
 */
class MeshTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	@ParameterizedTest
	@ValueSource(strings = { "membership", "scalecube", "jgroups", "hazelcast", "pekko" })
	void allSeeAllAndMissWhoLeaves(String id) throws Exception {
		List<Long> pids;
		try (Mesh mesh = new Mesh(Engines.of(id), PATIENCE)) {
			mesh.start(3);
			int leaving = mesh.alonePort();
			List<Integer> others = mesh.portsBut(leaving);
			mesh.alone().leave(leaving);
			assertThat(mesh.sights()
				.await(PATIENCE, () -> mesh.sights().times(others, Sight.DOWN, leaving, null, 0).getCount() == 2))
				.isTrue();
			mesh.replaceAlone();
			assertThat(mesh.sights().seeEachOther(mesh.ports())).isTrue();
			pids = mesh.pids();
		}
		assertThat(pids).hasSize(2).noneMatch((pid) -> ProcessHandle.of(pid).isPresent());
	}

	@Test
	void theOneAndTheTenthHaveProcessesOfTheirOwn() {
		Engine engine = Engines.of("membership");
		int each = engine.nodesPerProcess();
		assertThat(Mesh.processes(engine, 3)).isEqualTo(2);
		assertThat(Mesh.processes(engine, 20)).isEqualTo(3);
		assertThat(Mesh.processes(engine, 2 * each)).isEqualTo(4);
	}

	@Test
	void unknownEnginesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Engines.of("raft")).withMessageContaining("scalecube");
	}

}
