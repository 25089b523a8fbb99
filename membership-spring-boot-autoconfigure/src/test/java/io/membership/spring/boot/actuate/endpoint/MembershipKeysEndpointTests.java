package io.membership.spring.boot.actuate.endpoint;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.membership.Encryption;
import io.membership.EncryptionKey;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipCipher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;

/**
 * Tests for {@link MembershipKeysEndpoint}.
 */
@ExtendWith(OutputCaptureExtension.class)
class MembershipKeysEndpointTests {

	private static final String OLD = "base64:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

	private static final String NEW = "base64:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

	private static final String OLD_FINGERPRINT = EncryptionKey.of(OLD).fingerprint();

	private static final String NEW_FINGERPRINT = EncryptionKey.of(NEW).fingerprint();

	private final Membership membership = Mockito.mock(Membership.class);

	private final MembershipKeysEndpoint endpoint = new MembershipKeysEndpoint(this.membership);

	private Encryption encryption = Encryption.of(MembershipCipher.AES_256_GCM, EncryptionKey.of(OLD))
		.accepting(Set.of(MembershipCipher.AES_256_CBC));

	@BeforeEach
	void remember() {
		given(this.membership.encryption()).willAnswer((call) -> this.encryption);
		willAnswer((call) -> this.encryption = call.getArgument(0)).given(this.membership).setEncryption(any());
		given(this.membership.keyFingerprints())
			.willReturn(Map.of(MemberUri.of("other", 3301), List.of(OLD_FINGERPRINT)));
	}

	@Test
	void showsFingerprintsOfAllMembers() {
		MembershipKeysEndpoint.KeysDescriptor keys = this.endpoint.keys();
		assertThat(keys)
			.isEqualTo(new MembershipKeysEndpoint.KeysDescriptor("aes-256-gcm", Set.of("aes-256-gcm", "aes-256-cbc"),
					List.of(OLD_FINGERPRINT), Map.of("other:3301", List.of(OLD_FINGERPRINT))));
		assertThat(keys.toString()).doesNotContain("AAAA");
	}

	@Test
	void rotatesInThreeSteps() {
		assertThat(this.endpoint.install(NEW).keys()).containsExactly(OLD_FINGERPRINT, NEW_FINGERPRINT);
		assertThat(this.endpoint.use(NEW_FINGERPRINT, "use").keys()).containsExactly(NEW_FINGERPRINT, OLD_FINGERPRINT);
		assertThat(this.endpoint.remove(OLD_FINGERPRINT).keys()).containsExactly(NEW_FINGERPRINT);
	}

	@Test
	void changesAreLoggedByTheirFingerprints(CapturedOutput output) {
		this.endpoint.install(NEW);
		assertThat(output)
			.contains("Keys changed, the first one encrypts: [" + OLD_FINGERPRINT + ", " + NEW_FINGERPRINT)
			.doesNotContain("AAAA");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "base64:AAAA", "base64:c2VjcmV0" })
	void refusesWhatIsNoKeyAndDoesNotQuoteIt(String key) {
		assertThatExceptionOfType(InvalidEndpointRequestException.class).isThrownBy(() -> this.endpoint.install(key))
			.satisfies((ex) -> assertThat(ex.getReason()).doesNotContain("AAAA", "c2VjcmV0"));
	}

	@Test
	void refusesToRemoveTheKeyThatEncrypts() {
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> this.endpoint.remove(OLD_FINGERPRINT))
			.satisfies((ex) -> assertThat(ex.getReason()).contains("use another one first"));
	}

	@Test
	void refusesWhatIsNotThere() {
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> this.endpoint.use(NEW_FINGERPRINT, "use"));
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> this.endpoint.use(OLD_FINGERPRINT, "drop"))
			.satisfies((ex) -> assertThat(ex.getReason()).contains("use"));
	}

}
