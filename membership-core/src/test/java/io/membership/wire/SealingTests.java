package io.membership.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import io.membership.DropReason;
import io.membership.EncryptionKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SealingTests {

	private final Sealing sealing = Sealing.aes256Cbc(EncryptionKey.of("secret"));

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 15, 16, 17, 127, 128, 1455, 1456, 1471 })
	void everyLengthIsSealedAndOpenedAgain(int length) {
		byte[] plain = new byte[length];
		Arrays.fill(plain, (byte) 0x2a);

		byte[] datagram = seal(plain);

		assertThat(datagram).hasSize((length / 16 + 1) * 16);
		assertThat(open(datagram, datagram.length)).isEqualTo(plain);
	}

	@ParameterizedTest
	@CsvSource({ "1472, 1471", "1471, 1455", "1456, 1455", "1455, 1439", "32, 31", "31, 15", "16, 15", "15, -1" })
	void theCapacityIsTheLongestThatFits(int maxPacketSize, int capacity) {
		assertThat(this.sealing.capacity(maxPacketSize)).isEqualTo(capacity);
		assertThat(seal(new byte[Math.max(capacity, 0)]).length <= maxPacketSize).isEqualTo(capacity >= 0);
		assertThat(seal(new byte[capacity + 1]).length).isGreaterThan(maxPacketSize);
	}

	@Test
	void equalMessagesGiveEqualDatagrams() {
		byte[] plain = "message".getBytes(StandardCharsets.UTF_8);

		assertThat(seal(plain)).isEqualTo(seal(plain));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 15, 17, 31 })
	void whatIsNotWholeBlocksDoesNotOpen(int length) {
		assertThat(open(new byte[48], length)).isNull();
	}

	@Test
	void aBlockMoreOrLessDoesNotOpen() {
		byte[] datagram = seal(new byte[20]);

		assertThat(open(datagram, 16)).isNull();
		assertThat(open(Arrays.copyOf(datagram, 48), 48)).isNull();
	}

	@Test
	void anotherKeyDoesNotOpen() {
		byte[] datagram = Sealing.aes256Cbc(EncryptionKey.of("other")).seal(new byte[20], null);

		assertThat(open(datagram, datagram.length)).isNull();
	}

	@Test
	void aFailureDoesNotSpoilTheNextDatagram() {
		byte[] datagram = seal(new byte[] { 1, 2, 3 });

		assertThat(open(new byte[64], 64)).isNull();

		assertThat(open(datagram, datagram.length)).containsExactly(1, 2, 3);
	}

	@Test
	void bytesBehindTheDatagramAreNotLookedAt() {
		byte[] datagram = seal(new byte[] { 1, 2, 3 });

		assertThat(open(Arrays.copyOf(datagram, 1472), datagram.length)).containsExactly(1, 2, 3);
		assertThat(Sealing.none().open(new byte[] { 1, 2, 3 }, 2).plain()).containsExactly(1, 2);
	}

	@Test
	void noneChangesNothing() {
		assertThat(Sealing.none().seal(new byte[] { 1, 2 }, null)).containsExactly(1, 2);
		assertThat(Sealing.none().capacity(1472)).isEqualTo(1472);
	}

	@Test
	void aPlainDatagramIsUndecryptableForANodeWithAKey() {
		byte[] datagram = HexFormat.of().parseHex("94a3613a31a5504c454156c090");

		assertThat(new DatagramCodec(this.sealing).decode(datagram, datagram.length))
			.isEqualTo(new Decoded.Dropped(DropReason.UNDECRYPTABLE));
	}

	@Test
	void anEncryptedDatagramIsMalformedOrNoMessageForANodeWithoutKey() {
		byte[] datagram = seal(Datagrams.pack(Datagrams.array(Datagrams.SENDER, "LEAVE", null, Datagrams.array())));

		assertThat(Datagrams.decode(datagram)).isInstanceOf(Decoded.Dropped.class);
	}

	private byte[] seal(byte[] plain) {
		return this.sealing.seal(plain, null);
	}

	private byte @Nullable [] open(byte[] datagram, int length) {
		Opened opened = this.sealing.open(datagram, length);
		assertThat(opened.reason()).isEqualTo((opened.plain() != null) ? null : DropReason.UNDECRYPTABLE);
		return opened.plain();
	}

}
