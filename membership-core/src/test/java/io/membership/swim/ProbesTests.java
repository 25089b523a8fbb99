package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.membership.MembershipObserver.ProbeOutcome;
import io.membership.ProbeResult;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which answer belongs to which probe.
 */
class ProbesTests {

	private final VirtualEnvironment environment = VirtualEnvironment.lonely();

	private final Probes probes = new Probes(this.environment,
			new Peers(this.environment, () -> MembershipOptions.REFERENCE, new MemberTable(this.environment, uri(1))));

	@Test
	void anAnswerIsRecognizedByTargetAndTimestamp() {
		Probe probe = this.probes.begin(uri(1), uri(2), null);
		assertThat(this.probes.answeredBy(probe.data().answered(7))).isSameAs(probe);
	}

	@Test
	void anAnswerInTheNameOfAnotherTargetIsNone() {
		Probe probe = this.probes.begin(uri(1), uri(2), null);
		assertThat(this.probes.answeredBy(ProbeData.of(uri(1), uri(3), probe.data().sentAt()))).isNull();
	}

	@Test
	void anAnswerWithAnotherTimestampIsNone() {
		Probe probe = this.probes.begin(uri(1), uri(2), null);
		assertThat(this.probes.answeredBy(ProbeData.of(uri(1), uri(2), probe.data().sentAt() + 1))).isNull();
	}

	@Test
	void anAnswerWithoutATimestampIsNone() {
		this.probes.begin(uri(1), uri(2), null);
		ProbeData data = new ProbeData(uri(1), uri(2), ProbeData.UNKNOWN, ProbeData.UNKNOWN, Map.of());
		assertThat(this.probes.answeredBy(data)).isNull();
	}

	@Test
	void whatAProbeWaitsForIsPreventedWhenItEnds() {
		List<String> log = new ArrayList<>();
		Probe probe = this.probes.begin(uri(1), uri(2), null);
		probe.waitsFor(() -> log.add("one"));
		probe.waitsFor(() -> log.add("other"));
		assertThat(log).isEmpty();
		this.probes.conclude(probe, true, SendResult.SENT);
		assertThat(log).containsExactly("other");
	}

	@Test
	void probesOfTheSameMomentHaveTimestampsOfTheirOwn() {
		Probe one = this.probes.begin(uri(1), uri(2), null);
		Probe other = this.probes.begin(uri(1), uri(2), null);
		assertThat(other.data().sentAt()).isGreaterThan(one.data().sentAt());
	}

	@Test
	void timestampsGrowWhenTheWallClockIsSetBack() {
		Probe one = this.probes.begin(uri(1), uri(2), null);
		this.environment.setClockAhead(Duration.ofHours(-1));
		Probe other = this.probes.begin(uri(1), uri(2), null);
		assertThat(other.data().sentAt()).isGreaterThan(one.data().sentAt());
	}

	@Test
	void theElapsedTimeDoesNotDependOnTheWallClock() {
		List<ProbeResult> results = new ArrayList<>();
		Probe probe = this.probes.begin(uri(1), uri(2), (conclusion) -> results.add(conclusion.toResult()));
		this.environment.setClockAhead(Duration.ofHours(-1));
		this.environment.time().advance(Duration.ofMillis(7));
		this.probes.conclude(probe, true, SendResult.SENT);
		assertThat(results).containsExactly(new ProbeResult.Alive(Duration.ofMillis(7)));
	}

	@Test
	void anAnswerCountsOnce() {
		Probe probe = this.probes.begin(uri(1), uri(2), null);
		this.probes.conclude(probe, true, SendResult.SENT);
		this.probes.conclude(probe, false, SendResult.SENT);
		assertThat(this.environment.counts().probed()).containsExactly(ProbeOutcome.DIRECT);
	}

	@Test
	void anAnswerAfterHelpersWereAskedIsIndirect() {
		Probe probe = this.probes.begin(uri(1), uri(2), null);
		probe.helpers().ask(uri(3), false, 0);
		this.probes.conclude(probe, true, SendResult.SENT);
		assertThat(this.environment.counts().probed()).containsExactly(ProbeOutcome.INDIRECT);
	}

	@Test
	void aProbeThatIsOverIsForgotten() {
		Probe probe = this.probes.begin(uri(1), uri(2), null);
		this.probes.conclude(probe, false, SendResult.SENT);
		assertThat(this.probes.answeredBy(probe.data())).isNull();
	}

	@Test
	void anAnswerInTheShortFormIsRecognizedByTargetAndNumber() {
		Probe probe = this.probes.begin(uri(1), uri(2), null);
		int number = this.probes.number(probe);
		assertThat(this.probes.answeredBy(uri(2), number)).isSameAs(probe);
		assertThat(this.probes.answeredBy(uri(3), number)).isNull();
		assertThat(this.probes.answeredBy(null, number)).isNull();
		assertThat(this.probes.answeredBy(uri(2), (number + 1) % 65536)).isNull();
		assertThat(this.probes.answeredBy(uri(2), number + (1L << 32))).isNull();
		this.probes.conclude(probe, true, SendResult.SENT);
		assertThat(this.probes.answeredBy(uri(2), number)).isNull();
	}

	@Test
	void numbersBeginAnewButNeverWithOneInFlight() {
		Probe first = this.probes.begin(uri(1), uri(2), null);
		int inFlight = this.probes.number(first);
		Set<Integer> numbers = new HashSet<>();
		for (int i = 0; i < 65535; i++) {
			Probe probe = this.probes.begin(uri(1), uri(2), null);
			numbers.add(this.probes.number(probe));
			this.probes.conclude(probe, true, SendResult.SENT);
		}
		assertThat(numbers).hasSize(65535).doesNotContain(inFlight).allMatch((number) -> number >= 0 && number < 65536);
		assertThat(this.probes.number(this.probes.begin(uri(1), uri(2), null))).isNotEqualTo(inFlight);
	}

	@Test
	void abandoningEndsAllProbes() {
		List<ProbeResult> results = new ArrayList<>();
		this.probes.begin(uri(1), uri(2), (conclusion) -> results.add(conclusion.toResult()));
		this.probes.begin(uri(1), uri(3), (conclusion) -> results.add(conclusion.toResult()));
		this.probes.abandon();
		assertThat(results).containsExactly(new ProbeResult.NoResponse(), new ProbeResult.NoResponse());
	}

	@Test
	void whatCouldNotBeSentSaysWhy() {
		List<ProbeResult> results = new ArrayList<>();
		Probe probe = this.probes.begin(uri(1), uri(2), (conclusion) -> results.add(conclusion.toResult()));
		this.probes.conclude(probe, false, SendResult.UNRESOLVABLE);
		assertThat(results).containsExactly(new ProbeResult.NotSent("the host name does not resolve"));
	}

}
