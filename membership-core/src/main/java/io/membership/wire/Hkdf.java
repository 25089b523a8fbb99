package io.membership.wire;

import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives one key from another (HKDF with SHA-256, RFC 5869), for outputs of one block.
 */
final class Hkdf {

	private static final String HMAC = "HmacSHA256";

	private Hkdf() {
	}

	/**
	 * Derives a key.
	 * @param secret the input keying material
	 * @param salt makes keys of the same secret differ, not empty
	 * @param info says what the key is for
	 * @return 32 bytes
	 */
	static byte[] derive(byte[] secret, byte[] salt, byte[] info) {
		Mac expansion = mac(mac(salt).doFinal(secret));
		expansion.update(info);
		return expansion.doFinal(new byte[] { 1 });
	}

	private static Mac mac(byte[] key) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(new SecretKeySpec(key, HMAC));
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has HMAC with SHA-256", ex);
		}
	}

}
