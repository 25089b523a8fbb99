package io.membership.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessageInsufficientBufferException;
import org.msgpack.core.MessageNeverUsedFormatException;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageSizeException;
import org.msgpack.core.MessageTypeException;
import org.msgpack.value.ValueType;

/**
 * Where MessagePack comes from, one primitive at a time. It reads an array in place and
 * makes no object but those that it returns: what a stranger sends in a single byte must
 * not cost a hundred. Every method that reads fails with a {@link MessagePackException}
 * if there is something else, or less; behind {@link Structure} none does.
 */
final class Input {

	private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private static final int FIX_COUNT = 0x0f;

	private static final int FIX_LENGTH = 0x1f;

	private final byte[] encoded;

	private int position;

	Input(byte[] encoded) {
		this.encoded = encoded;
	}

	/** Returns the format of the next value, without reading it. */
	MessageFormat next() {
		require(1);
		return MessageFormat.valueOf(this.encoded[this.position]);
	}

	/** Returns the type of the next value, without reading it. */
	ValueType nextType() {
		MessageFormat format = next();
		if (format == MessageFormat.NEVER_USED) {
			throw new MessageNeverUsedFormatException("0xc1 begins no value");
		}
		return format.getValueType();
	}

	/** Returns how many bytes were read so far. */
	int position() {
		return this.position;
	}

	/** Goes back to where a value began. */
	void back(int position) {
		this.position = position;
	}

	/** Returns the bytes that were read since a position. */
	byte[] since(int position) {
		return Arrays.copyOfRange(this.encoded, position, this.position);
	}

	/** Returns a byte, wherever it is. */
	byte at(int position) {
		return this.encoded[position];
	}

	void skip() {
		skip(1);
	}

	/** Skips some values; none if the number is negative. */
	void skip(int values) {
		for (long left = values; left > 0; left--) {
			switch (nextType()) {
				case ARRAY -> left += arrayHeader();
				case MAP -> left += 2L * mapHeader();
				case STRING, BINARY -> take(stringHeader());
				case EXTENSION -> take(extensionHeader().getLength());
				case FLOAT -> take((next() == MessageFormat.FLOAT32) ? 1 + Float.BYTES : 1 + Double.BYTES);
				case INTEGER -> integerBits();
				case NIL, BOOLEAN -> take(1);
			}
		}
	}

	boolean bool() {
		return switch (format()) {
			case BOOLEAN -> this.encoded[this.position - 1] == (byte) 0xc3;
			default -> throw unexpected();
		};
	}

	/** Reads an integer: a {@link Long}, or a {@link BigInteger} if it is larger. */
	Number integer() {
		boolean unsigned = next() == MessageFormat.UINT64;
		long bits = integerBits();
		return (unsigned && bits < 0) ? new BigInteger(Long.toUnsignedString(bits)) : (Number) bits;
	}

	/** Reads an integer as the nearest floating-point number. */
	double integerAsDouble() {
		boolean unsigned = next() == MessageFormat.UINT64;
		long bits = integerBits();
		// The lowest bit stays set if it or its neighbour was, so rounding is exact
		return (unsigned && bits < 0) ? ((bits >>> 1) | (bits & 1)) * 2.0 : bits;
	}

	/** Reads an integer; one beyond a long wraps around. */
	long integerBits() {
		MessageFormat format = format();
		byte first = this.encoded[this.position - 1];
		return switch (format) {
			case POSFIXINT, NEGFIXINT, INT8 -> (format == MessageFormat.INT8) ? int8() : first;
			case UINT8 -> Byte.toUnsignedInt(int8());
			case INT16 -> int16();
			case UINT16 -> Short.toUnsignedInt(int16());
			case INT32 -> int32();
			case UINT32 -> Integer.toUnsignedLong(int32());
			case INT64, UINT64 -> int64();
			default -> throw unexpected();
		};
	}

	float float32() {
		return switch (format()) {
			case FLOAT32 -> Float.intBitsToFloat(int32());
			default -> throw unexpected();
		};
	}

