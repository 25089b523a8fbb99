package io.membership.wire;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.membership.Encryption;
import io.membership.EncryptionKey;
import io.membership.MemberUri;
import io.membership.MembershipCipher;
import io.membership.swim.Message;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any bytes are a message or have a reason to be dropped. In each build with the
 * datagrams of the reference; how to let the fuzzer look for others is in
 * {@code docs/testing.md}.
 */
class DatagramFuzzTests {

	private static final EncryptionKey KEY = EncryptionKey.ofBytes(new byte[EncryptionKey.LENGTH]);

	private static final MemberUri SELF = MemberUri.of("self", 3301);

	private final DatagramCodec plain = new DatagramCodec(Sealing.none());

	private final DatagramCodec all = codec(Encryption.of(MembershipCipher.AES_256_GCM, KEY)
		.accepting(Set.of(MembershipCipher.AES_256_CBC, MembershipCipher.NONE)));

	/** One process, whose datagrams are all new. */
	private final Sealing gcm = Sealing.aes256Gcm(List.of(KEY),
			new SealingContext("default", () -> SELF, new Random(2), new Senders()));

	/** What is understood can be told to others, and they understand the same. */
	@MethodSource("datagrams")
	@FuzzTest(maxDuration = "20m")
	void isUnderstoodOrDropped(byte[] datagram) {
		Decoded decoded = this.plain.decode(datagram, datagram.length);
		if (decoded instanceof Decoded.Understood understood && understood.message().sender() != null
				&& !(understood.message() instanceof Message.Unknown)) {
			byte[] encoded = this.plain.encode(understood.message());
			assertThat(this.plain.sizeOf(understood.message())).isEqualTo(encoded.length);
			assertThat(this.plain.decode(encoded, encoded.length))
				.isEqualTo(new Decoded.Understood(understood.message(), 0));
		}
	}

	/** The bytes arrive as they are, and as content under each cipher. */
	@MethodSource("datagrams")
	@FuzzTest(maxDuration = "20m")
	void isOpenedOrDropped(byte[] datagram) {
		assertThat(this.all.decode(datagram, datagram.length)).isNotNull();
		Decoded expected = this.plain.decode(datagram, datagram.length);
		for (Sealing sealing : new Sealing[] { Sealing.aes256Cbc(KEY), this.gcm }) {
			byte[] sealed = sealing.seal(datagram, SELF);
			Decoded decoded = this.all.decode(sealed, sealed.length);
			if (expected instanceof Decoded.Understood) {
				assertThat(decoded).isEqualTo(expected);
			}
		}
	}

	static Stream<byte[]> datagrams() {
		return FuzzCorpus.datagrams();
	}

	private static DatagramCodec codec(Encryption encryption) {
		return DatagramCodec.of(encryption, new SealingContext("default", () -> SELF, new Random(1), new Senders()));
	}

}
