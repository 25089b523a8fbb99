package io.membership.wire;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import io.membership.DropReason;
import io.membership.swim.Message;
import io.membership.swim.Rumor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static io.membership.wire.Datagrams.SENDER;
import static io.membership.wire.Datagrams.array;
import static io.membership.wire.Datagrams.decode;
import static io.membership.wire.Datagrams.dropped;
import static io.membership.wire.Datagrams.hex;
import static io.membership.wire.Datagrams.pack;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever arrives, decoding returns, and costs no more than a small multiple of what
 * arrived.
 */
class HostileDatagramTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "c1", "94", "94c0c0c0", "94c0c0c0c1", "a5616263", "d9", "cf00", "81a178", "c7", "d4",
			"d8020102",
			// Extension types other than 1 and 2, wherever they are
			"d40000", "d40300", "d70400000000000000 00", "d7ff0000000000000000", "9481d4640001", "c70005", "c70064",
			// UUIDs of another length or a reserved variant
			"c70f02000000000000000000000000000000", "d70200000000 00000000", "c70002",
			"d8020000000000000000e000000000000000",
			// Decimals: no scale, no digits, no sign, a letter as a digit, a scale that
			// is a string
			"c70001", "c7010100", "c702010000", "d5010010", "d601000a1c00", "d60100a01c0c", "d601a1301c0c",
			"c70201cd1c",
			// Decimals beyond what Tarantool can have: 39 digits, scales 39 and -38
			"c7150100 999999999999999999999999999999999999999c", "d501271c", "c70301d0da1c",
			"c70a01cfffffffffffffffff1c",
			// A map key that is not a number, which Lua cannot have
			"81cb7ff800000000000001", "81ca7fc0000001" })
	void whatNoPeerCanReadIsMalformed(String bytes) {
		assertThat(decode(hex(bytes))).isEqualTo(dropped(DropReason.MALFORMED));
	}

	@ParameterizedTest
	@ValueSource(strings = { "dd7fffffff", "ddffffffff", "dcffff", "df7fffffff", "dfffffffff", "deffff", "db7fffffff",
			"dbffffffff", "daffff", "c67fffffff", "c6ffffffff", "c5ffff", "c97fffffff01", "c97fffffff02",
			"c9ffffffff01", "c8ffff01" })
	void aHeaderThatPromisesTooMuchAllocatesNothing(String header) {
		HexFormat hex = HexFormat.of();
		String sender = hex.formatHex(pack(SENDER));
		String ping = hex.formatHex(pack("PING"));
		String sync = hex.formatHex(pack("SYNC_REQ"));
		for (String datagram : List.of(header, "94" + header, "94" + sender + header, "94" + sender + ping + header,
				"94" + sender + ping + "81a178" + header, "94" + sender + sync + header,
				"94" + sender + sync + "9194" + header, "94" + sender + ping + "80" + header,
				"94" + sender + ping + "80" + "91" + header,
				"94" + sender + ping + "80" + "9195" + sender + "0101" + header)) {
			for (String filler : List.of("", "c0", "9090", "80".repeat(1400))) {
				byte[] bytes = hex.parseHex(datagram + filler);
				decode(bytes);
				long before = allocated();

				Decoded decoded = decode(bytes);

				assertThat(allocated() - before).isLessThan(200_000);
				assertThat(decoded).isEqualTo(dropped(DropReason.MALFORMED));
			}
		}
	}

	@Test
	void aHundredLevelsAreReadAndNoMore() {
		String array = "91".repeat(98);
		String map = "8101".repeat(98);

		for (String nested : List.of(array, map)) {
			assertThat(decode(array(SENDER, "LEAVE", hex(nested + "91c0"), array())))
				.isInstanceOf(Decoded.Understood.class);
			assertThat(decode(array(SENDER, "LEAVE", hex(nested + "9190"), array())))
				.isEqualTo(dropped(DropReason.MALFORMED));
			assertThat(decode(array(SENDER, "LEAVE", hex(nested + "9180"), array())))
				.isEqualTo(dropped(DropReason.MALFORMED));
			assertThat(decode(array(SENDER, "LEAVE", hex(nested + "8190c0"), array())))
				.isEqualTo(dropped(DropReason.MALFORMED));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "91", "81", "8190", "8101", "dd00000001" })
	void nestingWithoutEndIsMalformed(String level) {
		assertThat(decode(hex(level.repeat(5000)))).isEqualTo(dropped(DropReason.MALFORMED));
		assertThat(decode(hex(level.repeat(700) + "00"))).isEqualTo(dropped(DropReason.MALFORMED));
	}

	@TestFactory
	Stream<DynamicTest> aTruncatedDatagramIsMalformedAtEveryLength() {
		return GoldenVectorsTests.vectors().map((vector) -> test(vector, (datagram) -> {
			for (int length = 0; length < datagram.length; length++) {
				assertThat(new DatagramCodec(Sealing.none()).decode(datagram, length))
					.isEqualTo(dropped(DropReason.MALFORMED));
			}
		}));
	}

	@TestFactory
	Stream<DynamicTest> aDatagramWithAFlippedBitIsReadOrDropped() {
		return GoldenVectorsTests.vectors().map((vector) -> test(vector, (datagram) -> {
			for (int bit = 0; bit < datagram.length * Byte.SIZE; bit++) {
				byte[] flipped = datagram.clone();
				flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
				assertUsable(decode(flipped));
			}
		}));
	}

	@TestFactory
	Stream<DynamicTest> aDatagramWithOtherBytesIsReadOrDropped() {
		return GoldenVectorsTests.vectors().map((vector) -> test(vector, (datagram) -> {
			Random random = new Random(datagram.length);
			for (int i = 0; i < 1000; i++) {
				byte[] changed = Arrays.copyOf(datagram, datagram.length);
				for (int n = random.nextInt(4); n >= 0; n--) {
					changed[random.nextInt(changed.length)] = (byte) random.nextInt();
				}
				assertUsable(decode(changed));
			}
		}));
	}

	/** Checks that all that was read can be shown and sent. */
	static void assertUsable(Decoded decoded) {
		if (!(decoded instanceof Decoded.Understood understood)) {
			assertThat(decoded).isIn(dropped(DropReason.MALFORMED), dropped(DropReason.NOT_A_MESSAGE),
					dropped(DropReason.INCOMPLETE));
			return;
		}
		Message message = understood.message();
		for (Rumor event : message.events()) {
			if (event.payload() != null) {
				assertThat(event.payload().toMap()).isNotNull();
			}
		}
		if (message.sender() != null && !(message instanceof Message.Unknown)) {
			assertThat(decode(Datagrams.encode(message))).isEqualTo(new Decoded.Understood(message, 0));
		}
	}

	private static DynamicTest test(JsonNode vector, Consumer<byte[]> body) {
		return DynamicTest.dynamicTest(vector.get("name").asString(),
				() -> body.accept(GoldenVectorsTests.plain(vector)));
	}

	private static long allocated() {
		return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
	}

}
