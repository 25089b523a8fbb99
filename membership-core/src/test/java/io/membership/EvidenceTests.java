package io.membership;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.membership.Evidence.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people read about a change.
 */
class EvidenceTests {

	private static final MemberUri ONE = MemberUri.of("host", 3301);

	private static final MemberUri OTHER = MemberUri.of("host", 3302);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0 | 0 | 0 | no ack, nobody to ask for help
			1 | 0 | 0 | no ack, nor through 1 helper
			3 | 0 | 0 | no ack, nor through 3 helpers
			3 | 3 | 0 | no ack, nor through 3 helpers, of which 3 hear nothing
			3 | 1 | 0 | no ack, nor through 3 helpers, of which 1 hears nothing
			3 | 0 | 1 | no ack, nor through 3 helpers, of which 1 is silent
			3 | 1 | 2 | no ack, nor through 3 helpers, of which 1 hears nothing and 2 are silent
			""")
	void ofAProbeSaysWhatHelpersSaid(int helpers, int negativeAcks, int silent, String text) {
		assertThat(Evidence.ofProbe(Cause.PROBE_FAILED, helpers, negativeAcks, silent)).hasToString(text);
	}

	@Test
	void ofARefusalSaysSo() {
		assertThat(Evidence.ofProbe(Cause.REFUSED, 1, 1, 0))
			.hasToString("no ack, port unreachable, nor through 1 helper, of which 1 hears nothing");
	}

	@Test
	void ofNewsSaysWhoBroughtThem() {
		assertThat(Evidence.reported(Cause.RUMOR, ONE)).hasToString("rumor from host:3301");
		assertThat(Evidence.reported(Cause.SYNC, ONE)).hasToString("sync from host:3301");
		assertThat(Evidence.reported(Cause.RUMOR, null)).hasToString("rumor");
	}

	@Test
	void ofAnAccusationNamesTheAccusers() {
		assertThat(Evidence.reported(Cause.RUMOR, ONE).accusedBy(List.of(ONE, OTHER), List.of(OTHER)))
			.hasToString("rumor from host:3301, accused by host:3301, host:3302 (refused)");
	}

	@Test
	void ofADeathSaysHowLongThereWasTimeToRefute() {
		assertThat(Evidence.own(Cause.SUSPICION_TIMED_OUT)
			.accusedBy(List.of(ONE), List.of())
			.after(Duration.ofMillis(3049)))
			.hasToString("suspicion timed out, suspected for 3.0 s, accused by host:3301");
	}

	@Test
	void ofARefutationSaysWhoWasWrong() {
		assertThat(Evidence.reported(Cause.RUMOR, OTHER)
			.because(Cause.REFUTATION)
			.accusedBy(List.of(ONE), List.of())
			.after(Duration.ofMillis(450)))
			.hasToString("refuted, news from host:3302, suspected for 0.5 s, accused by host:3301");
	}

	@Test
	void keepsItsAccusersForItself() {
		List<MemberUri> accusers = new ArrayList<>(List.of(ONE));
		Evidence evidence = Evidence.own(Cause.SUSPICION_TIMED_OUT).accusedBy(accusers, List.of());
		accusers.add(OTHER);
		assertThat(evidence.accusers()).containsExactly(ONE);
	}

	@Test
	void withoutAccusersStaysAsItIs() {
		Evidence evidence = Evidence.own(Cause.STARTED);
		assertThat(evidence.accusedBy(List.of(), List.of())).isSameAs(evidence);
	}

}
