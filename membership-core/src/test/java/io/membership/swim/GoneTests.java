package io.membership.swim;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Since when members are gone.
 */
class GoneTests {

	/** So that time overflows within the tests. */
	private final long now = Long.MAX_VALUE - 5;

	private static final Duration TIME = Duration.ofNanos(80);

	private final Gone gone = new Gone();

	@Test
	void itIsOverWhenTheTimeHasPassed() {
		this.gone.begin(uri(2), true, this.now);
		assertThat(this.gone.over(this.now + 79, TIME)).isEmpty();
		assertThat(this.gone.over(this.now + 80, TIME)).containsExactly(uri(2));
	}

	@Test
	void theOneGoneForTheLongestIsFirst() {
		this.gone.begin(uri(2), true, this.now);
		this.gone.begin(uri(3), true, this.now + 1);
		this.gone.begin(uri(4), true, this.now + 2);
		assertThat(this.gone.over(this.now + 81, TIME)).containsExactly(uri(2), uri(3));
	}

	@Test
	void whoWasNeverSeenOtherwiseIsGoneForTheLongest() {
		this.gone.begin(uri(2), true, this.now);
		this.gone.begin(uri(3), false, this.now + 1);
		this.gone.begin(uri(4), false, this.now + 2);
		assertThat(this.gone.longest((uri) -> true)).isEqualTo(uri(3));
		assertThat(this.gone.longest((uri) -> !uri.equals(uri(3)))).isEqualTo(uri(4));
		assertThat(this.gone.longest(uri(2)::equals)).isEqualTo(uri(2));
		assertThat(this.gone.longest((uri) -> false)).isNull();
	}

	@Test
	void whoIsBackDoesNotCount() {
		this.gone.begin(uri(2), true, this.now);
		this.gone.end(uri(2));
		assertThat(this.gone.over(this.now + 80, TIME)).isEmpty();
		assertThat(this.gone.size()).isZero();
	}

	@Test
	void newsBeginTheTimeAnew() {
		this.gone.begin(uri(2), true, this.now);
		this.gone.begin(uri(3), true, this.now + 1);
		this.gone.begin(uri(2), true, this.now + 40);
		assertThat(this.gone.over(this.now + 119, TIME)).containsExactly(uri(3));
		assertThat(this.gone.over(this.now + 120, TIME)).containsExactly(uri(3), uri(2));
	}

	@Test
	void aSignOfLifeBeginsTheTimeAnew() {
		this.gone.begin(uri(2), true, this.now);
		this.gone.heardFrom(uri(2), this.now + 40);
		assertThat(this.gone.over(this.now + 119, TIME)).isEmpty();
	}

	@Test
	void aSignOfLifeOfSomebodyElseMeansNothing() {
		this.gone.heardFrom(uri(2), this.now);
		assertThat(this.gone.size()).isZero();
	}

	@Test
	void whoWasNeverSeenOtherwiseCountsForAnEighthOfTheTime() {
		this.gone.begin(uri(2), false, this.now);
		assertThat(this.gone.over(this.now + 9, TIME)).isEmpty();
		assertThat(this.gone.over(this.now + 10, TIME)).containsExactly(uri(2));
	}

	@Test
	void newsOfSuchOnesDoNotChangeThat() {
		this.gone.begin(uri(2), false, this.now);
		this.gone.begin(uri(2), true, this.now + 5);
		assertThat(this.gone.over(this.now + 14, TIME)).isEmpty();
		assertThat(this.gone.over(this.now + 15, TIME)).containsExactly(uri(2));
		assertThat(this.gone.size()).isEqualTo(1);
	}

	@Test
	void whoCameBackAndIsGoneAgainWasSeen() {
		this.gone.begin(uri(2), false, this.now);
		this.gone.end(uri(2));
		this.gone.begin(uri(2), true, this.now);
		assertThat(this.gone.over(this.now + 79, TIME)).isEmpty();
	}

}
