package io.membership.benchmark.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is made of the lines that processes write.
 */
class SightsTests {

	private static final List<Integer> BOTH = List.of(1, 2);

	private final Sights sights = new Sights(() -> 77);

	@Test
	void everyoneSeesItself() {
		read("@ 10 1 UP 2", "@ 11 2 START 2");
		assertThat(this.sights.complete(BOTH)).isOne();
		assertThat(this.sights.seeEachOther(BOTH)).isFalse();
		read("@ 12 2 UP 1");
		assertThat(this.sights.seeEachOther(BOTH)).isTrue();
	}

	@Test
	void whoSeesMoreDoesNotAgree() {
		read("@ 10 1 UP 2", "@ 10 1 UP 3", "@ 10 2 UP 1");
		assertThat(this.sights.seeEachOther(BOTH)).isFalse();
		read("@ 11 1 DOWN 3");
		assertThat(this.sights.seeEachOther(BOTH)).isTrue();
	}

	@Test
	void theFirstTimeOfEachObserverCounts() {
		read("@ 5 1 DOWN 3", "@ 20 1 DOWN 3", "@ 30 1 DOWN 3", "@ 25 2 DOWN 3", "@ 26 4 DOWN 3", "@ 27 2 DOWN 1");
		assertThat(this.sights.times(BOTH, Sight.DOWN, 3, null, 10)).satisfies((times) -> {
			assertThat(times.getCount()).isEqualTo(2);
			assertThat(times.getMin()).isEqualTo(20);
			assertThat(times.getMax()).isEqualTo(25);
		});
		assertThat(this.sights.missed(BOTH, List.of(3), 10)).isEqualTo(3);
	}

	@Test
	void payloadsAreToldApart() {
		read("@ 20 1 PAYLOAD 3 old", "@ 30 1 PAYLOAD 3 a new one");
		assertThat(this.sights.times(BOTH, Sight.PAYLOAD, 3, "a new one", 0).getMin()).isEqualTo(30);
	}

	@Test
	void whoHasNoClockIsTimedByTheReader() {
		read("@ 0 1 UP 2");
		assertThat(this.sights.lastUp()).isEqualTo(77);
	}

	@Test
	void whoForgetsStillKnowsWhomEachOneSees() {
		read("@ 10 1 UP 2", "@ 11 2 UP 1", "@ 12 2 START 2", "@ 13 1 DOWN 3");
		this.sights.forget();
		assertThat(this.sights.times(Sight.START, 0).getCount()).isZero();
		assertThat(this.sights.missed(BOTH, List.of(3), 0)).isZero();
		assertThat(this.sights.seeEachOther(BOTH)).isTrue();
	}

	@Test
	void conditionsAreLookedAtAgainWhenSomethingCame() throws Exception {
		Thread writer = new Thread(() -> read("@ 10 1 UP 2", "@ 11 2 UP 1"));
		assertThat(this.sights.await(Duration.ofMinutes(1), () -> {
			if (writer.getState() == Thread.State.NEW) {
				writer.start();
			}
			return this.sights.seeEachOther(BOTH);
		})).isTrue();
		assertThat(this.sights.await(Duration.ZERO, () -> false)).isFalse();
	}

	@Test
	void aTimeoutTellsWhatFailed() {
		read("sample 1 2", "failed java.net.BindException", "what a log says");
		assertThat(this.sights.takeAnswers()).containsExactly("sample 1 2");
		assertThatExceptionOfType(TimeoutException.class)
			.isThrownBy(() -> this.sights.require("the end", Duration.ZERO, () -> false))
			.withMessage("Not within 0 s: the end, and failed java.net.BindException");
	}

	private void read(String... lines) {
		for (String line : lines) {
			this.sights.read(line);
		}
	}

}
