package io.membership.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.membership.swim.Payload;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The hash of a payload by its meaning, which is part of the wire format.
 */
class CanonicalHashTests {

	private static final int TRIES = 1000;

	private static final HexFormat HEX = HexFormat.of();

	@Test
	void theVectorsHold() throws IOException {
		List<String> vectors = vectors();
		assertThat(vectors).hasSizeGreaterThan(30).allSatisfy((line) -> {
			String[] vector = line.split(" ", -1);
			assertThat(HEX.toHexDigits(hash(HEX.parseHex(vector[1])))).as(line).isEqualTo(vector[2]);
		});
	}

	@Test
	void whatMeansSomethingElseHasAnotherHash() throws IOException {
		Set<String> hashes = new HashSet<>();
		int blocks = 0;
		String before = "";
		for (String line : Files.readAllLines(file())) {
			if (line.startsWith("payload ")) {
				hashes.add(line.split(" ", -1)[2]);
				blocks += before.startsWith("payload ") ? 0 : 1;
			}
			before = line;
		}
		assertThat(hashes).hasSizeGreaterThan(20).hasSize(blocks);
	}

	@Test
	void noPayloadCountsAsAnEmptyOne() {
		assertThat(Payload.hashOf(null)).isEqualTo(EncodedPayload.EMPTY.canonicalHash())
			.isEqualTo(new EncodedPayload(new byte[] { (byte) 0x80 }).canonicalHash());
	}

	@Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
	void whatARelayChangesDoesNotCount(@ForAll("payloads") byte[] payload) {
		byte[] relayed = relayed(payload);
		assertThat(hash(relayed)).as("%s relayed as %s", HEX.formatHex(payload), HEX.formatHex(relayed))
			.isEqualTo(hash(payload));
	}

	@Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
	void whatChangesAValueCounts(@ForAll("payloads") byte[] payload, @ForAll @Size(min = 1, max = 9) String key) {
		EncodedPayload before = new EncodedPayload(payload);
		Payload after = before.with("k" + key, 4711);
		Payload later = after.with("k" + key, 4712);
		assertThat(new HashSet<>(List.of(before.canonicalHash(), after.canonicalHash(), later.canonicalHash())))
			.hasSize(3);
		assertThat(later.with("k" + key, 4711).canonicalHash()).isEqualTo(after.canonicalHash());
	}

	@Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
	void whatChangesAnInnerValueCounts(@ForAll("payloads") byte[] payload) {
		byte[] one = nested(payload, 1);
		byte[] other = nested(payload, 2);
		assertThat(hash(one)).isNotEqualTo(hash(other));
	}

	@Provide
	Arbitrary<byte[]> payloads() {
		Arbitrary<Object> values = new CodecPropertyTests().wireValues();
		return Arbitraries.maps(Arbitraries.strings().ofMaxLength(5).filter(Utf8::isEncodable), values)
			.ofMaxSize(5)
			.map(Datagrams::pack);
	}

	private static byte[] nested(byte[] payload, int value) {
		PackedOutput out = new PackedOutput();
		out.arrayHeader(2);
		out.encoded(payload);
		out.mapHeader(1);
		out.encoded(payload);
		out.integer(value);
		return out.toByteArray();
	}

	private static long hash(byte[] payload) {
		return new EncodedPayload(payload).canonicalHash();
	}

	private static List<String> vectors() throws IOException {
		return Files.readAllLines(file()).stream().filter((line) -> line.startsWith("payload ")).toList();
	}

	private static Path file() {
		return Path.of("src", "test", "resources", "vectors", "view-digest.txt");
	}

	/** Encodes a value as a reference node does that passes it on. */
	private static byte[] relayed(byte[] payload) {
		PackedOutput out = new PackedOutput();
		relay(new Input(payload), out);
		return out.toByteArray();
	}

	private static void relay(Input in, PackedOutput out) {
		switch (in.next().getValueType()) {
			case FLOAT -> relayNumber(in.float64(), out);
			case BINARY -> relayString(in.string(), out);
			case ARRAY -> {
				int elements = in.arrayHeader();
				out.arrayHeader(elements);
				for (int i = 0; i < elements; i++) {
					relay(in, out);
				}
			}
			case MAP -> relayMap(in, out);
			default -> {
				int start = in.position();
				in.skip();
				out.encoded(in.since(start));
			}
		}
	}

	private static void relayNumber(double value, PackedOutput out) {
		if (LuaNumbers.isLong(value)) {
			out.integer((long) value);
		}
		else if (value >= 0x1p63 && value < 0x1p64) {
			out.uint64(((long) (value / 2)) * 2);
		}
		else {
			out.float64(value);
		}
	}

	private static void relayString(byte[] bytes, PackedOutput out) {
		if (bytes.length < 32) {
			out.encoded(new byte[] { (byte) (0xa0 | bytes.length) });
		}
		else {
			out.encoded(new byte[] { (byte) 0xd9, (byte) bytes.length });
		}
		out.encoded(bytes);
	}

	/** The order of a map is lost, here by sorting. */
	private static void relayMap(Input in, PackedOutput out) {
		int entries = in.mapHeader();
		Map<String, byte[]> map = new LinkedHashMap<>();
		for (int i = 0; i < entries; i++) {
			PackedOutput key = new PackedOutput();
			relay(in, key);
			PackedOutput value = new PackedOutput();
			relay(in, value);
			map.put(HEX.formatHex(key.toByteArray()), value.toByteArray());
		}
		List<String> keys = new ArrayList<>(map.keySet());
		Collections.sort(keys);
		out.mapHeader(keys.size());
		keys.forEach((key) -> {
			out.encoded(HEX.parseHex(key));
			out.encoded(map.get(key));
		});
	}

}
