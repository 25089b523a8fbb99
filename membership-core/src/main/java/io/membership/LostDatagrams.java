package io.membership;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import io.membership.swim.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that datagrams seem to be too large for the network, and says what helps. Where
 * a link carries less than the largest datagram, nobody is told: large datagrams are lost
 * while small ones arrive. So this watches questions which are large themselves or whose
 * answers are. When a peer leaves several of them without an answer and is heard all the
 * same, that is worth a warning. To be used on the protocol's thread.
 */
final class LostDatagrams {

	/** What every network carries in one piece (RFC 791 §3.1), without headers. */
	static final int SAFE_BYTES = 548;

	/** How many questions may be lost for other reasons. */
	static final int TOLERATED = 4;

	private static final int MOST_PEERS = 1024;

	/** Questions with a longer pause between them have nothing to do with each other. */
	private static final long MEMORY = TimeUnit.SECONDS.toNanos(30);

	private static final long PAUSE = TimeUnit.MINUTES.toNanos(10);

	private static final String REMEDY = "choose a smaller maxPacketSize (membership.max-packet-size, now {} B) on all members,"
			+ " and payloads that fit (logged at most every 10 min)";

	private static final Logger logger = LoggerFactory.getLogger(LostDatagrams.class);

	private final IntSupplier maxPacketSize;

	private final LongSupplier nanoTime;

	private final Predicate<MemberUri> isMember;

	/** Large PINGs, which are answered by ACKs. */
	private final Questions pings = new Questions();

	/** Questions for what others see otherwise, which are answered at length. */
	private final Questions comparisons = new Questions();

	private @Nullable Long warnedNanos;

	/**
	 * Creates an account of nothing.
	 * @param isMember whether somebody is a member; others may never be heard of again,
	 * and what they are asked is not kept
	 */
	LostDatagrams(IntSupplier maxPacketSize, LongSupplier nanoTime, Predicate<MemberUri> isMember) {
		this.maxPacketSize = maxPacketSize;
		this.nanoTime = nanoTime;
		this.isMember = isMember;
	}

	/** Takes in that a message was sent. */
	void sent(MemberUri to, Message message, int bytes) {
		if (!this.isMember.test(to)) {
			return;
		}
		if (message instanceof Message.SyncDigests) {
			this.comparisons.ask(to);
		}
		else if (bytes > SAFE_BYTES && (message instanceof Message.Ping || message instanceof Message.ShortPing)) {
			this.pings.ask(to);
		}
	}

	/** Takes in a message that was received. */
	void received(Message message) {
		MemberUri sender = message.sender();
		if (sender != null) {
			this.pings.hear(sender, message instanceof Message.Ack || message instanceof Message.ShortAck);
			this.comparisons.hear(sender, message instanceof Message.SyncRange);
		}
	}

	/** Forgets what was asked of somebody. */
	void forget(MemberUri peer) {
		this.pings.open.remove(peer);
		this.comparisons.open.remove(peer);
	}

	/** Takes in that the operating system did not send a datagram. */
	void failed(MemberUri to, int bytes, IOException reason) {
		String text = String.valueOf(reason.getMessage()).toLowerCase(Locale.ROOT);
		if ((text.contains("too long") || text.contains("too large")) && isDue()) {
			logger.warn("datagram of {} B to {} not sent reason=\"{}\": " + REMEDY, bytes, to, reason.getMessage(),
					this.maxPacketSize.getAsInt());
		}
	}

	private void lost(MemberUri peer) {
		if (isDue()) {
			logger.warn("large datagrams to or from {} seem to be lost while small ones arrive: " + REMEDY, peer,
					this.maxPacketSize.getAsInt());
		}
	}

	private boolean isDue() {
		long now = this.nanoTime.getAsLong();
		boolean due = this.warnedNanos == null || now - this.warnedNanos >= PAUSE;
		if (due) {
			this.warnedNanos = now;
		}
		return due;
	}

	/** Questions of one kind to all peers. */
	private final class Questions {

		private final Map<MemberUri, Question> open = new LinkedHashMap<>() {

			private static final long serialVersionUID = 1L;

			@Override
			protected boolean removeEldestEntry(Map.Entry<MemberUri, Question> eldest) {
				return size() > MOST_PEERS;
			}

		};

		void ask(MemberUri peer) {
			long now = LostDatagrams.this.nanoTime.getAsLong();
			Question last = this.open.get(peer);
			int lost = (last == null || now - last.askedNanos > MEMORY) ? 0 : last.lost + (last.heard ? 1 : 0);
			this.open.put(peer, new Question(now, lost));
			if (lost > TOLERATED) {
				lost(peer);
			}
		}

		void hear(MemberUri peer, boolean answer) {
			Question question = this.open.get(peer);
			if (answer) {
				this.open.remove(peer);
			}
			else if (question != null) {
				question.heard = true;
			}
		}

	}

	/** A question without an answer so far. */
	private static final class Question {

		private final long askedNanos;

		/** How many before it had no answer, although the peer was heard. */
		private final int lost;

		private boolean heard;

		Question(long askedNanos, int lost) {
			this.askedNanos = askedNanos;
			this.lost = lost;
		}

	}

}
