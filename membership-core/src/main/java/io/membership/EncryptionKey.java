package io.membership;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The key that all members of an encrypted mesh share: exactly 32 bytes. Shorter keys are
 * padded on the left with spaces and longer ones are cut, as the reference does
 * ({@code set_encryption_key}). Immutable and thread-safe; the text form never shows it.
 */
public final class EncryptionKey {

	/** Length of a key in bytes. */
	public static final int LENGTH = 32;

	private final byte[] bytes;

	private EncryptionKey(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * Returns the key of a pass phrase.
	 * @param key the pass phrase, used as UTF-8
	 * @return the key
	 * @throws IllegalArgumentException if the pass phrase is blank: it would be a key
	 * that everybody can guess
	 */
	public static EncryptionKey of(String key) {
		if (key.isBlank()) {
			throw new IllegalArgumentException(
					"A blank encryption key protects nothing:" + " set a key, or none at all to switch encryption off");
		}
		return ofBytes(key.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Returns the key of any bytes.
	 * @param key the key before padding or cutting
	 * @return the key
	 */
	public static EncryptionKey ofBytes(byte[] key) {
		byte[] bytes = new byte[LENGTH];
		int used = Math.min(key.length, LENGTH);
		Arrays.fill(bytes, 0, LENGTH - used, (byte) ' ');
		System.arraycopy(key, 0, bytes, LENGTH - used, used);
		return new EncryptionKey(bytes);
	}

	/**
	 * Returns the key as it is used.
	 * @return a new array of 32 bytes
	 */
	public byte[] toByteArray() {
		return this.bytes.clone();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof EncryptionKey key && MessageDigest.isEqual(this.bytes, key.bytes);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.bytes);
	}

	/**
	 * Returns a text that does not reveal the key.
	 * @return always the same text
	 */
	@Override
	public String toString() {
		return "EncryptionKey[******]";
	}

}
