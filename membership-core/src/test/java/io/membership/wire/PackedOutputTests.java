package io.membership.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

import io.membership.MemberUri;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That the output is what a library for MessagePack writes, at every limit between two
 * formats.
 */
class PackedOutputTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 255, 256, 257, 65535, 65536 })
	void everythingThatHasALength(int length) throws Exception {
		String text = "x".repeat(length);
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		assertWritten((out) -> out.text(text), (packer) -> packer.packString(text));
		assertWritten((out) -> out.binary(bytes), (packer) -> packer.packBinaryHeader(length).writePayload(bytes));
		assertWritten((out) -> out.extension((byte) -7, bytes),
				(packer) -> packer.packExtensionTypeHeader((byte) -7, length).writePayload(bytes));
		assertWritten((out) -> out.arrayHeader(length), (packer) -> packer.packArrayHeader(length));
		assertWritten((out) -> out.mapHeader(length), (packer) -> packer.packMapHeader(length));
		assertWritten((out) -> out.encoded(bytes), (packer) -> packer.writePayload(bytes));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1L << 5, 1L << 7, 1L << 8, 1L << 15, 1L << 16, 1L << 31, 1L << 32, 1L << 53,
			Long.MAX_VALUE, Long.MIN_VALUE })
	void integersAtTheLimitsOfTheirFormats(long limit) throws Exception {
		for (long value = limit - 2; value != limit + 2; value++) {
			everyInteger(value);
			everyInteger(-value);
		}
	}

	@Property
	void everyInteger(@ForAll long value) throws IOException {
		assertWritten((out) -> out.integer(value), (packer) -> packer.packLong(value));
	}

	@Property
	void everyIntegerOf64Bits(@ForAll long bits) {
		PackedOutput out = new PackedOutput();
		out.uint64(bits);
		assertThat(out.toByteArray()).isEqualTo(ByteBuffer.allocate(9).put((byte) 0xcf).putLong(bits).array());
	}

	@Property
	void everyNumber(@ForAll float single, @ForAll double value) throws IOException {
		assertWritten((out) -> out.float32(single), (packer) -> packer.packFloat(single));
		assertWritten((out) -> out.float64(value), (packer) -> packer.packDouble(value));
	}

	@Property
	void everyText(@ForAll String text) throws IOException {
		if (Utf8.isEncodable(text)) {
			assertWritten((out) -> out.text(text), (packer) -> packer.packString(text));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "h:1", "1.2.3.4:1", "255.255.255.255:65535", "[::1]:10" })
	void everyUri(String uri) throws Exception {
		assertWritten((out) -> out.uri(MemberUri.parse(uri)), (packer) -> packer.packString(uri));
	}

	@ParameterizedTest
	@ValueSource(ints = { 28, 29, 30, 31, 252, 253 })
	void urisOfAnyLength(int host) throws Exception {
		MemberUri uri = MemberUri.of("h".repeat(host), 1);
		assertWritten((out) -> out.uri(uri), (packer) -> packer.packString(uri.toString()));
	}

	@Test
	void everythingElse() throws Exception {
		assertWritten(Output::nil, MessageBufferPacker::packNil);
		assertWritten((out) -> out.bool(true), (packer) -> packer.packBoolean(true));
		assertWritten((out) -> out.bool(false), (packer) -> packer.packBoolean(false));
	}

	@Test
	void whatIsClearedIsGone() {
		PackedOutput out = new PackedOutput();
		out.text("x".repeat(1000));
		out.clear();
		assertThat(out.toByteArray()).isEmpty();
		out.nil();
		assertThat(out.toByteArray()).containsExactly(0xc0);
	}

	/** What it is written behind may need more room at any byte. */
	private static void assertWritten(Consumer<Output> writing, Packing packing) throws IOException {
		MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();
		packing.to(packer);
		byte[] expected = packer.toByteArray();
		for (int before = 250; before <= 256; before++) {
			PackedOutput out = new PackedOutput();
			out.encoded(new byte[before]);
			writing.accept(out);
			byte[] written = out.toByteArray();
			assertThat(Arrays.copyOfRange(written, before, written.length)).isEqualTo(expected);
		}
	}

	@FunctionalInterface
	private interface Packing {

		void to(MessageBufferPacker packer) throws IOException;

	}

}
