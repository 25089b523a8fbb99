package io.membership.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.membership.Binary;
import io.membership.MemberUri;
import io.membership.swim.Message;
import io.membership.swim.ProbeData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.wire.Datagrams.SENDER;
import static io.membership.wire.Datagrams.array;
import static io.membership.wire.Datagrams.bin;
import static io.membership.wire.Datagrams.hex;
import static io.membership.wire.Datagrams.pack;
import static io.membership.wire.Datagrams.understood;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the data of a PING or ACK means, and that it comes back untouched.
 */
class ProbeDataTests {

	private static final MemberUri A = MemberUri.parse("a:1");

	private static final MemberUri B = MemberUri.parse("b:2");

	@Test
	void whatTheProtocolKnowsIsTyped() {
		assertThat(data(Map.of("src", "a:1", "dst", "b:2", "ts", 5L, "ats", 6L)))
			.isEqualTo(new ProbeData(A, B, 5, 6, Map.of()));
	}

	@Test
	void whatIsMissingIsUnknown() {
		assertThat(data(Map.of())).isEqualTo(new ProbeData(null, null, ProbeData.UNKNOWN, ProbeData.UNKNOWN, Map.of()));
	}

	@Test
	void aTimeIsAPositiveIntegerInAnyFormat() {
		for (Object time : array(5, 5.0, hex("05"), hex("cc05"), hex("cf0000000000000005"),
				hex("d30000000000000005"))) {
			assertThat(data(Map.of("ts", time, "ats", time))).isEqualTo(new ProbeData(null, null, 5, 5, Map.of()));
		}
		assertThat(data(Map.of("ts", Long.MAX_VALUE)).sentAt()).isEqualTo(Long.MAX_VALUE);
		assertThat(data(Map.of("ts", 0x1p62)).sentAt()).isEqualTo(1L << 62);
	}

	@Test
	void anotherTimeStaysAsItIs() {
		for (Object time : array(0L, -1L, -5L, 1.5, 0x1p63, Double.NaN, "5", true, array(5L), BigInteger.TWO.pow(63),
				null)) {
			ProbeData data = data(Collections.singletonMap("ts", time));

			assertThat(data.sentAt()).isEqualTo(ProbeData.UNKNOWN);
			assertThat(Datagrams.meaning(data.extra().get("ts"))).isEqualTo(time);
			assertThat(data.extra().containsKey("ts")).isTrue();
		}
	}

	@Test
	void aUriIsAStrOrABin() {
		assertThat(data(Map.of("src", bin("a:1"), "dst", "b:2")))
			.isEqualTo(new ProbeData(A, B, ProbeData.UNKNOWN, ProbeData.UNKNOWN, Map.of()));
	}

	@Test
	void whatIsNoUriStaysAsItIs() {
		for (Object uri : array("", "nowhere", "a:0", 5L, true)) {
			assertThat(data(Map.of("src", uri, "dst", uri))).isEqualTo(
					new ProbeData(null, null, ProbeData.UNKNOWN, ProbeData.UNKNOWN, Map.of("src", uri, "dst", uri)));
		}
		Verbatim list = new Verbatim(pack(array("a:1")));
		assertThat(data(Map.of("src", array("a:1"), "dst", array("a:1")))).isEqualTo(
				new ProbeData(null, null, ProbeData.UNKNOWN, ProbeData.UNKNOWN, Map.of("src", list, "dst", list)));
		assertThat(data(Map.of("dst", new byte[] { 1 })).extra()).isEqualTo(Map.of("dst", Binary.of(new byte[] { 1 })));
	}

	@Test
	void aKeyIsAStrOrABin() {
		assertThat(data(hex("81 c403647374 a3623a32")).target()).isEqualTo(B);
		assertThat(data(hex("81 c40178 01")).extra()).isEqualTo(Map.of("x", 1L));
	}

