package io.membership.net;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The turns of a name's addresses, called 1, 2 and so on here, by their ports.
 */
class AddressChoiceTests {

	private static final long TRIAL = AddressChoice.TRIAL.toNanos();

	private final AddressChoice choice = new AddressChoice();

	private long now = Long.MAX_VALUE;

	@Test
	void theFirstAddressIsUsedFirst() {
		assertThat(this.choice.current()).isNull();
		found(1, 2, 3);
		assertThat(current()).isOne();
	}

	@Test
	void anAddressHasItsTrialBeforeItIsLeft() {
		found(1, 2);
		assertThat(doubtAfter(TRIAL - 1)).isOne();
		assertThat(doubtAfter(1)).isEqualTo(2);
	}

	@Test
	void doubtsBeforeThereIsAnAddressAreIgnored() {
		doubtAfter(TRIAL);
		assertThat(this.choice.current()).isNull();
	}

	@Test
	void allHaveTheirTurnsUntilOneAnswers() {
		found(1, 2, 3);
		assertThat(turns(6)).containsExactly(2, 3, 1, 2, 3, 1);
	}

	@Test
	void theOneThatAnsweredHasAnotherTrialWhenItIsDoubted() {
		found(1, 2);
		answerAfter(10 * TRIAL);
		assertThat(doubtAfter(TRIAL)).isOne();
		assertThat(doubtAfter(TRIAL - 1)).isOne();
		assertThat(doubtAfter(1)).isEqualTo(2);
	}

	@Test
	void anAnswerEndsDoubts() {
		found(1, 2);
		answerAfter(0);
		doubtAfter(TRIAL);
		answerAfter(TRIAL);
		assertThat(turns(2)).containsExactly(1, 2);
	}

	@Test
	void theOneThatAnsweredLastHasEverySecondTurn() {
		found(1, 2, 3, 4);
		doubtAfter(TRIAL);
		answerAfter(0);
		assertThat(turns(9)).containsExactly(2, 1, 2, 3, 2, 4, 2, 1, 2);
	}

	@Test
	void anAnswerToAnEarlierQuestionMeansAnotherAddress() {
		found(1, 2, 3);
		doubtAfter(TRIAL);
		this.choice.answered(this.now - 1);
		assertThat(turns(3)).containsExactly(3, 1, 2);
	}

	@Test
	void whatWasFoundAgainChangesNothing() {
		found(1, 2, 3);
		doubtAfter(TRIAL);
		this.now += TRIAL;
		found(1, 2, 3);
		assertThat(current()).isEqualTo(2);
	}

	@Test
	void anAddressThatIsNotOfTheNameAnyMoreIsLeftAtOnce() {
		found(1);
		answerAfter(0);
		found(2, 3);
		assertThat(current()).isEqualTo(2);
		assertThat(turns(3)).containsExactly(3, 2, 3);
	}

	@Test
	void theOneThatAnsweredIsUsedWhenItIsOfTheNameAgain() {
		found(1);
		answerAfter(0);
		found(2, 3);
		found(3, 2, 1);
		assertThat(turns(1)).containsExactly(1);
	}

	@Test
	void theOnlyAddressIsKept() {
		found(1);
		answerAfter(0);
		assertThat(turns(3)).containsOnly(1);
	}

	private List<Integer> turns(int count) {
		return IntStream.range(0, count).mapToObj((turn) -> doubtAfter(TRIAL)).toList();
	}

	/** Returns the address in use afterwards. */
	private @Nullable Integer doubtAfter(long nanos) {
		this.now += nanos;
		this.choice.doubt(this.now);
		return current();
	}

	private void answerAfter(long nanos) {
		this.now += nanos;
		this.choice.answered(this.now);
	}

	private void found(Integer... addresses) {
		this.choice.found(Stream.of(addresses).map((port) -> InetSocketAddress.createUnresolved("host", port)).toList(),
				this.now);
	}

	private @Nullable Integer current() {
		InetSocketAddress current = this.choice.current();
		return (current != null) ? current.getPort() : null;
	}

}
