package io.membership.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

import io.membership.DropReason;
import io.membership.MemberUri;
import io.membership.swim.Message;
import io.membership.swim.ProbeData;
import io.membership.swim.Rumor;
import org.jspecify.annotations.Nullable;
import org.msgpack.value.ValueType;

/**
 * Reads a message, {@code [sender, type, data, events]}. The events come last but count
 * whatever the rest is, so a type and data that do not go together make a
 * {@link Message.Unknown}, not an error.
 */
final class MessageReader {

	private static final int LENGTH = 4;

	private final Input in;

	private final UriCache uris;

	private final RumorReader rumors;

	private final ExtensionReader extensions;

	private int badEvents;

	/**
	 * Creates a reader.
	 * @param encoded what a datagram holds, {@linkplain Structure sound}
	 * @param uris those that were read before
	 */
	MessageReader(byte[] encoded, UriCache uris) {
		this.in = new Input(encoded);
		this.uris = uris;
		this.rumors = new RumorReader(this.in, uris);
		this.extensions = new ExtensionReader(this.in);
	}

	Decoded read() {
		if (nextType() != ValueType.ARRAY || this.in.arrayHeader() != LENGTH) {
			return new Decoded.Dropped(DropReason.NOT_A_MESSAGE);
		}
		MemberUri sender = this.uris.read(this.in);
		Body body = body();
		List<Rumor> events = list(this.rumors::event);
		if (events == null) {
			// Without a sender it is probably cipher text that begins like a message
			return new Decoded.Dropped((sender != null) ? DropReason.INCOMPLETE : DropReason.NOT_A_MESSAGE);
		}
		return new Decoded.Understood(body.toMessage(sender, events), this.badEvents);
	}

	/** Reads the type and the data. */
	private Body body() {
		String type = String.valueOf(this.in.text());
		return switch (type) {
			case MessageWriter.PING -> probe(Message.Ping::new);
			case MessageWriter.ACK -> probe(Message.Ack::new);
			case MessageWriter.SYNC_REQUEST -> sync(Message.SyncRequest::new);
			case MessageWriter.SYNC_ACK -> sync(Message.SyncAck::new);
			case MessageWriter.LEAVE -> without(Message.Leave::new);
			case MessageWriter.SHORT_PING -> shortPing(this.extensions.numbers(2));
			case MessageWriter.SHORT_ACK -> shortAck(this.extensions.numbers(3));
			case MessageWriter.NACK -> nack(this.extensions.nack());
			case MessageWriter.GOSSIP -> without(Message.Gossip::new);
			case MessageWriter.SYNC_DIGESTS -> digests(this.extensions.digests());
			case MessageWriter.SYNC_RANGE -> range(this.extensions.range(() -> list(this.rumors::event)));
			default -> without(Message.Unknown::new);
		};
	}

	private Body probe(Kind<ProbeData> kind) {
		if (nextType() != ValueType.MAP) {
			return without(Message.Unknown::new);
		}
		ProbeData data = ProbeDataReader.read(this.in);
		return (data != null) ? (sender, events) -> kind.create(sender, data, events) : Message.Unknown::new;
	}

	private Body sync(Kind<List<Rumor>> kind) {
		List<Rumor> entries = list(this.rumors::entry);
		return (entries != null) ? (sender, events) -> kind.create(sender, entries, events) : Message.Unknown::new;
	}

	private static Body shortPing(@Nullable List<Long> data) {
		return (data != null) ? (sender, events) -> new Message.ShortPing(sender, data.get(0), data.get(1), events)
				: Message.Unknown::new;
	}

	private static Body shortAck(@Nullable List<Long> data) {
		return (data != null)
				? (sender, events) -> new Message.ShortAck(sender, data.get(0), data.get(1), data.get(2), events)
				: Message.Unknown::new;
	}

	private static Body nack(ExtensionReader.@Nullable NackData data) {
		return (data != null) ? (sender, events) -> new Message.Nack(sender, data.probe(), data.refused(), events)
				: Message.Unknown::new;
	}

	private static Body digests(@Nullable List<Long> digests) {
		return (digests != null) ? (sender, events) -> new Message.SyncDigests(sender, digests, events)
				: Message.Unknown::new;
	}

	private static Body range(ExtensionReader.@Nullable RangeData data) {
		return (data != null) ? (sender, events) -> new Message.SyncRange(sender, data.from(), data.to(),
				data.complete(), data.entries(), events) : Message.Unknown::new;
	}

	private Body without(Body body) {
		this.in.skip();
		return body;
	}

	/**
	 * Reads an array of statements and counts the bad ones. A map is an array without
	 * elements: both are tables in Lua.
	 * @return the good ones, or {@code null} if this is neither
	 */
	private @Nullable List<Rumor> list(Supplier<@Nullable Rumor> element) {
		ValueType type = nextType();
		if (type != ValueType.ARRAY) {
			this.in.skip();
			return (type == ValueType.MAP) ? List.of() : null;
		}
		int length = this.in.arrayHeader();
		List<Rumor> rumors = new ArrayList<>(length);
		for (int i = 0; i < length; i++) {
			Rumor rumor = element.get();
			if (rumor != null) {
				rumors.add(rumor);
			}
			else {
				this.badEvents++;
			}
		}
		return Collections.unmodifiableList(rumors);
	}

	private ValueType nextType() {
		return this.in.nextType();
	}

	/** All of a message but its sender and its events. */
	@FunctionalInterface
	private interface Body {

		Message toMessage(@Nullable MemberUri sender, List<Rumor> events);

	}

	/** A kind of message that has data. */
	@FunctionalInterface
	private interface Kind<T> {

		Message create(@Nullable MemberUri sender, T data, List<Rumor> events);

	}

}
