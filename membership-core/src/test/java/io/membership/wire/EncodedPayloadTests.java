package io.membership.wire;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.membership.Binary;
import io.membership.InvalidPayloadException;
import io.membership.swim.Payload;
import org.junit.jupiter.api.Test;

import static io.membership.wire.Datagrams.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

/**
 * What a payload shows to the application, and how it changes.
 */
class EncodedPayloadTests {

	@Test
	void thePayloadThatWasNeverSetIsAnEmptyArray() {
		Payload empty = new DatagramCodec(Sealing.none()).emptyPayload();

		assertThat(encoded(empty)).isEqualTo("90");
		assertThat(empty.toMap()).isEmpty();
	}

	@Test
	void anEntryIsAddedBehindTheOthers() {
		Payload payload = EncodedPayload.EMPTY.with("z", 1).with("a", "text").with("m", true);

		assertThat(encoded(payload)).isEqualTo("83a17a01a161a474657874a16dc3");
		assertThat(payload.toMap()).containsExactly(entry("z", 1L), entry("a", "text"), entry("m", true));
	}

	@Test
	void anEntryIsChangedInItsPlace() {
		Payload payload = EncodedPayload.EMPTY.with("a", 1).with("b", 2).with("a", 3);

		assertThat(encoded(payload)).isEqualTo("82a16103a16202");
	}

	@Test
	void nullRemovesAnEntry() {
		Payload payload = EncodedPayload.EMPTY.with("a", 1).with("b", 2).with("a", null);

		assertThat(encoded(payload)).isEqualTo("81a16202");
	}

	@Test
	void withoutItsLastEntryItIsAnEmptyArrayAgain() {
		assertThat(EncodedPayload.EMPTY.with("a", 1).with("a", null)).isEqualTo(EncodedPayload.EMPTY);
		assertThat(encoded(payload("81a16101").with("a", null))).isEqualTo("90");
	}

	@Test
	void whatChangesNothingReturnsTheSamePayload() {
		Map<String, Object> oneOrder = new LinkedHashMap<>();
		oneOrder.put("x", 1);
		oneOrder.put("y", null);
		Map<String, Object> otherOrder = new LinkedHashMap<>();
		otherOrder.put("y", null);
		otherOrder.put("x", 1L);
		Payload payload = EncodedPayload.EMPTY.with("int", 1)
			.with("list", List.of(1, "a"))
			.with("map", oneOrder)
			.with("bin", new byte[] { 1 });

		assertThat(payload.with("int", 1L)).isSameAs(payload);
		assertThat(payload.with("list", new ArrayList<>(List.of(1L, "a")))).isSameAs(payload);
		assertThat(payload.with("map", otherOrder)).isSameAs(payload);
		assertThat(payload.with("bin", Binary.of(new byte[] { 1 }))).isSameAs(payload);
		assertThat(payload.with("missing", null)).isSameAs(payload);
		assertThat(EncodedPayload.EMPTY.with("missing", null)).isSameAs(EncodedPayload.EMPTY);
	}

	@Test
	void anotherTypeIsAChange() {
		Payload payload = EncodedPayload.EMPTY.with("k", 1);

		for (Object value : List.of(1.0, "1", true, new BigDecimal("1"))) {
			assertThat(payload.with("k", value)).isNotEqualTo(payload);
		}
	}

	@Test
	void theOriginalDoesNotChange() {
		Payload payload = EncodedPayload.EMPTY.with("a", 1);

		payload.with("a", 2).with("b", 3);

		assertThat(payload.toMap()).containsExactly(entry("a", 1L));
	}

	@Test
	void whatTheCallerDoesLaterDoesNotMatter() {
		List<Object> list = new ArrayList<>(List.of(1));
		byte[] bytes = { 1 };
		Payload payload = EncodedPayload.EMPTY.with("list", list).with("bytes", bytes);

		list.add(2);
		bytes[0] = 2;

		assertThat(payload.toMap()).containsExactly(entry("list", List.of(1L)),
				entry("bytes", Binary.of(new byte[] { 1 })));
	}

	@Test
	void whatItShowsCannotBeChanged() {
		Payload payload = payload("82 a161 9101 a162 81a16301");
		List<?> list = (List<?>) payload.toMap().get("a");
		Map<?, ?> map = (Map<?, ?>) payload.toMap().get("b");

		assertThatThrownBy(() -> payload.toMap().put("k", 1)).isInstanceOf(UnsupportedOperationException.class);
		assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
		assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
		assertThat(payload.toMap()).isSameAs(payload.toMap());
	}

