package io.membership.test.report;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Percentiles are nearest ranks.
 */
class SampleTests {

	@ParameterizedTest
	@CsvSource({ "0, 1", "1, 1", "1.1, 2", "50, 50", "50.5, 51", "99, 99", "99.1, 100", "100, 100" })
	void aPercentileOfTheNumbersToAHundredIsItself(double percent, double expected) {
		Sample sample = Sample.of(IntStream.rangeClosed(1, 100).mapToObj((i) -> (double) (101 - i)).toList());
		assertThat(sample.percentile(percent)).isEqualTo(expected);
	}

	@Test
	void theMedianOfFewIsOneOfThem() {
		assertThat(sample(3, 1, 2).median()).isEqualTo(2);
		assertThat(sample(4, 3, 1, 2).median()).isEqualTo(2);
	}

	@Test
	void meanMinAndMaxAreWhatTheySay() {
		Sample sample = sample(4, 1, 1);
		assertThat(List.of(sample.mean(), sample.min(), sample.max(), sample.sum())).containsExactly(2.0, 1.0, 4.0,
				6.0);
	}

	@Test
	void whatNeverHappenedIsLast() {
		Sample sample = sample(Double.POSITIVE_INFINITY, 1, 2);
		assertThat(sample.median()).isEqualTo(2);
		assertThat(sample.max()).isInfinite();
		assertThat(sample.shareUpTo(1e9)).isEqualTo(2 / 3.0);
	}

	@Test
	void nothingHasNoPercentile() {
		assertThat(Sample.of(List.of()).median()).isNaN();
		assertThat(Sample.of(List.of()).mean()).isNaN();
	}

	private static Sample sample(double... values) {
		return Sample.of(DoubleStream.of(values).boxed().toList());
	}

}
