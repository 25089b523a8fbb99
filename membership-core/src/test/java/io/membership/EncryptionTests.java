package io.membership;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EncryptionTests {

	private static final EncryptionKey ONE = key(1);

	private static final EncryptionKey TWO = key(2);

	private final Encryption encryption = Encryption.of(MembershipCipher.AES_256_GCM, ONE);

	@Test
	void noneHasNoKeyAndAcceptsNothingElse() {
		assertThat(Encryption.NONE.isOn()).isFalse();
		assertThat(Encryption.NONE.key()).isEmpty();
		assertThat(Encryption.NONE.accepted()).containsExactly(MembershipCipher.NONE);
		assertThat(Encryption.NONE.fingerprints()).isEmpty();
	}

	@Test
	void isEqualIfItSendsAndAcceptsTheSame() {
		assertThat(this.encryption).isEqualTo(Encryption.of(MembershipCipher.AES_256_GCM, key(1)))
			.hasSameHashCodeAs(Encryption.of(MembershipCipher.AES_256_GCM, key(1)))
			.isNotEqualTo(Encryption.of(MembershipCipher.AES_256_GCM, TWO))
			.isNotEqualTo(Encryption.of(MembershipCipher.AES_256_CBC, ONE))
			.isNotEqualTo(this.encryption.accepting(Set.of(MembershipCipher.NONE)))
			.isNotEqualTo(null);
	}

	@ParameterizedTest
	@EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
	void aCipherNeedsAKey(MembershipCipher cipher) {
		assertThatIllegalArgumentException().isThrownBy(() -> Encryption.of(cipher)).withMessageContaining("key");
		assertThatIllegalArgumentException().isThrownBy(() -> Encryption.NONE.accepting(Set.of(cipher)));
	}

	@Test
	void whoIsAboutToEncryptHasKeysAlready() {
		Encryption ready = Encryption.of(MembershipCipher.NONE, ONE).accepting(Set.of(MembershipCipher.AES_256_GCM));
		assertThat(ready.isOn()).isFalse();
		assertThat(ready.key()).isEmpty();
		assertThat(ready.accepted()).containsExactly(MembershipCipher.NONE, MembershipCipher.AES_256_GCM);
		assertThat(ready.fingerprints()).hasSize(1);
	}

	@Test
	void aKeyIsInstalledBehindTheOthers() {
		assertThat(this.encryption.install(TWO).keys()).containsExactly(ONE, TWO);
		assertThat(this.encryption.install(TWO).install(TWO).install(ONE).keys()).containsExactly(ONE, TWO);
	}

	@Test
	void aKeyThatIsUsedComesFirst() {
		Encryption used = this.encryption.install(TWO).use(TWO.fingerprint());
		assertThat(used.keys()).containsExactly(TWO, ONE);
		assertThat(used.key()).contains(TWO);
		assertThat(used.cipher()).isEqualTo(MembershipCipher.AES_256_GCM);
	}

	@Test
	void aKeyIsRemoved() {
		assertThat(this.encryption.install(TWO).remove(TWO.fingerprint()).keys()).containsExactly(ONE);
	}

	@Test
	void theKeyThatEncryptsIsNotRemoved() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.encryption.install(TWO).remove(ONE.fingerprint()))
			.withMessageContaining("use another one first");
	}

	@Test
	void aKeyThatIsNotThereIsNeitherUsedNorRemoved() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.encryption.use("00000000"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.encryption.remove("00000000"))
			.withMessageContaining("00000000");
	}

	@Test
	void aRingHasAnEnd() {
		Encryption full = this.encryption.withKeys(List.of(ONE, TWO, key(3), key(4)));
		assertThatIllegalArgumentException().isThrownBy(() -> full.install(key(5))).withMessageContaining("at most 4");
	}

	@Test
	void aChangeOfKeysKeepsWhatIsAccepted() {
		Encryption both = this.encryption.accepting(Set.of(MembershipCipher.AES_256_CBC));
		assertThat(both.install(TWO).accepted()).contains(MembershipCipher.AES_256_CBC);
	}

	@Test
	void oneKeyReplacesAll() {
		assertThat(this.encryption.install(TWO).withKey(TWO).keys()).containsExactly(TWO);
		assertThat(Encryption.of(MembershipCipher.AES_256_CBC, ONE).withKey(TWO).cipher())
			.isEqualTo(MembershipCipher.AES_256_CBC);
		assertThat(Encryption.NONE.withKey(TWO).cipher()).isEqualTo(MembershipCipher.AES_256_GCM);
		assertThat(this.encryption.withKey(null).isOn()).isFalse();
	}

	@Test
	void onlyWhoCanSpeakGcmTellsFingerprints() {
		assertThat(Encryption.of(MembershipCipher.AES_256_CBC, ONE).fingerprints()).isEmpty();
		assertThat(this.encryption.install(TWO).fingerprints()).containsExactly(
				Integer.parseUnsignedInt(ONE.fingerprint(), 16), Integer.parseUnsignedInt(TWO.fingerprint(), 16));
	}

	@Test
	void itsTextShowsNoKey() {
		assertThat(Encryption.of(MembershipCipher.AES_256_GCM, EncryptionKey.of("a-secret")).toString())
			.doesNotContain("a-secret");
	}

	private static EncryptionKey key(int number) {
		byte[] bytes = new byte[EncryptionKey.LENGTH];
		bytes[0] = (byte) number;
		return EncryptionKey.ofBytes(bytes);
	}

}
