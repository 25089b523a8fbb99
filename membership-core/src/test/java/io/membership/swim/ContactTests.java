package io.membership.swim;

import java.time.Duration;
import java.util.Objects;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is learned by talking to a member.
 */
class ContactTests {

	private static final Duration AHEAD = Duration.ofNanos(-1500);

	private static final Duration ROUND_TRIP = Duration.ofMillis(8);

	@Test
	void nothingIsKnownAtFirst() {
		assertThat(Contact.NONE.clockDelta()).isNull();
		assertThat(Contact.NONE.roundTripTime()).isNull();
		assertThat(Contact.NONE.abilities()).isEqualTo(Supplement.UNKNOWN);
	}

	@Test
	void anAnswerTellsWhatItTells() {
		assertThat(Contact.NONE.with(AHEAD, null).clockDelta()).isEqualTo(AHEAD);
		assertThat(Contact.NONE.with(AHEAD, null).roundTripTime()).isNull();
		assertThat(Contact.NONE.with(null, ROUND_TRIP).clockDelta()).isNull();
		assertThat(Contact.NONE.with(null, ROUND_TRIP).roundTripTime()).isEqualTo(RoundTripTime.of(ROUND_TRIP));
	}

	@Test
	void theLastClockCountsAndAllRoundTrips() {
		Contact contact = Contact.NONE.with(Duration.ZERO, ROUND_TRIP).with(AHEAD, Duration.ofMillis(16));
		assertThat(contact.clockDelta()).isEqualTo(AHEAD);
		assertThat(contact.roundTripTime()).isEqualTo(RoundTripTime.of(ROUND_TRIP).with(Duration.ofMillis(16)));
	}

	@Test
	void whatIsNotToldIsKept() {
		Contact contact = Contact.NONE.withAbilities(3).with(AHEAD, ROUND_TRIP);
		assertThat(contact.with(null, null)).isEqualTo(contact);
		assertThat(contact.abilities()).isEqualTo(3);
		assertThat(contact.withAbilities(0)).isEqualTo(Contact.NONE.withAbilities(0).with(AHEAD, ROUND_TRIP));
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, 0", "PT0.016777215S, 0", "PT0.1S, 0", "PT1.000000001S, 1", "PT1H, 50000" })
	void roundTripsAreKeptToSevenDigits(Duration roundTrip, long difference) {
		RoundTripTime kept = Objects.requireNonNull(Contact.NONE.with(null, roundTrip).roundTripTime());
		assertThat(kept.smoothedNanos()).isCloseTo(roundTrip.toNanos(), Offset.offset(difference));
		assertThat(kept.deviationNanos()).isCloseTo(roundTrip.toNanos() / 2, Offset.offset(difference));
	}

	/** A wire can say anything; {@link ProbeData#clockDelta} reaches that far. */
	@Test
	void theOddestClockIsKept() {
		Duration oddest = Duration.ofNanos(Long.MAX_VALUE);
		assertThat(Contact.NONE.with(oddest, null).clockDelta()).isEqualTo(oddest);
	}

}
