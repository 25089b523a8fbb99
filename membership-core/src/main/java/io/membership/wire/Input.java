package io.membership.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;

/**
 * Where MessagePack comes from, one primitive at a time. The bytes have passed
 * {@link Structure}, or were encoded here: what a header announces is there.
 */
final class Input {

	private final byte[] encoded;

	private final MessageUnpacker unpacker;

	Input(byte[] encoded) {
		this.encoded = encoded;
		this.unpacker = MessagePackLibrary.newUnpacker(encoded);
	}

	/** Returns the format of the next value, without reading it. */
	MessageFormat next() {
		return unpack(MessageUnpacker::getNextFormat);
	}

	/** Returns how many bytes were read so far. */
	int position() {
		return (int) this.unpacker.getTotalReadBytes();
	}

	/** Returns the bytes that were read since a position. */
	byte[] since(int position) {
		return Arrays.copyOfRange(this.encoded, position, position());
	}

	void skip() {
		skip(1);
	}

	/** Skips some values; none if the number is negative. */
	void skip(int values) {
		unpack((unpacker) -> {
			unpacker.skipValue(values);
			return true;
		});
	}

	boolean bool() {
		return unpack(MessageUnpacker::unpackBoolean);
	}

	/** Reads an integer: a {@link Long}, or a {@link BigInteger} if it is larger. */
	Number integer() {
		if (next() != MessageFormat.UINT64) {
			return unpack(MessageUnpacker::unpackLong);
		}
		BigInteger value = unpack(MessageUnpacker::unpackBigInteger);
		return (value.bitLength() < Long.SIZE) ? (Number) value.longValue() : value;
	}

	float float32() {
		return unpack(MessageUnpacker::unpackFloat);
	}

	double float64() {
		return unpack(MessageUnpacker::unpackDouble);
	}

	int arrayHeader() {
		return unpack(MessageUnpacker::unpackArrayHeader);
	}

	int mapHeader() {
		return unpack(MessageUnpacker::unpackMapHeader);
	}

	/** Returns whether the next value is a string, be it of type str or bin. */
	boolean nextIsString() {
		return switch (next().getValueType()) {
			case STRING, BINARY -> true;
			default -> false;
		};
	}

	/** Reads the content of a string, be it of type str or bin. */
	byte[] string() {
		return unpack((unpacker) -> unpacker.readPayload((next().getValueType() == ValueType.STRING)
				? unpacker.unpackRawStringHeader() : unpacker.unpackBinaryHeader()));
	}

	/**
	 * Reads a text for which only some values have a meaning. Lua does not know str from
	 * bin, so neither do we here.
	 * @return the text, malformed UTF-8 replaced, or {@code null} for a value of another
	 * type, which is skipped
	 */
	@Nullable String text() {
		if (nextIsString()) {
			return new String(string(), StandardCharsets.UTF_8);
		}
		skip();
		return null;
	}

	ExtensionTypeHeader extensionHeader() {
		return unpack(MessageUnpacker::unpackExtensionTypeHeader);
	}

	byte[] bytes(int length) {
		return unpack((unpacker) -> unpacker.readPayload(length));
	}

	private <T> T unpack(Unpacking<T> unpacking) {
		try {
			return unpacking.from(this.unpacker);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Memory does not fail", ex);
		}
	}

	@FunctionalInterface
	private interface Unpacking<T> {

		T from(MessageUnpacker unpacker) throws IOException;

	}

}
