package io.membership.swim;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The clock readings in a probe and its answer.
 */
class ProbeDataTests {

	@Test
	void theTargetsClockIsComparedWithTheMiddleOfTheRoundTrip() {
		assertThat(probe(1000, 5000).clockDelta(2000)).isEqualTo(Duration.ofNanos(3_500_000));
	}

	@Test
	void aClockThatIsBehindGivesANegativeDelta() {
		assertThat(probe(5000, 1000).clockDelta(5000)).isEqualTo(Duration.ofMillis(-4));
	}

	@Test
	void halfMicrosecondsAreKept() {
		assertThat(probe(1000, 1000).clockDelta(1001)).isEqualTo(Duration.ofNanos(-500));
	}

	@Test
	void presentTimesLoseNothingToRounding() {
		long now = 1_790_000_000_000_001L;
		assertThat(probe(now, now + 7).clockDelta(now + 3)).isEqualTo(Duration.ofNanos(5500));
	}

	@Test
	void withoutAnAnswersTimeThereIsNoDelta() {
		assertThat(probe(1000, ProbeData.UNKNOWN).clockDelta(2000)).isNull();
	}

	@Test
	void anAbsurdClockDoesNotOverflow() {
		assertThat(probe(1, Long.MAX_VALUE).clockDelta(2)).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
	}

	@Test
	void anAnswerKeepsEverythingElse() {
		ProbeData data = new ProbeData(uri(1), uri(2), 7, ProbeData.UNKNOWN, Map.of("x", 1));
		assertThat(data.answered(9)).isEqualTo(new ProbeData(uri(1), uri(2), 7, 9, Map.of("x", 1)));
	}

	@Test
	void anAnswerReplacesAnUnreadableTimeOfAnswer() {
		ProbeData data = new ProbeData(uri(1), uri(2), 7, ProbeData.UNKNOWN, Map.of("ats", "noon", "x", 1));
		assertThat(data.answered(9).extra()).isEqualTo(Map.of("x", 1));
	}

	private static ProbeData probe(long sentAt, long answeredAt) {
		return new ProbeData(uri(1), uri(2), sentAt, answeredAt, Map.of());
	}

}
