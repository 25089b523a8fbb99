package io.membership.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.membership.MemberUri;
import org.msgpack.core.MessagePack.Code;

/**
 * An output that writes to memory (MessagePack specification, "Formats"). It keeps its
 * array for what comes next, because a node writes several messages in a second for as
 * long as it runs.
 */
final class PackedOutput implements Output {

	private static final int FIRST_CAPACITY = 256;

	private static final int FIXED_NEGATIVE = -32;

	private byte[] bytes = new byte[FIRST_CAPACITY];

	private int size;

	void clear() {
		this.size = 0;
	}

	byte[] toByteArray() {
		return Arrays.copyOf(this.bytes, this.size);
	}

	@Override
	public void nil() {
		put(Code.NIL);
	}

	@Override
	public void bool(boolean value) {
		put(value ? Code.TRUE : Code.FALSE);
	}

	@Override
	public void integer(long value) {
		if (value >= FIXED_NEGATIVE && value <= Byte.MAX_VALUE) {
			put((byte) value);
		}
		else if (value >= 0) {
			unsigned(value);
		}
		else {
			signed(value);
		}
	}

	private void unsigned(long value) {
		if (value < 1L << Byte.SIZE) {
			put(Code.UINT8, value, Byte.BYTES);
		}
		else if (value < 1L << Short.SIZE) {
			put(Code.UINT16, value, Short.BYTES);
		}
		else if (value < 1L << Integer.SIZE) {
			put(Code.UINT32, value, Integer.BYTES);
		}
		else {
			put(Code.UINT64, value, Long.BYTES);
		}
	}

	private void signed(long value) {
		if (value >= Byte.MIN_VALUE) {
			put(Code.INT8, value, Byte.BYTES);
		}
		else if (value >= Short.MIN_VALUE) {
			put(Code.INT16, value, Short.BYTES);
		}
		else if (value >= Integer.MIN_VALUE) {
			put(Code.INT32, value, Integer.BYTES);
		}
		else {
			put(Code.INT64, value, Long.BYTES);
		}
	}

	@Override
	public void uint64(long bits) {
		put(Code.UINT64, bits, Long.BYTES);
	}

	@Override
	public void float32(float value) {
		put(Code.FLOAT32, Float.floatToRawIntBits(value), Float.BYTES);
	}

	@Override
	public void float64(double value) {
		put(Code.FLOAT64, Double.doubleToRawLongBits(value), Double.BYTES);
	}

	@Override
	public void text(String value) {
		byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
		textHeader(utf8.length);
		encoded(utf8);
	}

	@Override
	public void uri(MemberUri value) {
		int length = value.length();
		textHeader(length);
		makeRoom(length);
		this.size = value.writeTo(this.bytes, this.size);
	}

	private void textHeader(int length) {
		if (length <= LONGEST_FIXED_TEXT) {
			put((byte) (Code.FIXSTR_PREFIX | length));
		}
		else {
			length(length, Code.STR8, Code.STR16, Code.STR32);
		}
	}

	@Override
	public void binary(byte[] value) {
		length(value.length, Code.BIN8, Code.BIN16, Code.BIN32);
		encoded(value);
	}

	@Override
	public void extension(byte type, byte[] body) {
		switch (body.length) {
			case 1 -> put(Code.FIXEXT1);
			case 2 -> put(Code.FIXEXT2);
			case 4 -> put(Code.FIXEXT4);
			case 8 -> put(Code.FIXEXT8);
			case 16 -> put(Code.FIXEXT16);
			default -> length(body.length, Code.EXT8, Code.EXT16, Code.EXT32);
		}
		put(type);
		encoded(body);
	}

	@Override
	public void arrayHeader(int elements) {
		container(elements, Code.FIXARRAY_PREFIX, Code.ARRAY16, Code.ARRAY32);
	}

	@Override
	public void mapHeader(int entries) {
		container(entries, Code.FIXMAP_PREFIX, Code.MAP16, Code.MAP32);
	}

	private void container(int elements, byte fixed, byte format16, byte format32) {
		if (elements <= LARGEST_FIXED_CONTAINER) {
			put((byte) (fixed | elements));
		}
		else {
			length(elements, format16, format32);
		}
	}

	@Override
	public void encoded(byte[] value) {
		makeRoom(value.length);
		System.arraycopy(value, 0, this.bytes, this.size, value.length);
		this.size += value.length;
	}

	private void length(int length, byte format8, byte format16, byte format32) {
		if (length < 1 << Byte.SIZE) {
			put(format8, length, Byte.BYTES);
		}
		else {
			length(length, format16, format32);
		}
	}

	private void length(int length, byte format16, byte format32) {
		if (length < 1 << Short.SIZE) {
			put(format16, length, Short.BYTES);
		}
		else {
			put(format32, length, Integer.BYTES);
		}
	}

	private void put(byte single) {
		makeRoom(1);
		this.bytes[this.size++] = single;
	}

	/**
	 * Writes a format and the lowest bytes of a number, the highest one of them first.
	 */
	private void put(byte format, long number, int length) {
		makeRoom(1 + length);
		this.bytes[this.size++] = format;
		for (int shift = (length - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
			this.bytes[this.size++] = (byte) (number >>> shift);
		}
	}

	private void makeRoom(int length) {
		if (length > this.bytes.length - this.size) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.size + length, 2 * this.bytes.length));
		}
	}

}