	@Test
	void anArrayReadsAsTheMapOfItsIndices() {
		Map<String, Object> expected = new HashMap<>();
		expected.put("1", "a");
		expected.put("2", null);
		expected.put("3", 5L);

		assertThat(payload("93 a161 c0 05").toMap()).isEqualTo(expected);
	}

	@Test
	void aChangedArrayBecomesAMapWithItsIndicesAsKeys() {
		Payload payload = payload("92 a161 a162");

		assertThat(encoded(payload.with("x", 3))).isEqualTo("8301a16102a162a17803");
		assertThat(encoded(payload.with("1", null))).isEqualTo("8102a162");
		assertThat(payload.with("1", "a")).isSameAs(payload);
	}

	@Test
	void keysThatAreNotStringsReadAsTheirText() {
		Map<String, Object> map = payload("87 01 01 cb3ff8000000000000 02 c3 03 c0 04 c40162 05 a1ff 06 91 01 07")
			.toMap();

		assertThat(map).containsExactly(entry("1", 1L), entry("1.5", 2L), entry("true", 3L), entry("null", 4L),
				entry("b", 5L), entry("ff", 6L), entry("[1]", 7L));
	}

	@Test
	void keysFurtherInsideKeepTheirType() {
		assertThat(payload("81 a16b 84 01 a161 c3 a162 c0 a163 a2c328 a164").toMap().get("k")).isEqualTo(nested());
	}

	@Test
	void otherEntriesKeepTheirBytes() {
		Payload payload = payload("83 01 ca3fc00000 a161 cf0000000000000005 a162 02");

		assertThat(encoded(payload.with("b", 3))).isEqualTo("8301ca3fc00000a161cf0000000000000005a16203");
	}

	@Test
	void ofEqualKeysTheLastCounts() {
		assertThat(payload("82 a161 01 a161 02").toMap()).containsExactly(entry("a", 2L));
		assertThat(encoded(payload("82 a161 01 a161 02").with("b", 3))).isEqualTo("82a16102a16203");
	}

	@Test
	void payloadsAreEqualIfTheirBytesAre() {
		assertThat(payload("80")).isEqualTo(payload("80")).hasSameHashCodeAs(payload("80"));
		assertThat(payload("80")).isNotEqualTo(EncodedPayload.EMPTY).isNotEqualTo(null);
		assertThat(payload("81a16101")).isNotEqualTo(payload("81a161cc01"));
	}

	@Test
	void anExceptionNamesThePlaceAndTheType() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EncodedPayload.EMPTY.with("config",
					Map.of("owners", List.of("a", Map.of("since", new Object())))))
			.withMessage("payload[config][owners][1][since] is of type java.lang.Object, which cannot be sent");
	}

	@Test
	void aKeyNeedsAnEncoding() {
		assertThatIllegalArgumentException().isThrownBy(() -> EncodedPayload.EMPTY.with("\ud800", 1));
	}

	@Test
	void severalEntriesChangeAtOnce() {
		Map<String, Object> changes = new HashMap<>();
		changes.put("a", null);
		changes.put("b", 2);
		assertThat(payload("81a16101").with(changes).toMap()).isEqualTo(Map.of("b", 2L));
	}

	@Test
	void oneEntryThatCannotBeSentChangesNothing() {
		assertThatExceptionOfType(InvalidPayloadException.class)
			.isThrownBy(() -> EncodedPayload.EMPTY.with(Map.of("a", 1, "b", new Object())))
			.withMessageContaining("payload[b]");
	}

	@Test
	void itShowsItsContent() {
		assertThat(payload("81a16101")).hasToString("{a=1}");
	}

	private static Map<Object, Object> nested() {
		Map<Object, Object> map = new HashMap<>();
		map.put(1L, "a");
		map.put(true, "b");
		map.put(null, "c");
		map.put(Binary.of(new byte[] { (byte) 0xc3, 0x28 }), "d");
		return Collections.unmodifiableMap(map);
	}

	private static EncodedPayload payload(String hex) {
		return new EncodedPayload(Datagrams.pack(hex(hex)));
	}

	private static String encoded(Payload payload) {
		PackedOutput out = new PackedOutput();
		((EncodedPayload) payload).writeTo(out);
		return HexFormat.of().formatHex(out.toByteArray());
	}

}
