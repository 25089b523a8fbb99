package io.membership.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.membership.Binary;
import io.membership.DropReason;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.swim.Message;
import io.membership.swim.Rumor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.wire.Datagrams.SENDER;
import static io.membership.wire.Datagrams.SENDER_URI;
import static io.membership.wire.Datagrams.array;
import static io.membership.wire.Datagrams.bin;
import static io.membership.wire.Datagrams.decode;
import static io.membership.wire.Datagrams.dropped;
import static io.membership.wire.Datagrams.hex;
import static io.membership.wire.Datagrams.understood;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a datagram means as a whole.
 */
class MessageDecodingTests {

	private static final Rumor ALICE = new Rumor(MemberUri.parse("alice:1"), MemberStatus.SUSPECT, 7, null, 2);

	private static final List<Object> ALICE_EVENT = array("alice:1", 2, 7, null, 2);

	private static final Map<String, Object> PROBE = Map.of("src", "a:1", "dst", "b:2", "ts", 5L);

	@Test
	void everyTypeIsUnderstood() {
		assertThat(message("PING", PROBE)).isInstanceOf(Message.Ping.class);
		assertThat(message("ACK", PROBE)).isInstanceOf(Message.Ack.class);
		assertThat(message("SYNC_REQ", array())).isInstanceOf(Message.SyncRequest.class);
		assertThat(message("SYNC_ACK", array())).isInstanceOf(Message.SyncAck.class);
		assertThat(message("LEAVE", null)).isInstanceOf(Message.Leave.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PING", "ACK", "SYNC_REQ", "SYNC_ACK", "LEAVE", "GOSSIP" })
	void theEventsCountWhateverTheTypeIs(String type) {
		for (Object data : array(PROBE, array(), null, 1)) {
			Decoded.Understood decoded = understood(array(SENDER, type, data, array(ALICE_EVENT)));

			assertThat(decoded.message().events()).containsExactly(ALICE);
			assertThat(decoded.message().sender()).isEqualTo(SENDER_URI);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ping", "PING ", "PONG", "null" })
	void anotherTypeIsUnknown(String type) {
		assertThat(message(type, PROBE)).isEqualTo(new Message.Unknown(SENDER_URI, List.of(ALICE)));
	}

	@Test
	void aTypeThatIsNoStringIsUnknown() {
		for (Object type : array(null, 1, 1.5, true, array("PING"), Map.of("PING", 1))) {
			assertThat(message(type, PROBE)).isEqualTo(new Message.Unknown(SENDER_URI, List.of(ALICE)));
		}
	}

	@Test
	void aPingOrAckWithoutMapIsUnknown() {
		for (Object data : array(null, array(), array("dst", "b:2"), "dst", 1)) {
			assertThat(message("PING", data)).isEqualTo(new Message.Unknown(SENDER_URI, List.of(ALICE)));
			assertThat(message("ACK", data)).isEqualTo(new Message.Unknown(SENDER_URI, List.of(ALICE)));
		}
	}

	@Test
	void aSyncWithAMapHasNoEntries() {
		assertThat(message("SYNC_REQ", Map.of("x", ALICE_EVENT)))
			.isEqualTo(new Message.SyncRequest(SENDER_URI, List.of(), List.of(ALICE)));
		assertThat(message("SYNC_ACK", Map.of())).isEqualTo(new Message.SyncAck(SENDER_URI, List.of(), List.of(ALICE)));
	}

	@Test
	void aSyncWithNeitherArrayNorMapIsUnknown() {
		for (Object data : array(null, "x", 1, false)) {
			assertThat(message("SYNC_REQ", data)).isEqualTo(new Message.Unknown(SENDER_URI, List.of(ALICE)));
			assertThat(message("SYNC_ACK", data)).isEqualTo(new Message.Unknown(SENDER_URI, List.of(ALICE)));
		}
	}

	@Test
	void theDataOfALeaveDoesNotMatter() {
		for (Object data : array(null, "x", PROBE, array())) {
			assertThat(message("LEAVE", data)).isEqualTo(new Message.Leave(SENDER_URI, List.of(ALICE)));
		}
	}

	@Test
	void aSenderThatIsNoUriIsNobody() {
		for (Object sender : array("", "localhost", "a:0", "a:01", "a b:1", ":1", null, 1, array(SENDER), Map.of())) {
			Decoded.Understood decoded = understood(array(sender, "LEAVE", null, array(ALICE_EVENT)));

			assertThat(decoded.message()).isEqualTo(new Message.Leave(null, List.of(ALICE)));
		}
	}

	@Test
	void binIsAsGoodAsStr() {
		Binary sender = bin(SENDER);

		Decoded.Understood decoded = understood(
				array(sender, bin("LEAVE"), null, array(array(bin("alice:1"), bin("2"), 7, null, 2))));

		assertThat(decoded.message()).isEqualTo(new Message.Leave(SENDER_URI, List.of(ALICE)));
	}

	@Test
	void lengthsInLongerFormatsThanNecessaryAreUnderstood() {
		Object wide = hex("""
				dd 00000004
				  db 00000008 73656e6465723a31
				  da 0005 4c45415645
				  c0
				  dc 0001
				    dc 0005 d9 07 616c6963653a31 d3 0000000000000002 cf 0000000000000007 c0 ce 00000002
				""".replaceAll("\\s", ""));

		assertThat(understood(wide).message())
			.isEqualTo(new Message.Leave(MemberUri.parse("sender:1"), List.of(ALICE)));
	}

	@Test
	void aMapOfEventsIsNoEvents() {
		for (Object events : array(Map.of(), Map.of(1, ALICE_EVENT), array())) {
			assertThat(understood(array(SENDER, "LEAVE", null, events)))
				.isEqualTo(new Decoded.Understood(new Message.Leave(SENDER_URI, List.of()), 0));
		}
	}

	@Test
	void eventsOfAnotherTypeMakeAMessageIncomplete() {
		for (Object events : array(null, 0, 1.5, "x", true)) {
			assertThat(decode(array(SENDER, "PING", PROBE, events))).isEqualTo(dropped(DropReason.INCOMPLETE));
		}
	}

	@Test
	void whatHasNeitherSenderNorEventsIsNoMessage() {
		assertThat(decode(array(1, "PING", PROBE, 1))).isEqualTo(dropped(DropReason.NOT_A_MESSAGE));
	}

	@Test
	void whatIsNotAnArrayOfFourIsNoMessage() {
		Map<Integer, Object> table = Map.of(1, SENDER, 2, "LEAVE", 3, Map.of(), 4, array());
		for (Object value : array(null, 1, "x", true, 1.5, array(), array(SENDER, "LEAVE", null),
				array(SENDER, "LEAVE", null, array(), null), table)) {
			assertThat(decode(value)).isEqualTo(dropped(DropReason.NOT_A_MESSAGE));
		}
	}

	@Test
	void bytesBehindTheMessageAreIgnored() {
		byte[] datagram = Datagrams.pack(array(SENDER, "LEAVE", null, array(ALICE_EVENT)));
		byte[] longer = Arrays.copyOf(datagram, datagram.length + 3);
		Arrays.fill(longer, datagram.length, longer.length, (byte) 0xc1);

		assertThat(decode(longer)).isEqualTo(decode(datagram)).isInstanceOf(Decoded.Understood.class);
	}

	@Test
	void bytesBehindTheLengthAreNotRead() {
		byte[] datagram = Datagrams.pack(array(SENDER, "LEAVE", null, array(ALICE_EVENT)));

		assertThat(new DatagramCodec(Sealing.none()).decode(datagram, datagram.length - 1))
			.isEqualTo(dropped(DropReason.MALFORMED));
	}

	@ParameterizedTest
	@MethodSource("badEvents")
	void aBadEventIsSkippedAndCounted(Object bad) {
		Decoded.Understood decoded = understood(
				array(SENDER, "LEAVE", null, array(bad, ALICE_EVENT, bad, ALICE_EVENT)));

		assertThat(decoded.message().events()).containsExactly(ALICE, ALICE);
		assertThat(decoded.badEvents()).isEqualTo(2);
	}

	@ParameterizedTest
	@MethodSource("badEvents")
	void aBadEntryIsSkippedAndCountedWithTheEvents(Object bad) {
		Decoded.Understood decoded = understood(
				array(SENDER, "SYNC_ACK", array(ALICE_EVENT, bad), array(bad, ALICE_EVENT)));

		assertThat(((Message.SyncAck) decoded.message()).entries()).hasSize(1);
		assertThat(decoded.message().events()).containsExactly(ALICE);
		assertThat(decoded.badEvents()).isEqualTo(2);
	}

	static List<Object> badEvents() {
		return array(array(), array("nowhere", 1, 1), Map.of(1, "alice:1"), "alice:1", 1, null, array(null, 1, 1));
	}

	private static Message message(Object type, Object data) {
		Decoded.Understood decoded = understood(array(SENDER, type, data, array(ALICE_EVENT)));
		assertThat(decoded.badEvents()).isZero();
		return decoded.message();
	}

}
