package io.membership;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * A key that members of an encrypted mesh share: 32 bytes, or a pass phrase of which 32
 * bytes are made. How they are made depends on the {@linkplain MembershipCipher cipher}:
 * as the reference does ({@code set_encryption_key}), or so that guessing is expensive.
 * Immutable and thread-safe; the text form never shows it.
 */
public final class EncryptionKey {

	/** Length of a key in bytes. */
	public static final int LENGTH = 32;

	/** What begins the text of a key of 32 bytes. */
	public static final String BASE64 = "base64:";

	/**
	 * Rounds of PBKDF2 with HMAC-SHA-256 (OWASP Password Storage Cheat Sheet, 2023).
	 * Other functions need more memory and resist better, but no JDK has one.
	 */
	private static final int ROUNDS = 600_000;

	/** The same for all meshes: whoever needs more has 32 random bytes. */
	private static final byte[] SALT = "membership encryption key 1".getBytes(StandardCharsets.US_ASCII);

	private final byte[] secret;

	private final boolean strong;

	private byte @Nullable [] masterKey;

	private EncryptionKey(byte[] secret, boolean strong) {
		this.secret = secret;
		this.strong = strong;
		this.masterKey = strong ? secret : null;
	}

	/**
	 * Returns the key of a text.
	 * @param key a pass phrase, used as UTF-8, or {@value #BASE64} and 32 bytes in Base64
	 * @return the key
	 * @throws IllegalArgumentException if the pass phrase is blank, which would be a key
	 * that everybody can guess, or Base64 does not give 32 bytes
	 */
	public static EncryptionKey of(String key) {
		if (key.isBlank()) {
			throw new IllegalArgumentException(
					"A blank encryption key protects nothing: set a key, or none at all to switch encryption off");
		}
		return key.startsWith(BASE64) ? ofBase64(key.substring(BASE64.length()).trim())
				: new EncryptionKey(key.getBytes(StandardCharsets.UTF_8), false);
	}

	private static EncryptionKey ofBase64(String text) {
		byte[] bytes;
		try {
			bytes = Base64.getDecoder().decode(text);
		}
		catch (IllegalArgumentException ex) {
			// The cause would quote from the key
			throw new IllegalArgumentException("What follows '" + BASE64 + "' is not Base64");
		}
		if (bytes.length != LENGTH) {
			throw new IllegalArgumentException(
					"What follows '" + BASE64 + "' are " + bytes.length + " bytes instead of " + LENGTH);
		}
		return new EncryptionKey(bytes, true);
	}

	/**
	 * Returns the key of any bytes.
	 * @param key the key; 32 bytes are used as they are, others are a pass phrase
	 * @return the key
	 */
	public static EncryptionKey ofBytes(byte[] key) {
		return new EncryptionKey(key.clone(), key.length == LENGTH);
	}

	/**
	 * Returns the key as the reference uses it: padded on the left with spaces, or cut.
	 * @return a new array of 32 bytes
	 */
	public byte[] toByteArray() {
		byte[] bytes = new byte[LENGTH];
		int used = Math.min(this.secret.length, LENGTH);
		Arrays.fill(bytes, 0, LENGTH - used, (byte) ' ');
		System.arraycopy(this.secret, 0, bytes, LENGTH - used, used);
		return bytes;
	}

	/**
	 * Returns the key of ciphers other than the reference's: the 32 bytes, or what PBKDF2
	 * makes of a pass phrase, which takes some tenths of a second for the first time.
	 * @return a new array of 32 bytes
	 */
	public synchronized byte[] toMasterKey() {
		if (this.masterKey == null) {
			this.masterKey = stretch(new String(this.secret, StandardCharsets.UTF_8).toCharArray());
		}
		return this.masterKey.clone();
	}

	private static byte[] stretch(char[] passPhrase) {
		PBEKeySpec specification = new PBEKeySpec(passPhrase, SALT, ROUNDS, LENGTH * Byte.SIZE);
		try {
			return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(specification).getEncoded();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has PBKDF2", ex);
		}
		finally {
			specification.clearPassword();
			Arrays.fill(passPhrase, '\0');
		}
	}

	/**
	 * Returns a short text by which keys can be told apart, and that does not reveal
	 * them. It is computed from {@link #toMasterKey()}.
	 * @return eight hexadecimal digits
	 */
	public String fingerprint() {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(toMasterKey(), mac.getAlgorithm()));
			return fingerprint(
					ByteBuffer.wrap(mac.doFinal("fingerprint".getBytes(StandardCharsets.US_ASCII))).getInt());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has HMAC with SHA-256", ex);
		}
	}

	/** Returns a fingerprint as it is shown. */
	static String fingerprint(int number) {
		return HexFormat.of().toHexDigits(number);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof EncryptionKey key && this.strong == key.strong
				&& MessageDigest.isEqual(this.secret, key.secret);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.secret);
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
