package io.membership.measure;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class TrendTests {

	private static final int COUNT = 50;

	@Test
	void aStraightLineHasItsSlope() {
		Trend trend = trend((i) -> 100 + 3.0 * i);

		assertThat(trend.slope()).isCloseTo(3, within(1e-9));
		assertThat(trend.low()).isCloseTo(3, within(1e-9));
		assertThat(trend.high()).isCloseTo(3, within(1e-9));
		assertThat(trend.isUp()).isTrue();
	}

	@Test
	void whatNeverChangesDoesNotRise() {
		assertThat(trend((i) -> 7)).isEqualTo(new Trend(0, 0, 0));
		assertThat(trend((i) -> 7).isUp()).isFalse();
	}

	@Test
	void whatFallsDoesNotRise() {
		Trend trend = trend((i) -> 100 - 3.0 * i);

		assertThat(trend.high()).isNegative();
		assertThat(trend.isUp()).isFalse();
	}

	@Test
	void theTimeCounts() {
		Trend trend = Trend.of(new double[] { 0, 1, 10, 100 }, new double[] { 0, 2, 20, 200 });

		assertThat(trend.slope()).isEqualTo(2);
	}

	@Test
	void theSlopeIsTheMedianOfThoseOfAllPairs() {
		// Slopes -1, 0, 1, 1, 1, 3
		Trend trend = Trend.of(new double[] { 0, 1, 2, 3 }, new double[] { 0, 3, 2, 3 });

		assertThat(trend.slope()).isEqualTo(1);
	}

	@Test
	void outliersDoNotMoveIt() {
		Trend trend = trend((i) -> (i % 10 == 9) ? 1e9 : 3.0 * i);

		assertThat(trend.slope()).isCloseTo(3, within(0.2));
	}

	@Test
	void aRareStepIsSeen() {
		Trend trend = trend((i) -> Math.floorDiv(i, 10));

		assertThat(trend.slope()).isCloseTo(0.1, within(0.02));
		assertThat(trend.isUp()).isTrue();
	}

	@Test
	void aRiseThatNoiseHidesIsNotCertain() {
		Random random = new Random(1);

		Trend trend = trend((i) -> 0.001 * i + random.nextGaussian());

		assertThat(trend.isUp()).isFalse();
		assertThat(trend.low()).isNegative();
		assertThat(trend.high()).isPositive();
	}

	@Test
	void aRiseThatNoiseDoesNotHideIsCertain() {
		Random random = new Random(1);

		Trend trend = trend((i) -> 0.1 * i + random.nextGaussian());

		assertThat(trend.isUp()).isTrue();
		assertThat(trend.slope()).isCloseTo(0.1, within(0.03));
	}

	@Test
	void theLimitsHoldAsOftenAsTheyPromise() {
		Random random = new Random(42);

		long outside = IntStream.range(0, 2000)
			.mapToObj((run) -> trend((i) -> 0.5 * i + random.nextGaussian()))
			.filter((trend) -> trend.low() > 0.5 || trend.high() < 0.5)
			.count();

		assertThat(outside).isBetween(0L, 8L);
	}

	@Test
	void fewValuesAreNeverCertain() {
		Trend trend = Trend.of(new double[] { 0, 1, 2, 3 }, new double[] { 1, 2, 3, 4 });

		assertThat(trend.slope()).isEqualTo(1);
		assertThat(trend.low()).isEqualTo(Double.NEGATIVE_INFINITY);
		assertThat(trend.isUp()).isFalse();
	}

	@Test
	void oneValueHasNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> Trend.of(new double[] { 1 }, new double[] { 1 }));
		assertThatIllegalArgumentException().isThrownBy(() -> Trend.of(new double[] { 1, 2 }, new double[] { 1 }));
	}

	private static Trend trend(IntToDoubleFunction value) {
		double[] times = IntStream.range(0, COUNT).asDoubleStream().toArray();
		return Trend.of(times, Arrays.stream(times).map((time) -> value.applyAsDouble((int) time)).toArray());
	}

}
