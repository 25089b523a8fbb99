package io.membership.benchmark;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is waited for before a mesh starts.
 */
@EnabledOnOs(OS.LINUX)
class QuietMachineTests {

	@Test
	void whatIsLeftIsGoneAfterwards() throws Exception {
		Process left = new ProcessBuilder("sh", "-c", "read line").start();
		assertThat(QuietMachine.await(List.of(left.toHandle()), Duration.ZERO)).isBetween(0.0, 1.0);
		assertThat(left.isAlive()).isFalse();
	}

}
