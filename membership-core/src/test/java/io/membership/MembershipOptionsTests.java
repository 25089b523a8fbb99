package io.membership;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Which figures make sense.
 */
class MembershipOptionsTests {

	@Test
	void defaultsAreThoseOfTheReferenceWithAllExtensions() {
		assertThat(MembershipOptions.builder().build()).isEqualTo(
				MembershipOptions.REFERENCE.toBuilder().extensions(EnumSet.allOf(MembershipExtension.class)).build());
		assertThat(MembershipOptions.REFERENCE).isEqualTo(new MembershipOptions(Duration.ofSeconds(1),
				Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(3), true, 3, 1472, false,
				Duration.ofMillis(500), Duration.ofMillis(200), Duration.ofDays(1), 10_000, 5000, Set.of()));
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	void aMistakeIsRefusedByTheNameOfTheOption(String option, UnaryOperator<MembershipOptions.Builder> change) {
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> change.apply(MembershipOptions.builder()).build())
			.satisfies((ex) -> assertThat(ex.option()).isEqualTo(option))
			.withMessageContaining(option);
	}

	static Stream<Arguments> mistakes() {
		return Stream.of(mistake("refusedTimeout", (builder) -> builder.refusedTimeout(Duration.ZERO)),
				mistake("gossipPeriod", (builder) -> builder.gossipPeriod(Duration.ZERO)),
				mistake("forgetAfter", (builder) -> builder.forgetAfter(Duration.ofSeconds(2))),
				mistake("forgetAfter", (builder) -> builder.forgetAfter(Duration.ofDays(366))),
				mistake("protocolPeriod", (builder) -> builder.protocolPeriod(Duration.ZERO)),
				mistake("protocolPeriod", (builder) -> builder.protocolPeriod(Duration.ofSeconds(-1))),
				mistake("protocolPeriod", (builder) -> builder.protocolPeriod(Duration.ofNanos(999_999))),
				mistake("protocolPeriod", (builder) -> builder.protocolPeriod(Duration.ofDays(2))),
				mistake("protocolPeriod", (builder) -> builder.protocolPeriod(Duration.ofSeconds(Long.MAX_VALUE))),
				mistake("ackTimeout", (builder) -> builder.ackTimeout(Duration.ofNanos(-1))),
				mistake("ackTimeout", (builder) -> builder.ackTimeout(Duration.ofMillis(1001))),
				mistake("ackTimeout", (builder) -> builder.protocolPeriod(Duration.ofMillis(199))),
				mistake("antiEntropyPeriod", (builder) -> builder.antiEntropyPeriod(Duration.ofMillis(999))),
				mistake("antiEntropyPeriod", (builder) -> builder.antiEntropyPeriod(Duration.ofDays(2))),
				mistake("suspectTimeout", (builder) -> builder.suspectTimeout(Duration.ofMillis(999))),
				mistake("suspectTimeout", (builder) -> builder.suspectTimeout(Duration.ofDays(2))),
				mistake("indirectProbes", (builder) -> builder.indirectProbes(-1)),
				mistake("maxPacketSize", (builder) -> builder.maxPacketSize(255)),
				mistake("maxPacketSize", (builder) -> builder.maxPacketSize(65508)),
				mistake("maxMembers", (builder) -> builder.maxMembers(1)),
				mistake("maxDatagramsPerSource", (builder) -> builder.maxDatagramsPerSource(99)),
				mistake("maxDatagramsPerSource", (builder) -> builder.maxDatagramsPerSource(-1)));
	}

	@ParameterizedTest
	@MethodSource("extremes")
	void anExtremeIsAccepted(UnaryOperator<MembershipOptions.Builder> change) {
		assertThatNoException().isThrownBy(() -> change.apply(MembershipOptions.builder()).build());
	}

	static Stream<UnaryOperator<MembershipOptions.Builder>> extremes() {
		return Stream.of((builder) -> builder.ackTimeout(Duration.ZERO),
				(builder) -> builder.ackTimeout(Duration.ofSeconds(1)),
				(builder) -> builder.suspectTimeout(Duration.ofSeconds(1)),
				(builder) -> builder.antiEntropyPeriod(Duration.ofSeconds(1)),
				(builder) -> builder.protocolPeriod(Duration.ofMillis(1)).ackTimeout(Duration.ofMillis(1)),
				(builder) -> builder.indirectProbes(0), (builder) -> builder.maxPacketSize(256),
				(builder) -> builder.maxPacketSize(65507), (builder) -> builder.maxMembers(2),
				(builder) -> builder.maxDatagramsPerSource(0), (builder) -> builder.maxDatagramsPerSource(100),
				(builder) -> builder.maxDatagramsPerSource(Integer.MAX_VALUE));
	}

	@Test
	void aBuilderGoesOnFromWhatThereIs() {
		MembershipOptions options = MembershipOptions.builder()
			.protocolPeriod(Duration.ofMillis(200))
			.ackTimeout(Duration.ofMillis(100))
			.antiEntropyPeriod(Duration.ofSeconds(2))
			.suspectTimeout(Duration.ofSeconds(2))
			.suspicionEnabled(false)
			.indirectProbes(1)
			.maxPacketSize(512)
			.maxMembers(100)
			.maxDatagramsPerSource(1000)
			.build();
		assertThat(options.toBuilder().build()).isEqualTo(options);
	}

	private static Arguments mistake(String option, UnaryOperator<MembershipOptions.Builder> change) {
		return arguments(option, change);
	}

}
