package io.membership.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.membership.EncryptionKey;
import io.membership.swim.Message;
import io.membership.swim.ProbeData;
import io.membership.swim.Rumor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Datagrams that real nodes of the reference sent. Each must decode to what the reference
 * says it means, and encode to the same bytes again.
 * <p>
 * Two things differ by intention. The keys of PING and ACK data come in the order of a
 * hash table; where that is not the order in which we write them, the bytes are compared
 * after sorting the encoded entries of the data, and only those. And an event with an
 * incarnation outside 1 to 2<sup>53</sup>−1 is a bad event: datagrams with such events
 * are compared without them, and not encoded again.
 * <p>
 * The system property {@code membership.vectors} names another file of datagrams.
 */
class GoldenVectorsTests {

	private static final HexFormat HEX = HexFormat.of();

	@TestFactory
	Stream<DynamicTest> meansWhatTheReferenceSays() {
		return vectors().map((vector) -> test(vector, (json) -> {
			Decoded.Understood decoded = decode(json);

			assertMeaning(decoded, json.get("decoded"));
		}));
	}

	@TestFactory
	Stream<DynamicTest> isEncodedToTheSameBytes() {
		return vectors().filter((vector) -> badEvents(vector.get("decoded")) == 0)
			.map((vector) -> test(vector, (json) -> {
				Message message = decode(json).message();
				DatagramCodec codec = new DatagramCodec(sealing(json));

				byte[] datagram = codec.encode(message);

				byte[] plain = Objects.requireNonNull(sealing(json).open(datagram, datagram.length).plain());
				assertThat(codec.sizeOf(message)).isEqualTo(plain.length);
				if (isInOurOrder(message, json.get("decoded").get(2))) {
					assertThat(HEX.formatHex(datagram)).isEqualTo(json.get("hex").asString());
				}
				else {
					assertThat(withSortedData(plain)).isEqualTo(withSortedData(plain(json)));
				}
			}));
	}

	@TestFactory
	Stream<DynamicTest> isSealedToTheSameBytes() {
		return vectors().filter((vector) -> vector.has("key_hex")).map((vector) -> test(vector, (json) -> {
			byte[] datagram = bytes(json, "hex");
			EncryptionKey key = EncryptionKey.ofBytes(bytes(json, "key_hex"));
			Sealing sealing = Sealing.aes256Cbc(key);

			assertThat(key.toByteArray()).isEqualTo(bytes(json, "effective_key_hex"));
			assertThat(sealing.open(datagram, datagram.length).plain()).isEqualTo(bytes(json, "plain_hex"));
			assertThat(sealing.seal(bytes(json, "plain_hex"), null)).isEqualTo(datagram);
			assertThat(sealing.capacity(datagram.length)).isGreaterThanOrEqualTo(bytes(json, "plain_hex").length);
		}));
	}