	@Test
	void ofEqualKeysTheLastCounts() {
		assertThat(data(hex("82 a27473 05 a27473 06")).sentAt()).isEqualTo(6);
		assertThat(data(hex("82 a27473 05 a27473 c0")).sentAt()).isEqualTo(ProbeData.UNKNOWN);
		assertThat(data(hex("82 a27473 c0 a27473 05")).extra()).isEqualTo(Map.of());
	}

	@Test
	void theReceiverSReceptionTimeIsNothingSpecial() {
		assertThat(data(Map.of("rts", 7L)).extra()).isEqualTo(Map.of("rts", 7L));
	}

	@Test
	void everythingElseKeepsItsType() {
		Map<Object, Object> extra = Map.of("long", 5L, "uint64", BigInteger.TWO.pow(64).subtract(BigInteger.ONE),
				"double", 5.0, "float", 5f, "bin", Binary.of(new byte[] { 1 }), "x", List.of(1L, List.of()), "y",
				Map.of(1L, true), 1L, "one");

		assertThat(data(extra).extra()).isEqualTo(extra);
	}

	@Test
	void whatWouldBeMuchLargerThanItWasStaysEncoded() {
		for (Object value : array(new UUID(1, 2), new BigDecimal("-1.50"), List.of(1L, List.of()), Map.of("k", true))) {
			Object read = data(Map.of("any", value)).extra().get("any");
			assertThat(read).isInstanceOf(Verbatim.class);
			assertThat(Datagrams.meaning(read)).isEqualTo(value);
		}
		assertThat(data(Map.of("uuid", new UUID(1, 2))).extra().get("uuid")).isInstanceOf(Verbatim.class);
		assertThat(data(Map.of("decimal", BigDecimal.TEN)).extra().get("decimal")).isInstanceOf(Verbatim.class);
		assertThat(data(Map.of("list", List.of())).extra().get("list")).isInstanceOf(Verbatim.class);
		assertThat(data(hex("81 c0 90")).extra().get(null)).isInstanceOf(Verbatim.class);
		assertThat(data(Map.of("x", Collections.nCopies(32, 1L))).extra().get("x")).isInstanceOf(Verbatim.class);
	}

	@Test
	void moreEntriesThanAnybodyHasAreNotRead() {
		Map<Long, Long> entries = new HashMap<>();
		for (long i = 0; i < 33; i++) {
			assertThat(understood(array(SENDER, "PING", entries, array())).message()).isInstanceOf(Message.Ping.class);
			entries.put(i, i);
		}
		assertThat(understood(array(SENDER, "PING", entries, array())).message()).isInstanceOf(Message.Unknown.class);
	}

	@ParameterizedTest
	@ValueSource(strings = {
			// Not UTF-8, as a value, as a key, and inside
			"81 a178 a2c328", "81 a2c328 01", "81 a178 91 81 a1ff a1fe",
			// Floats of both sizes, the not a number of the reference
			"81 a178 ca3fc00000", "81 a178 cb3ff8000000000000", "81 a178 cbfff8000000000000",
			// The decimal -0 and one with another sign, leading zeros, or a long scale
			"81 a178 d501000d", "81 a178 d501001a", "81 a178 d6010000001c", "81 a178 c70301cc011c",
			// Bin, nil, empty containers of both types, keys that are no strings
			"81 a178 c40161", "81 a178 c0", "81 c0 01", "82 a178 80 a179 90", "83 01 02 c3 03 90 04",
			// Large integers
			"81 a178 cfffffffffffffffff", "81 a178 d38000000000000000" })
	void whatNoJavaTypeHoldsComesBackExactly(String data) {
		byte[] ping = pack(array(SENDER, "PING", hex(data), array()));
		Message message = understood(hex(HexFormat.of().formatHex(ping))).message();

		assertThat(Datagrams.encode(message)).isEqualTo(ping);
	}

	private static ProbeData data(Object data) {
		Message.Ping ping = (Message.Ping) understood(array(SENDER, "PING", data, array())).message();
		Message.Ack ack = (Message.Ack) understood(array(SENDER, "ACK", data, array())).message();
		assertThat(ping.data()).isEqualTo(ack.data());
		return ping.data();
	}

}