	/** Reads a floating-point number of either size. */
	double float64() {
		return switch (format()) {
			case FLOAT32 -> Float.intBitsToFloat(int32());
			case FLOAT64 -> Double.longBitsToDouble(int64());
			default -> throw unexpected();
		};
	}

	int arrayHeader() {
		return switch (format()) {
			case FIXARRAY -> this.encoded[this.position - 1] & FIX_COUNT;
			case ARRAY16 -> Short.toUnsignedInt(int16());
			case ARRAY32 -> size();
			default -> throw unexpected();
		};
	}

	int mapHeader() {
		return switch (format()) {
			case FIXMAP -> this.encoded[this.position - 1] & FIX_COUNT;
			case MAP16 -> Short.toUnsignedInt(int16());
			case MAP32 -> size();
			default -> throw unexpected();
		};
	}

	/** Returns whether the next value is a string, be it of type str or bin. */
	boolean nextIsString() {
		ValueType type = nextType();
		return type == ValueType.STRING || type == ValueType.BINARY;
	}

	/** Reads how many bytes a string has, be it of type str or bin. */
	int stringHeader() {
		return switch (format()) {
			case FIXSTR -> this.encoded[this.position - 1] & FIX_LENGTH;
			case STR8, BIN8 -> Byte.toUnsignedInt(int8());
			case STR16, BIN16 -> Short.toUnsignedInt(int16());
			case STR32, BIN32 -> size();
			default -> throw unexpected();
		};
	}

	/** Reads the content of a string, be it of type str or bin. */
	byte[] string() {
		int start = take(stringHeader());
		return since(start);
	}

	/**
	 * Reads a text for which only some values have a meaning. Lua does not know str from
	 * bin, so neither do we here.
	 * @return the text, malformed UTF-8 replaced, or {@code null} for a value of another
	 * type, which is skipped
	 */
	@Nullable String text() {
		if (nextIsString()) {
			int start = take(stringHeader());
			return text(start);
		}
		skip();
		return null;
	}

	/** Returns the bytes that were read since a position as a text. */
	String text(int start) {
		return new String(this.encoded, start, this.position - start, StandardCharsets.UTF_8);
	}

	/** Returns the bytes that were read since a position as a URI, if they are one. */
	@Nullable MemberUri uri(int start) {
		return MemberUri.tryParse(this.encoded, start, this.position);
	}

	/** Whether the bytes that were read since a position are those of a URI. */
	boolean isSince(int start, MemberUri uri) {
		return uri.isWritten(this.encoded, start, this.position);
	}

	ExtensionTypeHeader extensionHeader() {
		int length = switch (format()) {
			case FIXEXT1 -> 1;
			case FIXEXT2 -> 2;
			case FIXEXT4 -> 4;
			case FIXEXT8 -> 8;
			case FIXEXT16 -> 16;
			case EXT8 -> Byte.toUnsignedInt(int8());
			case EXT16 -> Short.toUnsignedInt(int16());
			case EXT32 -> size();
			default -> throw unexpected();
		};
		return new ExtensionTypeHeader(int8(), length);
	}

	byte[] bytes(int length) {
		int start = take(length);
		return since(start);
	}

	/**
	 * Reads some bytes.
	 * @return where they begin
	 */
	int take(int length) {
		require(length);
		int start = this.position;
		this.position += length;
		return start;
	}

	private MessageFormat format() {
		MessageFormat format = next();
		this.position++;
		return format;
	}

	private byte int8() {
		return this.encoded[take(1)];
	}

	private short int16() {
		return (short) SHORT.get(this.encoded, take(Short.BYTES));
	}

	private int int32() {
		return (int) INT.get(this.encoded, take(Integer.BYTES));
	}

	private long int64() {
		return (long) LONG.get(this.encoded, take(Long.BYTES));
	}

	private int size() {
		int size = int32();
		if (size < 0) {
			throw new MessageSizeException(Integer.toUnsignedLong(size));
		}
		return size;
	}

	private void require(int length) {
		if (length > this.encoded.length - this.position) {
			throw new MessageInsufficientBufferException();
		}
	}

	private static MessagePackException unexpected() {
		return new MessageTypeException("The next value is of another type");
	}

}