	static Stream<JsonNode> vectors() {
		String file = System.getProperty("membership.vectors");
		try (InputStream in = (file != null) ? Files.newInputStream(Path.of(file))
				: GoldenVectorsTests.class.getResourceAsStream("/vectors/tarantool.json")) {
			return new JsonMapper().readTree(in).get("vectors").valueStream();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Returns the MessagePack of a vector. */
	static byte[] plain(JsonNode vector) {
		return bytes(vector, vector.has("plain_hex") ? "plain_hex" : "hex");
	}

	private static DynamicTest test(JsonNode vector, Consumer<JsonNode> body) {
		return DynamicTest.dynamicTest(vector.get("name").asString(), () -> body.accept(vector));
	}

	private static byte[] bytes(JsonNode vector, String name) {
		return HEX.parseHex(vector.get(name).asString());
	}

	private static Sealing sealing(JsonNode vector) {
		return vector.has("key_hex") ? Sealing.aes256Cbc(EncryptionKey.ofBytes(bytes(vector, "key_hex")))
				: Sealing.none();
	}

	private static Decoded.Understood decode(JsonNode vector) {
		byte[] datagram = bytes(vector, "hex");
		Decoded decoded = new DatagramCodec(sealing(vector)).decode(datagram, datagram.length);
		assertThat(decoded).isInstanceOf(Decoded.Understood.class);
		return (Decoded.Understood) decoded;
	}

	private static void assertMeaning(Decoded.Understood decoded, JsonNode json) {
		Message message = decoded.message();
		assertThat(message.sender()).hasToString(json.get(0).asString());
		assertThat(message.type()).hasToString(json.get(1).asString());
		if (message instanceof Message.Ping ping) {
			assertData(ping.data(), json.get(2));
		}
		else if (message instanceof Message.Ack ack) {
			assertData(ack.data(), json.get(2));
		}
		else if (message instanceof Message.SyncRequest request) {
			assertRumors(request.entries(), json.get(2), false);
		}
		else if (message instanceof Message.SyncAck ack) {
			assertRumors(ack.entries(), json.get(2), false);
		}
		else {
			assertThat(json.get(2).isNull()).isTrue();
		}
		assertThat(decoded.badEvents()).isEqualTo(badEvents(json));
		assertRumors(message.events(), json.get(3), true);
	}

	private static void assertData(ProbeData data, JsonNode json) {
		assertThat(data.source()).hasToString(json.get("src").asString());
		assertThat(data.target()).hasToString(json.get("dst").asString());
		assertThat(data.sentAt()).isEqualTo(json.get("ts").asLong());
		assertThat(data.answeredAt()).isEqualTo(json.has("ats") ? json.get("ats").asLong() : ProbeData.UNKNOWN);
		assertThat(data.extra().keySet().stream().map(String::valueOf))
			.containsExactlyInAnyOrderElementsOf(json.propertyNames()
				.stream()
				.filter((key) -> !List.of("src", "dst", "ts", "ats").contains(key))
				.toList());
		data.extra()
			.forEach((key, value) -> assertThat(Datagrams.meaning(value))
				.isEqualTo(VectorValues.value(json.get(String.valueOf(key)))));
	}

	private static void assertRumors(List<Rumor> rumors, JsonNode json, boolean events) {
		List<JsonNode> expected = json.valueStream().filter((rumor) -> !isBad(rumor)).toList();
		assertThat(rumors).hasSameSizeAs(expected);
		for (int i = 0; i < rumors.size(); i++) {
			Rumor rumor = rumors.get(i);
			assertThat(rumor.uri()).hasToString(expected.get(i).get(0).asString());
			assertThat(rumor.status().code()).isEqualTo(expected.get(i).get(1).asInt());
			assertThat(rumor.incarnation()).isEqualTo(expected.get(i).get(2).asLong());
			assertThat((rumor.payload() != null) ? rumor.payload().toMap() : null)
				.isEqualTo(VectorValues.payload(expected.get(i).get(3)));
			assertThat(rumor.timeToLive()).isEqualTo(events ? VectorValues.number(expected.get(i).get(4)) : 0);
		}
	}

	private static long badEvents(JsonNode json) {
		return json.get(3).valueStream().filter(GoldenVectorsTests::isBad).count();
	}

	private static boolean isBad(JsonNode rumor) {
		double incarnation = rumor.get(2).asDouble();
		return incarnation < 1 || incarnation > Rumor.MAX_INCARNATION;
	}

	private static boolean isInOurOrder(Message message, JsonNode data) {
		List<String> ours = (message instanceof Message.Ping) ? List.of("dst", "ts", "src")
				: List.of("ats", "dst", "src", "ts");
		return !data.isObject() || List.copyOf(data.propertyNames()).equals(ours);
	}

	/**
	 * Returns what is before the data, its entries in order of their keys, and the rest.
	 */
	private static List<String> withSortedData(byte[] plain) {
		Input in = new Input(plain);
		in.arrayHeader();
		in.skip(2);
		List<String> parts = new ArrayList<>();
		parts.add(HEX.formatHex(in.since(0)));
		TreeMap<String, String> entries = new TreeMap<>();
		for (int i = in.mapHeader(); i > 0; i--) {
			int start = in.position();
			String key = in.text();
			in.skip();
			entries.put(key, HEX.formatHex(in.since(start)));
		}
		parts.addAll(entries.values());
		int rest = in.position();
		in.skip();
		parts.add(HEX.formatHex(in.since(rest)));
		return parts;
	}

}
