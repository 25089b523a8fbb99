package io.membership.wire;

import java.util.function.Consumer;

import io.membership.MemberUri;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That counting and writing agree, at every limit between two formats.
 */
class CountedOutputTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 255, 256, 65535, 65536 })
	void everythingThatHasALength(int length) {
		assertAgree((out) -> out.text("x".repeat(length)));
		assertAgree((out) -> out.binary(new byte[length]));
		assertAgree((out) -> out.extension((byte) 1, new byte[length]));
		assertAgree((out) -> out.arrayHeader(length));
		assertAgree((out) -> out.mapHeader(length));
		assertAgree((out) -> out.encoded(new byte[length]));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1L << 5, 1L << 7, 1L << 8, 1L << 15, 1L << 16, 1L << 31, 1L << 32, 1L << 53,
			Long.MAX_VALUE, Long.MIN_VALUE })
	void integersAtTheLimitsOfTheirFormats(long limit) {
		for (long value = limit - 2; value != limit + 2; value++) {
			long integer = value;
			assertAgree((out) -> out.integer(integer));
			assertAgree((out) -> out.integer(-integer));
			assertAgree((out) -> out.uint64(integer));
		}
	}

	@Property
	void everyInteger(@ForAll long value) {
		assertAgree((out) -> out.integer(value));
	}

	@Test
	void everythingElse() {
		assertAgree(Output::nil);
		assertAgree((out) -> out.bool(true));
		assertAgree((out) -> out.float32(1.5f));
		assertAgree((out) -> out.float64(1.5));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "\u007f", "\u0080", "\u07ff", "\u0800", "\uffff", "\ud83d\ude00",
			"a\u00e4\u20ac\ud83d\ude00z" })
	void textInAllLengthsOfUtf8(String text) {
		assertAgree((out) -> out.text(text));
	}

	@Property
	void everyText(@ForAll String text) {
		if (Utf8.isEncodable(text)) {
			assertAgree((out) -> out.text(text));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "h:1", "1.2.3.4:1", "255.255.255.255:65535", "[::1]:10" })
	void everyUri(String uri) {
		assertAgree((out) -> out.uri(MemberUri.parse(uri)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 28, 29, 30, 31, 252, 253 })
	void urisOfAnyLength(int host) {
		assertAgree((out) -> out.uri(MemberUri.of("h".repeat(host), 1)));
	}

	private static void assertAgree(Consumer<Output> writing) {
		PackedOutput packed = new PackedOutput();
		CountedOutput counted = new CountedOutput();

		writing.accept(packed);
		writing.accept(counted);

		assertThat(counted.size()).isEqualTo(packed.toByteArray().length);
	}

}
