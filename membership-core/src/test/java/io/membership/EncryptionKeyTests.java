package io.membership;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How a pass phrase becomes a key.
 */
class EncryptionKeyTests {

	private static final String STRETCHED = "0806fdd1de5f9de23cd355ddcdcb1e30701a181d3b86d56cff0a7e42853f4028";

	private static final String FINGERPRINT_OF_ZEROS = "2c3767ec";

	@Test
	void aShortPhraseIsPaddedWithSpacesOnTheLeft() {
		assertThat(text(EncryptionKey.of("XXXXXX"))).isEqualTo(" ".repeat(26) + "XXXXXX");
	}

	@Test
	void aPhraseOfTheRightLengthIsUsedAsItIs() {
		assertThat(text(EncryptionKey.of("0123456789abcdef0123456789ABCDEF")))
			.isEqualTo("0123456789abcdef0123456789ABCDEF");
	}

	@Test
	void aLongPhraseIsCutAtTheEnd() {
		assertThat(text(EncryptionKey.of("0123456789abcdef0123456789ABCDEFxyz")))
			.isEqualTo("0123456789abcdef0123456789ABCDEF");
	}

	@Test
	void bytesCountAndNotCharacters() {
		byte[] key = EncryptionKey.of("ä".repeat(16) + "x").toByteArray();
		assertThat(key).isEqualTo("ä".repeat(16).getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void aCharacterMayBeCutInTwo() {
		byte[] key = EncryptionKey.of("x".repeat(31) + "ä").toByteArray();
		assertThat(key[31]).isEqualTo((byte) 0xc3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t\n", "                                " })
	void aBlankPhraseIsRefused(String blank) {
		assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKey.of(blank))
			.withMessageContaining("switch encryption off");
	}

	@Test
	void anyBytesAreAKey() {
		assertThat(EncryptionKey.ofBytes(new byte[] { 0, 1 }).toByteArray()).hasSize(32).endsWith(0, 1);
	}

	@Test
	void itsTextDoesNotRevealIt() {
		assertThat(EncryptionKey.of("secret").toString()).doesNotContain("secret");
	}

	@Test
	void whoGetsTheBytesCannotChangeTheKey() {
		EncryptionKey key = EncryptionKey.of("secret");
		key.toByteArray()[31] = 0;
		assertThat(key).isEqualTo(EncryptionKey.of("secret"));
	}

	@Test
	void phrasesThatPadToTheSameAreTheSameForTheReferenceOnly() {
		assertThat(EncryptionKey.of("  secret")).isNotEqualTo(EncryptionKey.of("secret"));
		assertThat(EncryptionKey.of("  secret").toByteArray()).isEqualTo(EncryptionKey.of("secret").toByteArray());
	}

	@Test
	void equalPhrasesAreTheSameKey() {
		assertThat(EncryptionKey.of("secret")).isEqualTo(EncryptionKey.of("secret"))
			.hasSameHashCodeAs(EncryptionKey.of("secret"));
	}

	@Test
	void base64IsTheKeyItself() {
		byte[] bytes = new byte[32];
		bytes[0] = 7;
		EncryptionKey key = EncryptionKey.of("base64:" + Base64.getEncoder().encodeToString(bytes));
		assertThat(key.toMasterKey()).isEqualTo(bytes).isEqualTo(key.toByteArray());
		assertThat(key).isEqualTo(EncryptionKey.ofBytes(bytes));
	}

	@ParameterizedTest
	@ValueSource(strings = { "base64:", "base64:AAAA", "base64:geheim!" })
	void otherBase64IsRefusedAndNotQuoted(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKey.of(text))
			.withMessageStartingWith("What follows 'base64:'")
			.withMessageNotContaining("geheim")
			.withNoCause();
	}

	/** Computed with another implementation: Python's hashlib.pbkdf2_hmac. */
	@Test
	void aPhraseIsStretched() {
		assertThat(HexFormat.of().formatHex(EncryptionKey.of("sécret").toMasterKey())).isEqualTo(STRETCHED);
	}

	@Test
	void aTextOfThirtyTwoCharactersIsNotTheKeyItself() {
		String text = "x".repeat(32);
		EncryptionKey bytes = EncryptionKey.ofBytes(text.getBytes(StandardCharsets.UTF_8));
		assertThat(EncryptionKey.of(text)).isNotEqualTo(bytes);
		assertThat(EncryptionKey.of(text).fingerprint()).isNotEqualTo(bytes.fingerprint());
	}

	@Test
	void aFingerprintIsEightDigits() {
		assertThat(EncryptionKey.ofBytes(new byte[32]).fingerprint()).isEqualTo(FINGERPRINT_OF_ZEROS);
	}

	@Test
	void differentPhrasesAreDifferentKeys() {
		assertThat(EncryptionKey.of("secret")).isNotEqualTo(EncryptionKey.of("Secret"));
	}

	private static String text(EncryptionKey key) {
		return new String(key.toByteArray(), StandardCharsets.UTF_8);
	}

}
