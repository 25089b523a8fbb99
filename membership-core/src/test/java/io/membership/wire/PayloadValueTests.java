package io.membership.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.membership.Binary;
import io.membership.MemberStatus;
import io.membership.swim.Message;
import io.membership.swim.Payload;
import io.membership.swim.Rumor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.wire.Datagrams.array;
import static io.membership.wire.Datagrams.hex;
import static io.membership.wire.Datagrams.pack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Which values a payload holds, how they look on the wire and how they come back.
 */
class PayloadValueTests {

	private static final BigInteger UINT64_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

	@ParameterizedTest
	@MethodSource("values")
	void aValueHasOneFormatAndComesBack(Object value, String encoded, Object shown) {
		Payload payload = EncodedPayload.EMPTY.with("k", value);

		assertThat(payload).isEqualTo(new EncodedPayload(pack(hex("81a16b" + encoded))));
		assertThat(payload.toMap().get("k")).isEqualTo(shown);
		assertThat(payload.with("k", shown)).isSameAs(payload);
	}

	static Stream<Arguments> values() {
		UUID uuid = UUID.fromString("2d00c500-2570-4019-bfcc-ab25e5096b73");
		return Stream.of(arguments(true, "c3", true), arguments(false, "c2", false), arguments((byte) 1, "01", 1L),
				arguments((short) 1, "01", 1L), arguments(1, "01", 1L), arguments(0L, "00", 0L),
				arguments(127, "7f", 127L), arguments(128, "cc80", 128L), arguments(65536L, "ce00010000", 65536L),
				arguments(-1, "ff", -1L), arguments(-32, "e0", -32L), arguments(-33, "d0df", -33L),
				arguments(Long.MAX_VALUE, "cf7fffffffffffffff", Long.MAX_VALUE),
				arguments(Long.MIN_VALUE, "d38000000000000000", Long.MIN_VALUE), arguments(BigInteger.ONE, "01", 1L),
				arguments(BigInteger.TWO.pow(63), "cf8000000000000000", BigInteger.TWO.pow(63)),
				arguments(BigInteger.TWO.pow(63).negate(), "d38000000000000000", Long.MIN_VALUE),
				arguments(UINT64_MAX, "cfffffffffffffffff", UINT64_MAX), arguments(1.5, "cb3ff8000000000000", 1.5),
				arguments(3.0, "cb4008000000000000", 3.0), arguments(-0.0, "cb8000000000000000", -0.0),
				arguments(Double.NaN, "cb7ff8000000000000", Double.NaN),
				arguments(Double.NEGATIVE_INFINITY, "cbfff0000000000000", Double.NEGATIVE_INFINITY),
				arguments(1.5f, "ca3fc00000", 1.5), arguments("", "a0", ""), arguments("\u20ac", "a3e282ac", "\u20ac"),
				arguments("\ud83d\ude00", "a4f09f9880", "\ud83d\ude00"), arguments(CharBuffer.wrap("x"), "a178", "x"),
				arguments(new byte[] { 1, 2 }, "c4020102", binary("0102")),
				arguments(Binary.of(new byte[0]), "c400", binary("")),
				arguments(uuid, "d8022d00c50025704019bfccab25e5096b73", uuid), arguments(List.of(), "90", List.of()),
				arguments(Set.of("x"), "91a178", List.of("x")),
				arguments(array(1, null, "x"), "9301c0a178", array(1L, null, "x")), arguments(Map.of(), "80", Map.of()),
				arguments(Map.of("x", 1), "81a17801", Map.of("x", 1L)),
				arguments(Map.of(1, List.of(2)), "81019102", Map.of(1L, List.of(2L))),
				arguments(nulls(), "81c0c0", nulls()));
	}

	/** The right column is what Tarantool 2.6 encodes. */
	@ParameterizedTest
	@CsvSource({ "0, d501000c", "1, d501001c", "-1, d501001d", "1.5, c7030101015c", "-12.34, d6010201234d",
			"0.00, d501020c", "12, c7030100012c", "123, c7030100123c", "1E-38, d501261c", "1E+33, c70301d0df1c",
			"1E+37, c70301d0db1c", "0.000000000000000000000000000000000010, c7030124010c",
			"1000000000000000000000000000000000, c713010001000000000000000000000000000000000c",
			"99999999999999999999999999999999999999, c7150100099999999999999999999999999999999999999c" })
	void aDecimalLooksLikeTarantoolS(BigDecimal decimal, String encoded) {
		aValueHasOneFormatAndComesBack(decimal, encoded, decimal);
	}

