package io.membership.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.membership.CidrBlock;
import io.membership.DropReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is not even read. Time passes only where a test says so.
 */
class GateTests {

	private static final int LIMIT = 100;

	private static final InetSocketAddress MEMBER = source(1, 3301);

	private static final InetSocketAddress FLOODER = source(66, 1);

	private long now = Long.MAX_VALUE;

	private int limit = LIMIT;

	private final Set<InetSocketAddress> own = new HashSet<>();

	private final Gate gate = new Gate(() -> this.now, () -> this.limit, this.own::contains);

	@Nested
	class Networks {

		@Test
		void withoutNetworksAllAreAllowed() {
			assertThat(refusal(MEMBER)).isNull();
		}

		@Test
		void whoIsInOneOfTheNetworksIsAllowed() {
			open("192.168.0.0/16", "10.0.0.1");
			assertThat(refusal(MEMBER)).isNull();
			assertThat(refusal(FLOODER)).isEqualTo(DropReason.FOREIGN_NETWORK);
		}

		@Test
		void thisNodeIsAllowedWhereverItIs() {
			open("192.168.0.0/16");
			GateTests.this.own.add(MEMBER);
			assertThat(refusal(MEMBER)).isNull();
		}

		@Test
		void noNetworksAllowAllAgain() {
			open("192.168.0.0/16");
			open();
			assertThat(refusal(MEMBER)).isNull();
		}

		@Test
		void whoIsNotAllowedUsesUpNoLimit() {
			open("192.168.0.0/16");
			for (int i = 0; i < 10 * LIMIT; i++) {
				assertThat(refusal(FLOODER)).isEqualTo(DropReason.FOREIGN_NETWORK);
			}
			open();
			assertThat(junk(FLOODER, LIMIT)).isEqualTo(LIMIT);
		}

		private void open(String... networks) {
			gate().open(List.of(networks).stream().map(CidrBlock::parse).toList());
		}

	}

	@Nested
	class Junk {

		@Test
		void ofOneAddressIsReadUpToTheLimit() {
			assertThat(junk(FLOODER, 10 * LIMIT)).isEqualTo(LIMIT);
		}

		@Test
		void isReadAgainAfterAWhile() {
			junk(FLOODER, 10 * LIMIT);
			pass(Duration.ofMillis(500));
			assertThat(junk(FLOODER, 10 * LIMIT)).isEqualTo(LIMIT / 2);
		}

		@Test
		void countsForTheAddressWhateverThePort() {
			int read = 0;
			for (int port = 1; port <= 10 * LIMIT; port++) {
				read += junk(source(66, port), 1);
			}
			assertThat(read).isEqualTo(LIMIT);
		}

		@Test
		void ofManyAddressesIsReadUpToTwiceTheLimit() {
			int read = 0;
			for (int host = 0; host < 10 * LIMIT; host++) {
				read += junk(source(host, 1), 1);
			}
			assertThat(read).isEqualTo(2 * LIMIT);
		}

		@Test
		void ofOneAddressDoesNotKeepStrangersOut() {
			junk(FLOODER, 10 * LIMIT);
			assertThat(messages(MEMBER, 1)).isEqualTo(1);
		}

		@Test
		void ofManyAddressesDoesNotDisturbWhoWasUnderstoodBefore() {
			messages(MEMBER, 1);
			flood();
			assertThat(messages(MEMBER, LIMIT - 1)).isEqualTo(LIMIT - 1);
		}

		/** It was heard of, this node has asked it, and now it answers. */
		@Test
		void ofManyAddressesDoesNotDisturbWhomThisNodeTalksTo() {
			flood();
			assertThat(refusal(MEMBER)).isEqualTo(DropReason.RATE_LIMITED);
			GateTests.this.gate.sent(MEMBER);
			assertThat(messages(MEMBER, LIMIT)).isEqualTo(LIMIT);
		}

		@Test
		void ofAnotherPortDoesNotDisturbWhoWasUnderstoodBefore() {
			messages(MEMBER, 1);
			junk(source(1, 4444), 10 * LIMIT);
			assertThat(messages(MEMBER, LIMIT - 1)).isEqualTo(LIMIT - 1);
		}

		@Test
		void inTheNameOfAMemberIsReadUpToTheLimit() {
			messages(MEMBER, 1);
			assertThat(junk(MEMBER, 10 * LIMIT)).isEqualTo(LIMIT);
		}

