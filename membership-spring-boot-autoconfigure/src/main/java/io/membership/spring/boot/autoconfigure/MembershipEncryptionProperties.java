package io.membership.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.membership.MembershipCipher;
import org.jspecify.annotations.Nullable;

/**
 * Encryption of all datagrams.
 */
public class MembershipEncryptionProperties {

	/**
	 * Key that all members share: a pass phrase, or 'base64:' and 32 bytes in Base64.
	 * Datagrams are not encrypted when there is no key.
	 */
	private @Nullable String key;

	/**
	 * Keys of a ring, instead of one key: the first one encrypts, all decrypt.
	 */
	private List<String> keys = new ArrayList<>();

	/**
	 * Cipher of what this node sends, if there is a key.
	 */
	private MembershipCipher cipher = MembershipCipher.AES_256_GCM;

	/**
	 * Ciphers of which datagrams are accepted besides the node's own, while a mesh
	 * changes from one to another.
	 */
	private Set<MembershipCipher> accept = EnumSet.noneOf(MembershipCipher.class);

	public @Nullable String getKey() {
		return this.key;
	}

	public void setKey(@Nullable String key) {
		this.key = key;
	}

	public List<String> getKeys() {
		return this.keys;
	}

	public void setKeys(List<String> keys) {
		this.keys = keys;
	}

	public MembershipCipher getCipher() {
		return this.cipher;
	}

	public void setCipher(MembershipCipher cipher) {
		this.cipher = cipher;
	}

	public Set<MembershipCipher> getAccept() {
		return this.accept;
	}

	public void setAccept(Set<MembershipCipher> accept) {
		this.accept = accept;
	}

}
