package io.membership.spring.boot.autoconfigure;

import java.util.Locale;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides the encryption key from endpoints that show the values of properties, however it
 * is spelled: as a property, or as an environment variable.
 */
final class EncryptionKeySanitizingFunction implements SanitizingFunction {

	private static final String PREFIX = "membershipencryption";

	@Override
	public SanitizableData apply(SanitizableData data) {
		return isAboutEncryption(data.getKey()) ? data.withSanitizedValue() : data;
	}

	private static boolean isAboutEncryption(String property) {
		return property.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "").startsWith(PREFIX);
	}

}
