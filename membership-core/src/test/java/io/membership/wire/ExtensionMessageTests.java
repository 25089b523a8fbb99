package io.membership.wire;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.swim.Message;
import io.membership.swim.ProbeData;
import io.membership.swim.Rumor;
import io.membership.swim.Supplement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.membership.wire.Datagrams.SENDER;
import static io.membership.wire.Datagrams.array;
import static io.membership.wire.Datagrams.event;
import static io.membership.wire.Datagrams.understood;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What capable nodes say to each other that the reference does not know.
 */
class ExtensionMessageTests {

	private static final MemberUri A = MemberUri.of("a", 3301);

	private static final MemberUri B = MemberUri.of("b", 3302);

	private static final Rumor RUMOR = new Rumor(B, MemberStatus.SUSPECT, 7, null, 0,
			Supplement.ofAccusers(List.of(A, B), List.of(A)));

	private static final ProbeData DATA = new ProbeData(A, B, 1_700_000_000_000_000L, ProbeData.UNKNOWN, Map.of());

	private final DatagramCodec codec = new DatagramCodec(Sealing.none());

	static Stream<Message> messages() {
		List<Rumor> events = List.of(RUMOR);
		return Stream.of(new Message.ShortPing(A, 0, -1, events), new Message.ShortPing(A, 0xffff_ffffL, 5, List.of()),
				new Message.ShortAck(A, 65535, Long.MIN_VALUE, 1_700_000_000_000_000L, events),
				new Message.Nack(A, DATA, true, events), new Message.Nack(A, DATA, false, List.of()),
				new Message.Gossip(A, events), new Message.SyncDigests(A, List.of(1L, -1L, 0L, Long.MAX_VALUE), events),
				new Message.SyncRange(A, 0, -1, true, events, List.of()),
				new Message.SyncRange(A, 1L << 62, 1L << 63, false, List.of(), events));
	}

	@ParameterizedTest
	@MethodSource("messages")
	void whatIsWrittenIsRead(Message message) {
		assertThat(roundTrip(message)).isEqualTo(message);
	}

	@ParameterizedTest
	@MethodSource("messages")
	void theSizeIsKnownBefore(Message message) {
		assertThat(this.codec.sizeOf(message)).isEqualTo(this.codec.encode(message).length);
	}

	@Test
	void aProbeIsShort() {
		MemberUri long43 = MemberUri.of("x".repeat(37), 33010);
		assertThat(this.codec.encode(new Message.ShortPing(long43, 65535, -1, List.of()))).hasSize(62);
		assertThat(this.codec.encode(new Message.ShortAck(long43, 65535, -1, -1, List.of()))).hasSize(71);
	}

	@ParameterizedTest
	@MethodSource("supplements")
	void aSupplementIsTheSixthElement(Supplement supplement) {
		Message message = new Message.Leave(A, List.of(new Rumor(B, MemberStatus.ALIVE, 1, null, 2, supplement)));
		assertThat(roundTrip(message)).isEqualTo(message);
	}

	static Stream<Supplement> supplements() {
		return Stream.of(Supplement.NONE, Supplement.ofSelf(0, Supplement.UNKNOWN), Supplement.ofSelf(7, 1),
				Supplement.ofSelf(Integer.MAX_VALUE, Supplement.MAX_BOOT_ID),
				Supplement.ofAccusers(List.of(A), List.of()), Supplement.ofAccusers(List.of(A, B), List.of(B)),
				Supplement.ofSelf(3, 4).withKeys(List.of(-1, 0, 7)), Supplement.NONE.withKeys(List.of(1)));
	}

	@ParameterizedTest
	@MethodSource("oddSupplements")
	void whatMakesNoSenseInASupplementCountsForNothing(Object odd) {
		Rumor rumor = event(array("b:3302", 2, 7, null, 0, odd, "seventh"));
		assertThat(rumor).isEqualTo(new Rumor(B, MemberStatus.SUSPECT, 7, null, 0));
	}

	static Stream<Object> oddSupplements() {
		return Stream.of("text", 5, List.of(), List.of(1, 2), Map.of(), Map.of("1", 3), Map.of(9, "unknown"),
				Map.of(1, "abilities"), Map.of(1, -1), Map.of(1, 1L << 31), Map.of(2, -5), Map.of(2, 1L << 32),
				Map.of(2, 1.5), Map.of(3, 7), Map.of(3, List.of("no uri", 8, Map.of())), Map.of(4, "a:3301"),
				Map.of(5, 7), Map.of(5, List.of("no key", -1, 1L << 32)), Map.of(true, Map.of(1, 2)),
				Map.of((1L << 32) + 1, 3));
	}

	@Test
	void whatIsKnownInASupplementCountsBesideWhatIsNot() {
		assertThat(event(array("b:3302", 1, 1, null, 0, Map.of(1, 3, 77, List.of(1), 3, List.of("a:3301", 5)))))
			.extracting(Rumor::supplement)
			.isEqualTo(new Supplement(3, Supplement.UNKNOWN, List.of(A), List.of(), List.of()));
	}

	@Test
	void noMoreNamesAreKeptThanTheProtocolTells() {
		Rumor rumor = event(array("b:3302", 2, 1, null, 0, Map.of(3, Collections.nCopies(50, "a:3301"))));
		assertThat(rumor.supplement().accusers()).hasSize(8);
	}

	@Test
	void noMoreKeysAreKeptThanTheProtocolTells() {
		Rumor rumor = event(array("b:3302", 1, 1, null, 0, Map.of(5, Collections.nCopies(50, 7))));
		assertThat(rumor.supplement().keys()).hasSize(8);
	}

	@ParameterizedTest
	@MethodSource("oddMessages")
	void ofAMessageWithDataOfAnotherShapeOnlyTheEventsCount(String type, Object data) {
		Message message = understood(array(SENDER, type, data, array(array("b:3302", 1, 1)))).message();
		assertThat(message).isInstanceOf(Message.Unknown.class);
		assertThat(message.events()).hasSize(1);
	}

	static Stream<Arguments> oddMessages() {
		Map<?, ?> probe = Map.of("src", "a:1", "dst", "b:1", "ts", 5);
		return Stream.of(arguments("P", null), arguments("P", array()), arguments("P", array(1)),
				arguments("P", array(1, 2, 3)), arguments("P", array("1", 2)), arguments("P", array(1, 2.0)),
				arguments("P", probe), arguments("A", array(1, 2)), arguments("A", array(1, 2, array(3))),
				arguments("NACK", null), arguments("NACK", probe), arguments("NACK", array(probe)),
				arguments("NACK", array(5, true)), arguments("NACK", array(5, 6, 7)), arguments("DIGESTS", null),
				arguments("DIGESTS", array()), arguments("DIGESTS", array(1, 2, 3)),
				arguments("DIGESTS", array(1, "2")), arguments("DIGESTS", Collections.nCopies(512, 1)),
				arguments("RANGE", array()), arguments("RANGE", array(1, 2, true)),
				arguments("RANGE", array("1", 2, true, array())), arguments("RANGE", array(1, "2", true, array())),
				arguments("RANGE", array(1, 2, true, 5)), arguments("RANGE", array(1, 2, true, array(), 5)));
	}

	private Message roundTrip(Message message) {
		return decode(this.codec.encode(message));
	}

	private Message decode(byte[] datagram) {
		return ((Decoded.Understood) this.codec.decode(datagram, datagram.length)).message();
	}

}
