package io.membership.wire;

import io.membership.MemberUri;

/**
 * An output that adds up sizes and keeps nothing (MessagePack specification, "Formats").
 */
final class CountedOutput implements Output {

	private int size;

	void clear() {
		this.size = 0;
	}

	int size() {
		return this.size;
	}

	@Override
	public void nil() {
		this.size++;
	}

	@Override
	public void bool(boolean value) {
		this.size++;
	}

	@Override
	public void integer(long value) {
		if (value >= 0) {
			this.size += (value < 1 << 7) ? 1 : 1 + bytesFor(value);
		}
		else {
			this.size += (value >= -(1 << 5)) ? 1 : 1 + bytesForNegative(value);
		}
	}

	@Override
	public void uint64(long bits) {
		this.size += 1 + Long.BYTES;
	}

	@Override
	public void float32(float value) {
		this.size += 1 + Float.BYTES;
	}

	@Override
	public void float64(double value) {
		this.size += 1 + Double.BYTES;
	}

	@Override
	public void text(String value) {
		text(Utf8.length(value));
	}

	@Override
	public void uri(MemberUri value) {
		text(value.length());
	}

	private void text(int length) {
		this.size += ((length <= LONGEST_FIXED_TEXT) ? 1 : 1 + bytesFor(length)) + length;
	}

	@Override
	public void binary(byte[] value) {
		this.size += 1 + bytesFor(value.length) + value.length;
	}

	@Override
	public void extension(byte type, byte[] body) {
		boolean fixed = body.length <= 16 && Integer.bitCount(body.length) == 1;
		this.size += 2 + (fixed ? 0 : bytesFor(body.length)) + body.length;
	}

	@Override
	public void arrayHeader(int elements) {
		this.size += container(elements);
	}

	@Override
	public void mapHeader(int entries) {
		this.size += container(entries);
	}

	@Override
	public void encoded(byte[] value) {
		this.size += value.length;
	}

	private static int container(int elements) {
		return (elements <= LARGEST_FIXED_CONTAINER) ? 1 : 1 + Math.max(2, bytesFor(elements));
	}

	private static int bytesFor(long value) {
		if (value < 1L << 8) {
			return 1;
		}
		if (value < 1L << 16) {
			return 2;
		}
		return (value < 1L << 32) ? 4 : 8;
	}

	private static int bytesForNegative(long value) {
		if (value >= Byte.MIN_VALUE) {
			return 1;
		}
		if (value >= Short.MIN_VALUE) {
			return 2;
		}
		return (value >= Integer.MIN_VALUE) ? 4 : 8;
	}

}
