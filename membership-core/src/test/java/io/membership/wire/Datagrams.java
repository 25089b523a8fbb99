package io.membership.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

import io.membership.Binary;
import io.membership.DropReason;
import io.membership.MemberUri;
import io.membership.swim.Message;
import io.membership.swim.Rumor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Datagrams by hand, for tests.
 */
final class Datagrams {

	static final String SENDER = "sender:3301";

	static final MemberUri SENDER_URI = MemberUri.parse(SENDER);

	private static final DatagramCodec CODEC = new DatagramCodec(Sealing.none());

	private Datagrams() {
	}

	/** Returns the MessagePack of some value. */
	static byte[] pack(Object value) {
		PackedOutput out = new PackedOutput();
		new ValueWriter(out, -1000).write(value, "test");
		return out.toByteArray();
	}

	/** Returns an array that may hold nulls. */
	static List<Object> array(Object... elements) {
		return Arrays.asList(elements);
	}

	static Binary bin(String text) {
		return Binary.of(text.getBytes(StandardCharsets.UTF_8));
	}

	/** Returns a value that is given as MessagePack. */
	static Verbatim hex(String hex) {
		return new Verbatim(HexFormat.of().parseHex(hex.replace(" ", "")));
	}

	/** Returns what a value means that stayed encoded, or any other as it is. */
	static Object meaning(Object value) {
		return (value instanceof Verbatim) ? ValueReader.forApplications(new Input(pack(value))).value() : value;
	}

	static byte[] encode(Message message) {
		return CODEC.encode(message);
	}

	static Decoded decode(byte[] datagram) {
		return CODEC.decode(datagram, datagram.length);
	}

	static Decoded decode(Object value) {
		return decode(pack(value));
	}

	static Decoded.Understood understood(Object value) {
		Decoded decoded = decode(value);
		assertThat(decoded).isInstanceOf(Decoded.Understood.class);
		return (Decoded.Understood) decoded;
	}

	static Decoded dropped(DropReason reason) {
		return new Decoded.Dropped(reason);
	}

	/** Returns what a node makes of one event, or null if it skips it. */
	static Rumor event(Object event) {
		return only(understood(array(SENDER, "LEAVE", null, array(event))), Message::events);
	}

	/**
	 * Returns what a node makes of one entry of a SYNC message, or null if it skips it.
	 */
	static Rumor entry(Object entry) {
		return only(understood(array(SENDER, "SYNC_ACK", array(entry), array())),
				(message) -> ((Message.SyncAck) message).entries());
	}

	private static Rumor only(Decoded.Understood decoded, Function<Message, List<Rumor>> list) {
		List<Rumor> rumors = list.apply(decoded.message());
		assertThat(rumors.size() + decoded.badEvents()).isEqualTo(1);
		return rumors.isEmpty() ? null : rumors.get(0);
	}

}