	/** All that Tarantool 2.6 accepts. */
	@ParameterizedTest
	@CsvSource({ "d501001a, 1", "d501001e, 1", "d501001f, 1", "d501001b, -1", "c70401cc00123f, 123",
			"c70601ce000000011c, 0.1", "c70a01cf00000000000000011c, 0.1", "c70301ff012c, 1.2E+2", "d501000d, 0",
			"c7160100 00000000000000000000000000000000000000001c, 1" })
	void aDecimalIsReadInEveryForm(String encoded, BigDecimal decimal) {
		Decoded decoded = Datagrams
			.decode(array("a:1", "LEAVE", null, array(array("b:1", 1, 1, hex("81a16b" + encoded)))));

		Rumor event = ((Decoded.Understood) decoded).message().events().get(0);
		assertThat(event.payload().toMap().get("k")).isEqualTo(decimal);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "1E-39", "1E+38", "100000000000000000000000000000000000000", "1E-2147483647", "1E+2147483647" })
	void aDecimalThatTarantoolCannotHaveIsRefused(BigDecimal decimal) {
		assertRefused(decimal, "payload[k] is not a decimal of at most 38 digits and a scale from -37 to 38");
	}

	@Test
	void anIntegerOutOfRangeIsRefused() {
		assertRefused(UINT64_MAX.add(BigInteger.ONE), "payload[k] is not in the range -2^63 to 2^64-1");
		assertRefused(BigInteger.TWO.pow(63).negate().subtract(BigInteger.ONE),
				"payload[k] is not in the range -2^63 to 2^64-1");
	}

	@Test
	void aUuidThatTarantoolCannotHaveIsRefused() {
		UUID last = UUID.fromString("ffffffff-ffff-ffff-dfff-ffffffffffff");
		assertThat(EncodedPayload.EMPTY.with("k", last).toMap()).containsEntry("k", last);

		assertRefused(UUID.fromString("00000000-0000-0000-e000-000000000000"),
				"payload[k] is a UUID of a reserved variant, which Tarantool cannot have");
	}

	@Test
	void anotherTypeIsRefused() {
		assertRefused(MemberStatus.ALIVE, "payload[k] is of type io.membership.MemberStatus, which cannot be sent");
		assertRefused('x', "payload[k] is of type java.lang.Character, which cannot be sent");
		assertRefused(new int[0], "payload[k] is of type [I, which cannot be sent");
		assertRefused(List.of(1, new AtomicInteger()),
				"payload[k][1] is of type java.util.concurrent.atomic.AtomicInteger, which cannot be sent");
	}

	@Test
	void aTextWithoutEncodingIsRefused() {
		assertRefused(List.of("\udc00x"), "payload[k][0] contains half a surrogate pair, which has no encoding");
	}

	@Test
	void aKeyThatIsNotANumberIsRefused() {
		assertRefused(Map.of(Double.NaN, 1), "payload[k][NaN] has a key that is not a number, which Lua cannot have");
		assertRefused(Map.of(Float.NaN, 1), "payload[k][NaN] has a key that is not a number, which Lua cannot have");
	}

	@Test
	void whatIsNestedAsDeeplyAsADatagramMayBeArrives() {
		Payload payload = EncodedPayload.EMPTY.with("k", nested(96));

		Message message = new Message.Leave(Datagrams.SENDER_URI,
				List.of(new Rumor(Datagrams.SENDER_URI, MemberStatus.ALIVE, 1, payload, 0)));
		assertThat(Datagrams.decode(Datagrams.encode(message))).isEqualTo(new Decoded.Understood(message, 0));
	}

	@Test
	void whatIsNestedMoreDeeplyIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> EncodedPayload.EMPTY.with("k", nested(97)))
			.withMessageEndingWith(" is nested too deeply: a datagram has at most 100 levels");
		List<Object> cycle = new ArrayList<>();
		cycle.add(cycle);
		assertThatIllegalArgumentException().isThrownBy(() -> EncodedPayload.EMPTY.with("k", cycle));
		Map<String, Object> map = new HashMap<>();
		map.put("x", map);
		assertThatIllegalArgumentException().isThrownBy(() -> EncodedPayload.EMPTY.with("k", map));
	}

	private static Collection<?> nested(int levels) {
		List<Object> value = List.of();
		for (int i = 1; i < levels; i++) {
			value = List.of(value);
		}
		return value;
	}

	private static void assertRefused(Object value, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> EncodedPayload.EMPTY.with("k", value))
			.withMessage(message);
	}

	private static Binary binary(String hex) {
		return Binary.of(HexFormat.of().parseHex(hex));
	}

	private static Map<Object, Object> nulls() {
		Map<Object, Object> map = new HashMap<>();
		map.put(null, null);
		return map;
	}

}
