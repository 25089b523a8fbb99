package io.membership;

/**
 * How the datagrams of a mesh are encrypted.
 */
public enum MembershipCipher {

	/** Not at all. */
	NONE("none"),

	/**
	 * AES with a key of 256 bits in CBC mode and a fixed initialization vector, as the
	 * reference does it. It hides content from those who listen, and no more: datagrams
	 * can be replayed, and altered without anybody noticing. For meshes with Tarantool.
	 */
	AES_256_CBC("aes-256-cbc"),

	/**
	 * AES with a key of 256 bits in Galois/counter mode: whoever does not have the key
	 * can neither read nor alter nor replay nor make a datagram.
	 */
	AES_256_GCM("aes-256-gcm");

	private final String displayName;

	MembershipCipher(String displayName) {
		this.displayName = displayName;
	}

	/**
	 * Returns the name as it appears in properties.
	 * @return lower-case words joined by hyphens
	 */
	@Override
	public String toString() {
		return this.displayName;
	}

}
