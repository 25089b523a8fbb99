package io.membership;

import java.util.Arrays;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * An immutable sequence of bytes in a payload: MessagePack's binary type, and strings
 * that are not valid UTF-8. Thread-safe.
 */
public final class Binary {

	private final byte[] bytes;

	private Binary(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * Returns a binary value.
	 * @param bytes the content, copied
	 * @return the value
	 */
	public static Binary of(byte[] bytes) {
		return new Binary(bytes.clone());
	}

	/**
	 * Returns the content.
	 * @return a new array
	 */
	public byte[] toByteArray() {
		return this.bytes.clone();
	}

	/**
	 * Returns the number of bytes.
	 * @return the length, 0 or more
	 */
	public int length() {
		return this.bytes.length;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Binary binary && Arrays.equals(this.bytes, binary.bytes);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.bytes);
	}

	/**
	 * Returns the content in hexadecimal digits.
	 * @return two lower-case digits for each byte
	 */
	@Override
	public String toString() {
		return HexFormat.of().formatHex(this.bytes);
	}

}
