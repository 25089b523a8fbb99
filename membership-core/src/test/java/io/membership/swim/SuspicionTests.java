package io.membership.swim;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.membership.MemberUri;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a suspect has to refute, and who accuses it.
 */
class SuspicionTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	private static final List<MemberUri> NOBODY = List.of();

	@Nested
	class IsOver {

		@Test
		void notBeforeTheTimeout() {
			assertThat(Suspicion.begin(0).isOver(2_999_999_999L, TIMEOUT)).isFalse();
		}

		@Test
		void atTheTimeout() {
			assertThat(Suspicion.begin(0).isOver(3_000_000_000L, TIMEOUT)).isTrue();
		}

		@Test
		void notBeforeTheTimeoutWhenTheClockOverflows() {
			long since = Long.MAX_VALUE - 1_000_000_000L;
			assertThat(Suspicion.begin(since).isOver(since + 2_000_000_000L, TIMEOUT)).isFalse();
		}

		@Test
		void atTheTimeoutWhenTheClockOverflows() {
			long since = Long.MAX_VALUE - 1_000_000_000L;
			assertThat(Suspicion.begin(since).isOver(since + 3_000_000_000L, TIMEOUT)).isTrue();
		}

		@ParameterizedTest
		@CsvSource({ "0, 3000", "1000, 2000", "3000, 0", "4000, 0" })
		void whenNothingRemains(int elapsedMillis, int remainingMillis) {
			long since = Long.MAX_VALUE - 1_000_000_000L;
			assertThat(Suspicion.begin(since).remaining(since + elapsedMillis * 1_000_000L, TIMEOUT))
				.isEqualTo(Duration.ofMillis(remainingMillis));
		}

	}

	@Nested
	class TheTimeout {

		/** The values of memberlist's {@code TestSuspicion_remainingSuspicionTime}. */
		@ParameterizedTest
		@CsvSource({ "0, 2000, 30000, 30000", "1, 2000, 30000, 16000", "2, 2000, 30000, 7810", "3, 2000, 30000, 2000",
				"4, 2000, 30000, 2000", "0, 3000, 18000, 18000", "1, 3000, 18000, 10500", "3, 3000, 18000, 3000",
				"0, 3000, 3000, 3000", "3, 3000, 3000, 3000", "0, 3000, 2000, 3000" })
		void isShorterTheMoreConfirm(int confirmations, int shortest, int longest, int expected) {
			assertThat(Suspicion.timeout(confirmations, Duration.ofMillis(shortest), Duration.ofMillis(longest)))
				.isCloseTo(Duration.ofMillis(expected), Duration.ofMillis(10));
		}

		@Test
		void isExactlyTheShortestWhenAllConfirm() {
			assertThat(Suspicion.timeout(3, TIMEOUT, TIMEOUT.multipliedBy(6))).isEqualTo(TIMEOUT);
		}

	}

	@Nested
	class Accusers {

		@ParameterizedTest
		@CsvSource({ "0, 0", "1, 0", "2, 1", "3, 2", "4, 3", "7, 3" })
		void confirmWhatTheFirstOneSays(int accusers, int confirmations) {
			assertThat(accusedBy(uris(accusers)).confirmations()).isEqualTo(confirmations);
		}

		@Test
		void areKeptAsLongAsTheyMakeADifference() {
			assertThat(accusedBy(uris(7)).accusers()).isEqualTo(uris(4));
		}

		@Test
		void countOnce() {
			assertThat(accusedBy(List.of(uri(1), uri(1), uri(1))).confirmations()).isZero();
		}

		@Test
		void mayBeWrong() {
			Suspicion suspicion = Suspicion.begin(0).accusedBy(uris(3), NOBODY, (accuser) -> !accuser.equals(uri(2)));
			assertThat(suspicion.accusers()).containsExactly(uri(1), uri(3));
		}

		@Test
		void whoAreKnownChangeNothing() {
			Suspicion suspicion = accusedBy(uris(2));
			assertThat(suspicion.accusedBy(uris(2), NOBODY, (accuser) -> true)).isSameAs(suspicion);
		}

		@Test
		void whoMakeNoDifferenceChangeNothing() {
			Suspicion suspicion = accusedBy(uris(4));
			assertThat(suspicion.accusedBy(List.of(uri(9)), NOBODY, (accuser) -> true)).isSameAs(suspicion);
		}

		@Test
		void doNotBeginItAnew() {
			Suspicion suspicion = Suspicion.begin(5).accusedBy(uris(2), NOBODY, (accuser) -> true);
			assertThat(suspicion.sinceNanos()).isEqualTo(5);
		}

		@Test
		void remainWhenASignOfLifeBeginsItAnew() {
			assertThat(accusedBy(uris(2)).renewed(7)).isEqualTo(new Suspicion(0, 7, uris(2), NOBODY));
		}

		@Test
		void whoWereRefusedAreWrongWhenThereIsASignOfLife() {
			Suspicion suspicion = Suspicion.begin(0).accusedBy(uris(3), uris(2), (accuser) -> true);
			assertThat(suspicion.renewed(7)).isEqualTo(new Suspicion(0, 7, uris(3), NOBODY));
		}

		@Test
		void whoWereRefusedRemainDespiteAPause() {
			Suspicion suspicion = Suspicion.begin(5).accusedBy(uris(3), uris(2), (accuser) -> true);
			assertThat(suspicion.extended(Duration.ofNanos(7))).isEqualTo(new Suspicion(5, 12, uris(3), uris(2)));
		}

		@ParameterizedTest
		@CsvSource({ "0, false", "1, false", "2, true", "3, true" })
		void areBelievedThatNothingListensIfTwoSaySo(int refused, boolean believed) {
			assertThat(Suspicion.begin(0).accusedBy(NOBODY, uris(refused), (accuser) -> true).isRefused())
				.isEqualTo(believed);
		}

		@Test
		void whoWereRefusedAreHeardEvenIfThereAreManyOthers() {
			Suspicion suspicion = accusedBy(uris(4)).accusedBy(NOBODY, List.of(uri(8), uri(9), uri(10)),
					(accuser) -> true);
			assertThat(suspicion.refused()).containsExactly(uri(8), uri(9));
			assertThat(suspicion.accusers()).hasSize(6).contains(uri(8), uri(9));
		}

		private static Suspicion accusedBy(List<MemberUri> accusers) {
			return Suspicion.begin(0).accusedBy(accusers, NOBODY, (accuser) -> true);
		}

	}

	private static List<MemberUri> uris(int count) {
		return IntStream.rangeClosed(1, count).mapToObj(Samples::uri).toList();
	}

}
