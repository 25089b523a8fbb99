package io.membership;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How a node encrypts what it sends, and what it accepts. All members must accept what
 * any of them sends; while a mesh changes from one way to another, members accept both.
 * Immutable and thread-safe; the text form shows no key.
 */
public final class Encryption {

	/** No encryption. */
	public static final Encryption NONE = new Encryption(MembershipCipher.NONE, List.of(), Set.of());

	/** More keys than that are not needed to replace one. */
	public static final int MOST_KEYS = 4;

	private final MembershipCipher cipher;

	private final List<EncryptionKey> keys;

	private final Set<MembershipCipher> accepted;

	private Encryption(MembershipCipher cipher, List<EncryptionKey> keys, Set<MembershipCipher> accepted) {
		EnumSet<MembershipCipher> all = EnumSet.of(cipher);
		all.addAll(accepted);
		if (keys.isEmpty() && !all.equals(EnumSet.of(MembershipCipher.NONE))) {
			throw new IllegalArgumentException("A cipher other than 'none' needs a key");
		}
		if (keys.size() > MOST_KEYS) {
			throw new IllegalArgumentException("A ring of " + keys.size() + " keys: use at most " + MOST_KEYS);
		}
		this.cipher = cipher;
		this.keys = List.copyOf(keys);
		this.accepted = Collections.unmodifiableSet(all);
	}

	/**
	 * Returns a cipher with its keys, of which nothing else is accepted.
	 * @param cipher encrypts what is sent
	 * @param keys the first one encrypts, all decrypt; at least one, unless the cipher is
	 * {@link MembershipCipher#NONE}
	 * @return the encryption
	 * @throws IllegalArgumentException if there is no key
	 */
	public static Encryption of(MembershipCipher cipher, EncryptionKey... keys) {
		return new Encryption(cipher, distinct(List.of(keys)), Set.of());
	}

	/**
	 * Returns the same keys with another cipher, and accepts nothing else.
	 * @param changed encrypts what is sent
	 * @return the encryption
	 * @throws IllegalArgumentException if there is no key
	 */
	public Encryption withCipher(MembershipCipher changed) {
		return new Encryption(changed, this.keys, Set.of());
	}

	/**
	 * Returns the encryption with one key and nothing else.
	 * @param key the key, or {@code null} for no encryption
	 * @return the same cipher with this key, or {@link MembershipCipher#AES_256_GCM} if
	 * there was none
	 */
	public Encryption withKey(@Nullable EncryptionKey key) {
		return (key != null) ? of(isOn() ? this.cipher : MembershipCipher.AES_256_GCM, key) : NONE;
	}

	/**
	 * Returns the same with other keys.
	 * @param changed the first one encrypts, all decrypt
	 * @return the encryption
	 * @throws IllegalArgumentException if there is no key but one is needed
	 */
	public Encryption withKeys(List<EncryptionKey> changed) {
		return new Encryption(this.cipher, distinct(changed), this.accepted);
	}

	/**
	 * Returns the same, which accepts what is sent otherwise as well.
	 * @param ciphers what is accepted besides this one's own cipher
	 * @return the encryption
	 * @throws IllegalArgumentException if there is no key but one is needed
	 */
	public Encryption accepting(Set<MembershipCipher> ciphers) {
		return new Encryption(this.cipher, this.keys, ciphers);
	}

	/**
	 * Returns the same with one more key, which decrypts (step 1 of a rotation).
	 * @param key the key, which may be there already
	 * @return the encryption
	 */
	public Encryption install(EncryptionKey key) {
		List<EncryptionKey> changed = new ArrayList<>(this.keys);
		changed.add(key);
		return withKeys(changed);
	}

	/**
	 * Returns the same with another key of the ring that encrypts (step 2 of a rotation).
	 * @param fingerprint the key's fingerprint
	 * @return the encryption
	 * @throws IllegalArgumentException if there is no such key
	 */
	public Encryption use(String fingerprint) {
		EncryptionKey key = required(fingerprint);
		List<EncryptionKey> changed = new ArrayList<>(this.keys);
		changed.remove(key);
		changed.add(0, key);
		return withKeys(changed);
	}

	/**
	 * Returns the same without a key (step 3 of a rotation).
	 * @param fingerprint the key's fingerprint
	 * @return the encryption
	 * @throws IllegalArgumentException if there is no such key, or it is the one that
	 * encrypts
	 */
	public Encryption remove(String fingerprint) {
		EncryptionKey key = required(fingerprint);
		if (key.equals(this.keys.get(0))) {
			throw new IllegalArgumentException(
					"The key " + fingerprint + " encrypts what this node sends: use another one first");
		}
		List<EncryptionKey> changed = new ArrayList<>(this.keys);
		changed.remove(key);
		return withKeys(changed);
	}

	private EncryptionKey required(String fingerprint) {
		return this.keys.stream()
			.filter((key) -> key.fingerprint().equals(fingerprint))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no key with the fingerprint " + fingerprint));
	}

	private static List<EncryptionKey> distinct(List<EncryptionKey> keys) {
		return keys.stream().distinct().toList();
	}

	/**
	 * Returns the cipher of what is sent.
	 * @return the cipher
	 */
	public MembershipCipher cipher() {
		return this.cipher;
	}

	/**
	 * Returns all keys.
	 * @return an immutable list; the first one encrypts, unless nothing is encrypted
	 */
	public List<EncryptionKey> keys() {
		return this.keys;
	}

	/**
	 * Returns the key that encrypts.
	 * @return the key, or nothing if what is sent is not encrypted
	 */
	public Optional<EncryptionKey> key() {
		return isOn() ? Optional.of(this.keys.get(0)) : Optional.empty();
	}

	/**
	 * Returns all ciphers of which datagrams are accepted.
	 * @return an immutable set that contains {@link #cipher()}
	 */
	public Set<MembershipCipher> accepted() {
		return this.accepted;
	}

	/**
	 * Tells whether what is sent is encrypted.
	 * @return whether there is a cipher
	 */
	public boolean isOn() {
		return this.cipher != MembershipCipher.NONE;
	}

	/**
	 * Returns what members tell each other of their keys where
	 * {@link MembershipCipher#AES_256_GCM} is used or accepted.
	 * @return the fingerprints as numbers, the one of the key that encrypts first
	 */
	public List<Integer> fingerprints() {
		return this.accepted.contains(MembershipCipher.AES_256_GCM)
				? this.keys.stream().map((key) -> Integer.parseUnsignedInt(key.fingerprint(), 16)).toList() : List.of();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Encryption encryption && this.cipher == encryption.cipher
				&& this.keys.equals(encryption.keys) && this.accepted.equals(encryption.accepted);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.cipher, this.keys, this.accepted);
	}

	@Override
	public String toString() {
		return this.cipher + ", keys: " + this.keys.size() + ", accepted: " + this.accepted;
	}

}
