package io.membership.wire;

import java.util.List;
import java.util.Map;

import io.membership.MemberUri;
import io.membership.swim.Message;
import io.membership.swim.Payload;
import io.membership.swim.ProbeData;
import io.membership.swim.Rumor;
import io.membership.swim.Supplement;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages, {@code [sender, type, data, events]}, byte for byte as the reference
 * does: integers as short as possible, but times in 64 bits.
 */
final class MessageWriter {

	static final String PING = "PING";

	static final String ACK = "ACK";

	static final String SYNC_REQUEST = "SYNC_REQ";

	static final String SYNC_ACK = "SYNC_ACK";

	static final String LEAVE = "LEAVE";

	static final String SHORT_PING = "P";

	static final String SHORT_ACK = "A";

	static final String NACK = "NACK";

	static final String GOSSIP = "GOSSIP";

	static final String SYNC_DIGESTS = "DIGESTS";

	static final String SYNC_RANGE = "RANGE";

	/** Around a value are the datagram and its data. */
	private static final int ENCLOSING = 2;

	private final Output out;

	MessageWriter(Output out) {
		this.out = out;
	}

	void message(Message message) {
		MemberUri sender = message.sender();
		if (sender == null) {
			throw new IllegalArgumentException("A message without a sender cannot be sent");
		}
		this.out.arrayHeader(4);
		this.out.uri(sender);
		if (!reference(message)) {
			extension(message);
		}
		this.out.arrayHeader(message.events().size());
		message.events().forEach(this::event);
	}

	/** Writes type and data of a message that the reference knows. */
	private boolean reference(Message message) {
		if (message instanceof Message.Ping ping) {
			this.out.text(PING);
			pingData(ping.data());
		}
		else if (message instanceof Message.Ack ack) {
			this.out.text(ACK);
			ackData(ack.data());
		}
		else if (message instanceof Message.SyncRequest request) {
			this.out.text(SYNC_REQUEST);
			entries(request.entries());
		}
		else if (message instanceof Message.SyncAck ack) {
			this.out.text(SYNC_ACK);
			entries(ack.entries());
		}
		else if (message instanceof Message.Leave) {
			this.out.text(LEAVE);
			this.out.nil();
		}
		else {
			return false;
		}
		return true;
	}

	/** Writes type and data of a message for those who announced to understand it. */
	private void extension(Message message) {
		if (message instanceof Message.ShortPing ping) {
			this.out.text(SHORT_PING);
			this.out.arrayHeader(2);
			this.out.integer(ping.sequence());
			this.out.uint64(ping.digest());
		}
		else if (message instanceof Message.ShortAck ack) {
			this.out.text(SHORT_ACK);
			this.out.arrayHeader(3);
			this.out.integer(ack.sequence());
			this.out.uint64(ack.digest());
			this.out.uint64(ack.answeredAt());
		}
		else if (message instanceof Message.Nack nack) {
			this.out.text(NACK);
			this.out.arrayHeader(2);
			pingData(nack.data());
			this.out.bool(nack.refused());
		}
		else if (message instanceof Message.Gossip) {
			this.out.text(GOSSIP);
			this.out.nil();
		}
		else if (message instanceof Message.SyncDigests digests) {
			this.out.text(SYNC_DIGESTS);
			this.out.arrayHeader(digests.digests().size());
			digests.digests().forEach(this.out::uint64);
		}
		else if (message instanceof Message.SyncRange range) {
			this.out.text(SYNC_RANGE);
			this.out.arrayHeader(4);
			this.out.uint64(range.from());
			this.out.uint64(range.to());
			this.out.bool(range.complete());
			this.out.arrayHeader(range.entries().size());
			range.entries().forEach(this::event);
		}
		else {
			throw new IllegalArgumentException("A message of unknown type cannot be sent");
		}
	}

	void event(Rumor rumor) {
		boolean supplemented = !rumor.says(Supplement.NONE);
		this.out.arrayHeader(supplemented ? 6 : 5);
		statement(rumor);
		timeToLive(rumor.timeToLive());
		if (supplemented) {
			SupplementFormat.write(rumor, this.out);
		}
	}

	void entry(Rumor rumor) {
		this.out.arrayHeader(4);
		statement(rumor);
	}

	private void entries(List<Rumor> entries) {
		this.out.arrayHeader(entries.size());
		entries.forEach(this::entry);
	}

	private void statement(Rumor rumor) {
		this.out.uri(rumor.uri());
		this.out.integer(rumor.status().code());
		this.out.integer(rumor.incarnation());
		Payload payload = rumor.payload();
		if (payload == null) {
			this.out.nil();
		}
		else {
			encoded(payload).writeTo(this.out);
		}
	}

	private static EncodedPayload encoded(Payload payload) {
		if (payload instanceof EncodedPayload encoded) {
			return encoded;
		}
		throw new IllegalArgumentException("A payload of " + payload.getClass() + " is not of this wire format");
	}

	private void timeToLive(double timeToLive) {
		if (LuaNumbers.isLong(timeToLive)) {
			this.out.integer((long) timeToLive);
		}
		else {
			this.out.float64(timeToLive);
		}
	}

	/** Writes the entries in the order of a reference node's own pings. */
	private void pingData(ProbeData data) {
		this.out.mapHeader(size(data));
		uri(ProbeDataReader.TARGET, data.target());
		time(ProbeDataReader.SENT_AT, data.sentAt());
		uri(ProbeDataReader.SOURCE, data.source());
		time(ProbeData.ANSWERED_AT, data.answeredAt());
		extra(data.extra());
	}

	/** Writes the entries in the order of a reference node's acks to others. */
	private void ackData(ProbeData data) {
		this.out.mapHeader(size(data));
		time(ProbeData.ANSWERED_AT, data.answeredAt());
		uri(ProbeDataReader.TARGET, data.target());
		uri(ProbeDataReader.SOURCE, data.source());
		time(ProbeDataReader.SENT_AT, data.sentAt());
		extra(data.extra());
	}

	private static int size(ProbeData data) {
		return data.extra().size() + ((data.target() != null) ? 1 : 0) + ((data.source() != null) ? 1 : 0)
				+ ((data.sentAt() != ProbeData.UNKNOWN) ? 1 : 0) + ((data.answeredAt() != ProbeData.UNKNOWN) ? 1 : 0);
	}

	private void uri(String key, @Nullable MemberUri uri) {
		if (uri != null) {
			this.out.text(key);
			this.out.uri(uri);
		}
	}

	private void time(String key, long micros) {
		if (micros != ProbeData.UNKNOWN) {
			this.out.text(key);
			this.out.uint64(micros);
		}
	}

	private void extra(Map<?, ?> extra) {
		ValueWriter values = new ValueWriter(this.out, ENCLOSING);
		for (Map.Entry<?, ?> entry : extra.entrySet()) {
			values.write(entry.getKey(), "data");
			values.write(entry.getValue(), "data");
		}
	}

}
