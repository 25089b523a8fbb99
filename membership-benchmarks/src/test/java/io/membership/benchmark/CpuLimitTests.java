package io.membership.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits of processor time, of either version of control groups.
 */
class CpuLimitTests {

	private static final String GROUPS = """
			3:cpuset:/
			2:cpu,cpuacct:/one
			0::/two
			""";

	private static final String BUSY = "i=0; while [ $i -lt 20000000 ]; do i=$((i + 1)); done";

	@TempDir
	Path root;

	@Test
	void withoutControlOfProcessorsThereIsNoLimit() throws IOException {
		assertThat(CpuLimit.hierarchy(this.root)).isEmpty();
		Files.writeString(this.root.resolve("cgroup.subtree_control"), "cpuset memory\n");
		assertThat(CpuLimit.hierarchy(this.root)).isEmpty();
	}

	@Test
	void theOneHierarchyControlsProcessorsIfItSaysSo() throws IOException {
		Files.writeString(this.root.resolve("cgroup.subtree_control"), "cpuset cpu\n");
		assertThat(CpuLimit.hierarchy(this.root)).contains(this.root);
	}

	@Test
	void theHierarchyOfProcessorsIsTakenWhereThereAreSeveral() throws IOException {
		Path processors = Files.createDirectories(this.root.resolve("cpu"));
		Files.writeString(processors.resolve("cpu.cfs_quota_us"), "-1\n");
		assertThat(CpuLimit.hierarchy(this.root)).contains(processors);
	}

	@Test
	void processesGoBackToWhereTheyCameFrom() {
		assertThat(CpuLimit.own(false, GROUPS)).isEqualTo("one");
		assertThat(CpuLimit.own(true, GROUPS)).isEqualTo("two");
		assertThat(CpuLimit.own(false, "0::/two")).isEmpty();
	}

	/** It ends by itself, too: nobody else may be kept from a processor for long. */
	@Test
	@EnabledIf("io.membership.benchmark.CpuLimit#isPossible")
	void aBusyProcessStandsStillUntilTheLimitIsLifted() throws Exception {
		Process busy = new ProcessBuilder("sh", "-c", BUSY).start();
		try {
			Path groups = Path.of("/proc/" + busy.pid() + "/cgroup");
			String before = Files.readString(groups);
			try (CpuLimit limit = CpuLimit.of(List.of(busy.pid()), 5)) {
				assertThat(Files.readString(groups)).isNotEqualTo(before);
				long deadline = System.nanoTime() + 30_000_000_000L;
				while (limit.haltedShare() == 0 && System.nanoTime() < deadline) {
					Thread.onSpinWait();
				}
				assertThat(limit.haltedShare()).isPositive().isLessThanOrEqualTo(1);
			}
			assertThat(Files.readString(groups)).isEqualTo(before);
		}
		finally {
			busy.destroyForcibly().waitFor();
		}
	}

}
