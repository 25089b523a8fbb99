package io.membership.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.membership.Encryption;
import io.membership.EncryptionKey;
import io.membership.MembershipCipher;

/**
 * Makes an encryption of properties, and says which of them is to blame when that fails.
 * No message shows a key.
 */
final class EncryptionFactory {

	private static final String PREFIX = MembershipProperties.PREFIX + ".encryption.";

	private static final String REMEDY = "' to a pass phrase, or to 'base64:' and the 32 bytes that"
			+ " 'openssl rand -base64 32' prints, the same on all members, or remove it to switch encryption off.";

	private EncryptionFactory() {
	}

	static Encryption create(MembershipEncryptionProperties properties) {
		List<EncryptionKey> keys = keys(properties);
		Set<MembershipCipher> accepted = EnumSet.noneOf(MembershipCipher.class);
		accepted.addAll(properties.getAccept());
		if (keys.isEmpty()) {
			accepted.remove(MembershipCipher.NONE);
			if (!accepted.isEmpty()) {
				throw new InvalidMembershipPropertyException(PREFIX + "accept", accepted.toString(),
						"What is encrypted cannot be read without a key", "Set '" + PREFIX + "key" + REMEDY);
			}
			return Encryption.NONE;
		}
		try {
			return Encryption.of(properties.getCipher(), keys.toArray(EncryptionKey[]::new)).accepting(accepted);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidMembershipPropertyException(PREFIX + "keys", null, String.valueOf(ex.getMessage()),
					"Remove the keys that no member encrypts with any more.", ex);
		}
	}

	private static List<EncryptionKey> keys(MembershipEncryptionProperties properties) {
		String single = properties.getKey();
		if (single != null && !properties.getKeys().isEmpty()) {
			throw new InvalidMembershipPropertyException(PREFIX + "keys", null,
					"There is one key in '" + PREFIX + "key' as well, and nothing says which of them encrypts",
					"Remove '" + PREFIX + "key', or '" + PREFIX + "keys'.");
		}
		List<EncryptionKey> keys = new ArrayList<>();
		if (single != null) {
			keys.add(key("key", single));
		}
		for (int i = 0; i < properties.getKeys().size(); i++) {
			keys.add(key("keys[" + i + "]", properties.getKeys().get(i)));
		}
		return keys;
	}

	private static EncryptionKey key(String property, String text) {
		if (text.isBlank()) {
			throw new InvalidMembershipPropertyException(PREFIX + property, null, "A blank key protects nothing",
					"Set '" + PREFIX + property + REMEDY);
		}
		UnresolvedPlaceholder.check(PREFIX + property, text);
		try {
			return EncryptionKey.of(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidMembershipPropertyException(PREFIX + property, null, String.valueOf(ex.getMessage()),
					"Set '" + PREFIX + property + REMEDY);
		}
	}

}
