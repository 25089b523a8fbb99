package io.membership.swim;

import java.time.Duration;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.converter.TypedArgumentConverter;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How round trips are smoothed (RFC 6298 §2).
 */
class RoundTripTimeTests {

	@ParameterizedTest
	@CsvSource({
	// @formatter:off
			// samples in ms,      mean, deviation and timeout in µs
			"8,                    8000,    4000,   24000",
			"0,                       0,       0,       0",
			"8 8,                  8000,    3000,   20000",
			"8 16,                 9000,    5000,   29000",
			"8 0,                  7000,    5000,   27000",
			"8 16 1,               8000,    5750,   31000",
			"100 100 100 100 100, 100000,  15820,  163281",
			"1 1 1 1 1001,        126000, 250158, 1126632"
			// @formatter:on
	})
	void followsTheSamples(@ConvertWith(Samples.class) long[] samples, long smoothed, long deviation, long timeout) {
		RoundTripTime time = measured(samples);
		assertThat(time.smoothed().toNanos() / 1000).isEqualTo(smoothed);
		assertThat(time.deviationNanos() / 1000).isEqualTo(deviation);
		assertThat(time.timeout().toNanos() / 1000).isEqualTo(timeout);
	}

	@Test
	void isWhatAllSamplesAreInTheEnd() {
		long[] samples = new long[200];
		Arrays.fill(samples, 40);
		samples[0] = 1000;
		assertThat(measured(samples).timeout()).isBetween(Duration.ofMillis(40), Duration.ofMillis(41));
	}

	private static RoundTripTime measured(long... millis) {
		RoundTripTime time = RoundTripTime.of(Duration.ofMillis(millis[0]));
		for (int i = 1; i < millis.length; i++) {
			time = time.with(Duration.ofMillis(millis[i]));
		}
		return time;
	}

	static final class Samples extends TypedArgumentConverter<String, long[]> {

		Samples() {
			super(String.class, long[].class);
		}

		@Override
		protected long[] convert(String samples) {
			return Arrays.stream(samples.split(" ")).mapToLong(Long::parseLong).toArray();
		}

	}

}
