package io.membership.measure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GrowthTests {

	private static final int MINUTES = 60;

	private static final double SHARE = 0.1;

	@Test
	void whatStaysDoesNotGrow() {
		assertThat(new Growth(List.of(process(Figure.THREADS, (minute) -> 12)), SHARE).found()).isEmpty();
	}

	@Test
	void whatRisesGrows() {
		Growth growth = new Growth(List.of(process(Figure.FILES, (minute) -> 30 + minute / 10)), SHARE);

		assertThat(growth.found()).containsExactly(Figure.FILES);
		assertThat(growth.toString()).contains("| file descriptors | 30 | 35 | ").contains("**yes**");
	}

	@Test
	void whatWouldAddLittleInADayDoesNotGrow() {
		Growth growth = new Growth(List.of(process(Figure.HEAP, (minute) -> 10_000_000 + minute * 100)), SHARE);

		assertThat(growth.found()).isEmpty();
	}

	@Test
	void oneProcessIsEnough() {
		Growth growth = new Growth(List.of(process(Figure.THREADS, (minute) -> 12),
				process(Figure.THREADS, (minute) -> 12 + minute), process(Figure.THREADS, (minute) -> 12)), SHARE);

		assertThat(growth.found()).containsExactly(Figure.THREADS);
	}

	@Test
	void classesOfWhichThereAreMoreAndMoreObjectsAreNamed() {
		Samples samples = new Samples();
		for (int minute = 0; minute < MINUTES; minute++) {
			samples.add(minute / 60.0, (minute < 2) ? Map.of() : Map.of("of:Leak", 10L + minute, "of:Other", 10L));
		}

		assertThat(new Growth(List.of(samples), SHARE).foundBelow("of:")).containsExactly("of:Leak");
	}

	private static Samples process(Figure figure, LongUnaryOperator value) {
		Samples samples = new Samples();
		for (int minute = 0; minute < MINUTES; minute++) {
			Map<String, Long> moment = new HashMap<>();
			for (Figure other : Figure.values()) {
				moment.put(other.key(), 1000L);
			}
			moment.put(figure.key(), value.applyAsLong(minute));
			samples.add(minute / 60.0, moment);
		}
		return samples;
	}

}
