package io.membership.wire;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayWindowTests {

	private final ReplayWindow window = new ReplayWindow();

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 63, 64, 1023, 1024, 1025, 1L << 32, (1L << 48) - 1 })
	void theFirstIsNewWhateverItsNumber(long number) {
		assertThat(this.window.isNew(number)).isTrue();
		this.window.accept(number);
		assertThat(this.window.isNew(number)).isFalse();
	}

	@Test
	void whatIsLateButNotTooLateIsNewOnce() {
		this.window.accept(5000);
		long late = 5000 - ReplayWindow.SIZE + 1;
		assertThat(this.window.isNew(late)).isTrue();
		this.window.accept(late);
		assertThat(this.window.isNew(late)).isFalse();
	}

	@Test
	void whatIsTooLateIsNotNew() {
		this.window.accept(5000);
		assertThat(this.window.isNew(5000 - ReplayWindow.SIZE)).isFalse();
	}

	/** Against a set of all numbers that were received. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void nothingCountsTwiceAndNothingNewIsLost(long seed) {
		Random random = new Random(seed);
		Set<Long> received = new HashSet<>();
		long newest = -1;
		for (int i = 0; i < 50_000; i++) {
			long number = Math.max(0, newest + random.nextInt(2 * ReplayWindow.SIZE) - 7 * ReplayWindow.SIZE / 4);
			boolean expected = !received.contains(number) && newest - number < ReplayWindow.SIZE;
			assertThat(this.window.isNew(number)).as("%d after %d, seed %d", number, newest, seed).isEqualTo(expected);
			if (expected) {
				this.window.accept(number);
				received.add(number);
				newest = Math.max(newest, number);
			}
		}
	}

}
