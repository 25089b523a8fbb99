package io.membership.swim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Random order, piece by piece.
 */
class SampleTests {

	private final SplittableRandom random = new SplittableRandom(1);

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 7, 1000 })
	void hasEveryElementOnce(int size) {
		assertThat(drawAll(size)).containsExactlyInAnyOrderElementsOf(IntStream.range(0, size).boxed().toList());
	}

	@Test
	void everyOrderIsEquallyLikely() {
		Map<List<Integer>, Integer> counts = new HashMap<>();
		for (int i = 0; i < 24_000; i++) {
			counts.merge(drawAll(4), 1, Integer::sum);
		}
		assertThat(counts).hasSize(24).allSatisfy((order, count) -> assertThat(count).isBetween(850, 1150));
	}

	@Test
	void samplesDoNotDisturbEachOther() {
		Sample<Integer> outer = sample(10);
		List<Integer> drawn = new ArrayList<>();
		while (outer.hasNext()) {
			drawn.add(outer.next());
			drawAll(10);
		}
		assertThat(drawn).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10).boxed().toList());
	}

	@Test
	void hasNoMoreThanThereAre() {
		Sample<Integer> empty = sample(0);
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(empty::next);
	}

	private List<Integer> drawAll(int size) {
		List<Integer> drawn = new ArrayList<>();
		sample(size).forEachRemaining(drawn::add);
		return drawn;
	}

	private Sample<Integer> sample(int size) {
		return new Sample<>(this.random, size, Integer::valueOf);
	}

}
