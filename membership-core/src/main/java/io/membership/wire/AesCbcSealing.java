package io.membership.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.membership.DropReason;
import io.membership.EncryptionKey;
import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * AES-256 in CBC mode with PKCS#7 padding, as the reference does it. Its initialization
 * vector never changes (reference option {@code ENCRYPTION_INIT}) and nothing is
 * authenticated: equal messages give equal datagrams, and a datagram under another key is
 * only <em>likely</em> to be recognized as such.
 */
final class AesCbcSealing implements Sealing {

	private static final int BLOCK = 16;

	private static final IvParameterSpec INITIALIZATION_VECTOR = new IvParameterSpec(
			"init-key-16-byte".getBytes(StandardCharsets.US_ASCII));

	private final SecretKeySpec key;

	private final Cipher encryption;

	private final Cipher decryption;

	AesCbcSealing(EncryptionKey key) {
		this.key = new SecretKeySpec(key.toByteArray(), "AES");
		this.encryption = newCipher();
		this.decryption = newCipher();
		start(this.encryption, Cipher.ENCRYPT_MODE);
		start(this.decryption, Cipher.DECRYPT_MODE);
	}

	@Override
	public byte[] seal(byte[] plain, @Nullable MemberUri recipient) {
		try {
			return this.encryption.doFinal(plain);
		}
		catch (BadPaddingException | IllegalBlockSizeException ex) {
			throw new IllegalStateException("Padding makes every length fit", ex);
		}
	}

	@Override
	public Opened open(byte[] datagram, int length) {
		if (length == 0 || length % BLOCK != 0) {
			return Opened.dropped(DropReason.UNDECRYPTABLE);
		}
		try {
			return Opened.of(this.decryption.doFinal(datagram, 0, length));
		}
		catch (BadPaddingException | IllegalBlockSizeException ex) {
			// After a failure a cipher may hold the remains of its input
			start(this.decryption, Cipher.DECRYPT_MODE);
			return Opened.dropped(DropReason.UNDECRYPTABLE);
		}
	}

	/** The padding takes 1 to 16 bytes. */
	@Override
	public int capacity(int maxPacketSize) {
		return maxPacketSize / BLOCK * BLOCK - 1;
	}

	private static Cipher newCipher() {
		try {
			return Cipher.getInstance("AES/CBC/PKCS5Padding");
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has this cipher", ex);
		}
	}

	private void start(Cipher cipher, int mode) {
		try {
			cipher.init(mode, this.key, INITIALIZATION_VECTOR);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("AES accepts every key of 32 bytes", ex);
		}
	}

}