		@Test
		void inTheNameOfAMemberDisturbsNobodyElse() {
			messages(MEMBER, 1);
			junk(MEMBER, 10 * LIMIT);
			assertThat(messages(source(2, 3301), 1)).isEqualTo(1);
			assertThat(junk(FLOODER, 10 * LIMIT)).isEqualTo(LIMIT);
		}

	}

	@Nested
	class Messages {

		@Test
		void ofOneSourceAreReadUpToTheLimit() {
			messages(MEMBER, 1);
			assertThat(messages(MEMBER, 10 * LIMIT)).isEqualTo(LIMIT);
		}

		@Test
		void areReadAgainAfterAWhile() {
			messages(MEMBER, 10 * LIMIT);
			pass(Duration.ofMillis(500));
			assertThat(messages(MEMBER, 10 * LIMIT)).isEqualTo(LIMIT / 2);
		}

		/** As when a process of many nodes starts: one address, and everybody is new. */
		@Test
		void ofThousandsOfStrangersOnOneAddressAreAllRead() {
			for (int port = 1; port <= 100 * LIMIT; port++) {
				assertThat(messages(source(1, port), 3)).isEqualTo(3);
			}
		}

		@Test
		void ofVeryManySourcesDoNotFillTheMemory() {
			SourceLimits limits = new SourceLimits();
			for (int i = 0; i < 3 * SourceLimits.MOST_SOURCES; i++) {
				limits.remember(source(i, 1), GateTests.this.now);
			}
			assertThat(limits.size()).isBetween(SourceLimits.MOST_SOURCES * 99 / 100, SourceLimits.MOST_SOURCES);
		}

		@Test
		void ofManySourcesMakeNobodyForgottenWhoIsHeardOf() {
			SourceLimits limits = new SourceLimits();
			limits.setLimit(LIMIT);
			limits.remember(MEMBER, GateTests.this.now);
			for (int i = 0; i < 3 * SourceLimits.MOST_SOURCES; i++) {
				limits.remember(source(2 + i, 1), GateTests.this.now);
				limits.failed(source(2 + i, 2), GateTests.this.now);
				if (i % 1000 == 0) {
					pass(Duration.ofSeconds(1));
					assertThat(limits.admits(MEMBER, GateTests.this.now)).isTrue();
				}
			}
		}

	}

	@Nested
	class TheLimit {

		@Test
		void mayBeSwitchedOff() {
			GateTests.this.limit = 0;
			assertThat(junk(FLOODER, 10 * LIMIT)).isEqualTo(10 * LIMIT);
			assertThat(messages(MEMBER, 10 * LIMIT)).isEqualTo(10 * LIMIT);
		}

		@Test
		void mayChange() {
			junk(FLOODER, 10 * LIMIT);
			GateTests.this.limit = 10 * LIMIT;
			pass(Duration.ofSeconds(1));
			assertThat(junk(FLOODER, 20 * LIMIT)).isEqualTo(10 * LIMIT);
		}

	}

	/** Uses up what all strangers together may send. */
	private void flood() {
		for (int host = 0; host < 10 * LIMIT; host++) {
			junk(source(1000 + host, 1), 1);
		}
	}

	/** Sends junk, and returns how much of it was read. */
	private int junk(InetSocketAddress from, int datagrams) {
		int read = 0;
		for (int i = 0; i < datagrams; i++) {
			if (refusal(from) == null) {
				this.gate.failed(from);
				read++;
			}
		}
		return read;
	}

	/** Sends messages, and returns how many of them were read. */
	private int messages(InetSocketAddress from, int datagrams) {
		int read = 0;
		for (int i = 0; i < datagrams; i++) {
			if (refusal(from) == null) {
				this.gate.understood(from);
				read++;
			}
		}
		return read;
	}

	private @Nullable DropReason refusal(InetSocketAddress from) {
		return this.gate.refusal(from);
	}

	private Gate gate() {
		return this.gate;
	}

	private void pass(Duration duration) {
		this.now += duration.toNanos();
	}

	private static InetSocketAddress source(int host, int port) {
		try {
			byte[] address = { 10, (byte) (host >> 16), (byte) (host >> 8), (byte) host };
			return new InetSocketAddress(InetAddress.getByAddress(address), port);
		}
		catch (UnknownHostException ex) {
			throw new AssertionError(ex);
		}
	}

}
