package io.membership;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How a pass phrase becomes a key.
 */
class EncryptionKeyTests {

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
	void phrasesThatPadToTheSameAreTheSameKey() {
		assertThat(EncryptionKey.of("  secret")).isEqualTo(EncryptionKey.of("secret"))
			.hasSameHashCodeAs(EncryptionKey.of("secret"));
	}

	@Test
	void differentPhrasesAreDifferentKeys() {
		assertThat(EncryptionKey.of("secret")).isNotEqualTo(EncryptionKey.of("Secret"));
	}

	private static String text(EncryptionKey key) {
		return new String(key.toByteArray(), StandardCharsets.UTF_8);
	}

}
