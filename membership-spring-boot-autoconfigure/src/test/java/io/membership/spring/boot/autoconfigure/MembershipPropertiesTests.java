package io.membership.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.Map;

import io.membership.MembershipBuilder;
import io.membership.MembershipPreset;
import io.membership.MembershipCipher;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MembershipProperties}.
 */
class MembershipPropertiesTests {

	@Test
	void defaultsAreThoseOfTheEngine() {
		MembershipProperties properties = new MembershipProperties();
		assertThat(properties.getPort()).isEqualTo(MembershipBuilder.DEFAULT_PORT);
		assertThat(properties.getPreset()).isEqualTo(MembershipPreset.LAN);
	}

	@Test
	void everythingElseIsOffByDefault() {
		MembershipProperties properties = new MembershipProperties();
		assertThat(properties.isEnabled()).isTrue();
		assertThat(properties.getAddress()).isNull();
		assertThat(properties.isPortAutoIncrement()).isFalse();
		assertThat(properties.getSeeds()).isEmpty();
		assertThat(properties.getAllowedMembers()).isEmpty();
		assertThat(properties.getPayload()).isEmpty();
		assertThat(properties.getSnapshotFile()).isNull();
		assertThat(properties.getAdvertise().getHost()).isNull();
		assertThat(properties.getAdvertise().getPort()).isNull();
		assertThat(properties.getBroadcast().isEnabled()).isFalse();
		assertThat(properties.getBroadcast().getPort()).isNull();
		assertThat(properties.getEncryption().getKey()).isNull();
		assertThat(properties.getExtensions().isEnabled()).isTrue();
		assertThat(properties.getLifecycle().getPhase()).isEqualTo(SmartLifecycle.DEFAULT_PHASE - 512);
	}

	@Test
	void payloadKeysAreBoundAsWritten() {
		MembershipProperties properties = bind(
				Map.of("membership.payload.zone", "a", "membership.payload[my.Key]", "b"));
		assertThat(properties.getPayload()).containsOnly(Map.entry("zone", "a"), Map.entry("my.Key", "b"));
	}

	@Test
	void theSnapshotFileIsAPath() {
		MembershipProperties properties = bind(Map.of("membership.snapshot-file", "/var/lib/app/membership.snapshot"));
		assertThat(properties.getSnapshotFile()).isEqualTo(Path.of("/var/lib/app/membership.snapshot"));
	}

	@Test
	void theSnapshotFileMayBeRelative() {
		MembershipProperties properties = bind(Map.of("membership.snapshot-file", "data/membership.snapshot"));
		assertThat(properties.getSnapshotFile()).isEqualTo(Path.of("data", "membership.snapshot"));
	}

	@Test
	void aBlankSnapshotFileIsNone() {
		assertThat(bind(Map.of("membership.snapshot-file", "", "membership.port", "1")).getSnapshotFile()).isNull();
	}

	@Test
	void theCipherIsWrittenAsTheReferenceWritesIt() {
		MembershipProperties properties = bind(Map.of("membership.encryption.cipher", "aes-256-cbc"));
		assertThat(properties.getEncryption().getCipher()).hasToString("aes-256-cbc");
	}

	@Test
	void authenticationIsTheDefault() {
		assertThat(new MembershipProperties().getEncryption().getCipher()).isEqualTo(MembershipCipher.AES_256_GCM);
	}

	@Test
	void keysAndAcceptedCiphersAreLists() {
		MembershipEncryptionProperties properties = bind(
				Map.of("membership.encryption.keys", "one,two", "membership.encryption.accept", "none,aes-256-cbc"))
			.getEncryption();
		assertThat(properties.getKeys()).containsExactly("one", "two");
		assertThat(properties.getAccept()).containsExactly(MembershipCipher.NONE, MembershipCipher.AES_256_CBC);
	}

	@Test
	void theKeyIsNotInTheTextForm() {
		MembershipProperties properties = bind(Map.of("membership.encryption.key", "a-secret"));
		assertThat(properties.toString() + properties.getEncryption()).doesNotContain("a-secret");
	}

	private static MembershipProperties bind(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bind("membership", MembershipProperties.class)
			.get();
	}

}
