package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import io.membership.MemberUri;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Datagrams one after the other.
 */
class PacedMailTests {

	private final VirtualTime time = new VirtualTime();

	private final List<MemberUri> sent = new ArrayList<>();

	private final PacedMail mail = new PacedMail(
			new VirtualEnvironment(this.time, new SplittableRandom(1), this::post));

	private SendResult post(MemberUri to, Message message, byte[] datagram) {
		this.sent.add(to);
		return SendResult.SENT;
	}

	@Test
	void theFirstIsSentAtOnceAndTheOthersAfterPauses() {
		this.mail.send(uri(2), messages(3));
		assertThat(this.sent).hasSize(1);
		pass(9);
		assertThat(this.sent).hasSize(1);
		pass(1);
		assertThat(this.sent).hasSize(2);
		pass(10);
		assertThat(this.sent).hasSize(3);
		pass(1000);
		assertThat(this.sent).hasSize(3);
	}

	@Test
	void eachRecipientHasItsTurnInEachPause() {
		this.mail.send(uri(2), messages(3));
		this.mail.send(uri(3), messages(3));
		assertThat(this.sent).containsExactly(uri(2), uri(3));
		pass(10);
		assertThat(this.sent).containsExactly(uri(2), uri(3), uri(2), uri(3));
	}

	@Test
	void whatComesLaterWaitsBehindTheRest() {
		this.mail.send(uri(2), messages(2));
		this.mail.send(uri(2), messages(1));
		assertThat(this.sent).hasSize(1);
		pass(10);
		assertThat(this.sent).hasSize(2);
		pass(10);
		assertThat(this.sent).hasSize(3);
	}

	@Test
	void aRecipientThatGotAllIsServedAnewOnlyAfterAPause() {
		this.mail.send(uri(2), messages(1));
		assertThat(this.mail.isBusyWith(uri(2))).isTrue();
		this.mail.send(uri(2), messages(1));
		assertThat(this.sent).hasSize(1);
		pass(10);
		assertThat(this.sent).hasSize(2);
		pass(10);
		assertThat(this.mail.isBusyWith(uri(2))).isFalse();
	}

	@Test
	void onlySoManyAreServedAtATime() {
		IntStream.range(0, PacedMail.RECIPIENTS + 5).forEach((i) -> this.mail.send(uri(10 + i), messages(2)));
		pass(1000);
		assertThat(this.sent).hasSize(2 * PacedMail.RECIPIENTS);
		this.mail.send(uri(9), messages(1));
		assertThat(this.sent).last().isEqualTo(uri(9));
	}

	@Test
	void onlySoManyWait() {
		this.mail.send(uri(2), messages(PacedMail.LONGEST_QUEUE));
		this.mail.send(uri(2), messages(2));
		pass(60_000);
		assertThat(this.sent).hasSize(PacedMail.LONGEST_QUEUE);
	}

	@Test
	void nothingIsNothing() {
		this.mail.send(uri(2), List.of());
		assertThat(this.mail.isBusyWith(uri(2))).isFalse();
	}

	@Test
	void nothingIsSentAfterTheEnd() {
		this.mail.send(uri(2), messages(3));
		this.mail.stop();
		pass(1000);
		assertThat(this.sent).hasSize(1);
		this.mail.send(uri(2), messages(1));
		assertThat(this.sent).hasSize(2);
	}

	private static List<Message> messages(int count) {
		return IntStream.range(0, count).mapToObj((i) -> (Message) new Message.Leave(uri(1), List.of())).toList();
	}

	private void pass(int millis) {
		this.time.advance(Duration.ofMillis(millis));
	}

}
