package io.membership.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Encryption of all datagrams.
 */
public class MembershipEncryptionProperties {

	/**
	 * Key that all members share, padded or cut to 32 bytes. Datagrams are not encrypted
	 * when not set.
	 */
	private @Nullable String key;

	/**
	 * Cipher that all members use.
	 */
	private Cipher cipher = Cipher.AES_256_CBC;

	public @Nullable String getKey() {
		return this.key;
	}

	public void setKey(@Nullable String key) {
		this.key = key;
	}

	public Cipher getCipher() {
		return this.cipher;
	}

	public void setCipher(Cipher cipher) {
		this.cipher = cipher;
	}

	/**
	 * Ciphers that members can agree on.
	 */
	public enum Cipher {

		/**
		 * AES with a key of 256 bits in CBC mode, as the reference encrypts.
		 */
		AES_256_CBC("aes-256-cbc");

		private final String displayName;

		Cipher(String displayName) {
			this.displayName = displayName;
		}

		@Override
		public String toString() {
			return this.displayName;
		}

	}

}
