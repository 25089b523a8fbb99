package io.membership;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.membership.swim.Message;
import io.membership.swim.ProbeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class LostDatagramsTests {

	private static final MemberUri SELF = MemberUri.of("self", 3301);

	private static final MemberUri PEER = MemberUri.of("peer", 3301);

	private static final int LARGE = LostDatagrams.SAFE_BYTES + 1;

	private static final ProbeData PROBE = new ProbeData(SELF, PEER, 1, ProbeData.UNKNOWN, Map.of());

	private static final Message PING = new Message.Ping(SELF, PROBE, List.of());

	private static final Message ANSWER = new Message.Ack(PEER, PROBE, List.of());

	private static final Message SIGN_OF_LIFE = new Message.Gossip(PEER, List.of());

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Set<MemberUri> members = new HashSet<>(Set.of(PEER));

	private long now;

	private final LostDatagrams lost = new LostDatagrams(() -> 1472, () -> this.now, this.members::contains);

	@BeforeEach
	void listenToTheLog() {
		this.log.start();
		logger().addAppender(this.log);
	}

	@AfterEach
	void close() {
		logger().detachAppender(this.log);
	}

	@Test
	void largePingsThatAPeerWhoIsHeardDoesNotAnswerAreWorthAWarning() {
		askAgainAndAgain(PING, LARGE, SIGN_OF_LIFE);
		assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly("large datagrams to or from peer:3301 seem to be lost while small ones arrive: choose a"
					+ " smaller maxPacketSize (membership.max-packet-size, now 1472 B) on all members, and payloads"
					+ " that fit (logged at most every 10 min)");
	}

	@Test
	void smallPingsAreLostForOtherReasons() {
		askAgainAndAgain(PING, LostDatagrams.SAFE_BYTES, SIGN_OF_LIFE);
		assertThat(this.log.list).isEmpty();
	}

	@Test
	void aPeerThatIsSilentIsJustSilent() {
		for (int i = 0; i < 20; i++) {
			this.lost.sent(PEER, PING, LARGE);
		}
		assertThat(this.log.list).isEmpty();
	}

	@Test
	void whoIsNoMemberIsNotWatched() {
		this.members.clear();
		askAgainAndAgain(PING, LARGE, SIGN_OF_LIFE);
		assertThat(this.log.list).isEmpty();
	}

	@Test
	void whoIsForgottenBeginsAnew() {
		for (int i = 0; i < 4 * LostDatagrams.TOLERATED; i++) {
			this.lost.sent(PEER, PING, LARGE);
			this.lost.received(SIGN_OF_LIFE);
			if (i % LostDatagrams.TOLERATED == 0) {
				this.lost.forget(PEER);
			}
		}
		assertThat(this.log.list).isEmpty();
	}

	@Test
	void anAnswerEndsTheSuspicion() {
		for (int i = 0; i < 20; i++) {
			this.lost.sent(PEER, PING, LARGE);
			this.lost.received((i % LostDatagrams.TOLERATED == 0) ? ANSWER : SIGN_OF_LIFE);
		}
		assertThat(this.log.list).isEmpty();
	}

	@Test
	void questionsFarApartHaveNothingToDoWithEachOther() {
		for (int i = 0; i < 20; i++) {
			this.lost.sent(PEER, PING, LARGE);
			this.lost.received(SIGN_OF_LIFE);
			this.now += Duration.ofSeconds(31).toNanos();
		}
		assertThat(this.log.list).isEmpty();
	}

	@Test
	void comparisonsWithoutAnswersAreWorthAWarningAlthoughPingsAreAnswered() {
		Message comparison = new Message.SyncDigests(SELF, List.of(1L), List.of());
		askAgainAndAgain(comparison, 100, ANSWER);
		assertThat(this.log.list).hasSize(1);
	}

	@Test
	void whatTheSystemRefusesAsTooLongIsWorthAWarningNowAndThen() {
		IOException reason = new IOException("Message too long");
		this.lost.failed(PEER, 9300, reason);
		this.lost.failed(PEER, 9300, reason);
		this.now += Duration.ofMinutes(10).toNanos();
		this.lost.failed(PEER, 9300, reason);
		assertThat(this.log.list).hasSize(2);
		assertThat(this.log.list.get(0).getFormattedMessage())
			.startsWith("datagram of 9300 B to peer:3301 not sent reason=\"Message too long\": choose a smaller");
	}

	@Test
	void whatTheSystemRefusesOtherwiseIsNotTooLong() {
		this.lost.failed(PEER, 9300, new IOException("Network is unreachable"));
		assertThat(this.log.list).isEmpty();
	}

	private void askAgainAndAgain(Message question, int bytes, Message heard) {
		for (int i = 0; i <= LostDatagrams.TOLERATED + 1; i++) {
			this.lost.sent(PEER, question, bytes);
			this.lost.received(heard);
			this.now += Duration.ofSeconds(2).toNanos();
		}
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(LostDatagrams.class);
	}

}
