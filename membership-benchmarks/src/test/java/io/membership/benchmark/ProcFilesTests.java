package io.membership.benchmark;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is made of what Linux counts.
 */
class ProcFilesTests {

	@Test
	void waitingForADiskIsIdleAndGuestsCountOnce() {
		ProcFiles.Processors before = ProcFiles.Processors.of("cpu  10 1 10 70 5 1 1 2 3 4\ncpu0 1 1 1 1 1 1 1 1 1 1");
		assertThat(before).isEqualTo(new ProcFiles.Processors(75, 100));
		ProcFiles.Processors after = ProcFiles.Processors.of("cpu  30 1 10 140 15 1 1 2 9 9");
		assertThat(after.idleSince(before)).isEqualTo(0.8);
		assertThat(after.idleSince(after)).isZero();
	}

}
