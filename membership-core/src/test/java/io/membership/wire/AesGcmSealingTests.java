package io.membership.wire;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.membership.DropReason;
import io.membership.EncryptionKey;
import io.membership.MemberUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AesGcmSealingTests {

	private static final byte[] PLAIN = { 1, 2, 3, 4, 5, 6, 7 };

	private static final MemberUri A = MemberUri.of("a", 3301);

	private static final MemberUri B = MemberUri.of("b", 3301);

	private static final EncryptionKey KEY = key(1);

	private static final EncryptionKey OTHER = key(2);

	private final Sealing sender = sealing(A, "mesh", 1, KEY);

	private final Sealing recipient = sealing(B, "mesh", 2, KEY);

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 15, 16, 17, 1428 })
	void everyLengthIsSealedAndOpenedAgain(int length) {
		byte[] plain = new byte[length];
		Arrays.fill(plain, (byte) 0x2a);
		byte[] datagram = this.sender.seal(plain, B);
		assertThat(this.sender.capacity(datagram.length)).isEqualTo(length);
		assertThat(this.recipient.open(datagram, datagram.length).plain()).isEqualTo(plain);
	}

	@Test
	void bytesBehindTheDatagramAreNotLookedAt() {
		byte[] datagram = this.sender.seal(PLAIN, B);
		assertThat(this.recipient.open(Arrays.copyOf(datagram, 1472), datagram.length).plain()).isEqualTo(PLAIN);
	}

	@Test
	void noBitCanBeChanged() {
		byte[] datagram = this.sender.seal(PLAIN, B);
		for (int bit = 0; bit < datagram.length * Byte.SIZE; bit++) {
			byte[] changed = datagram.clone();
			changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
			assertThat(open(changed)).as("bit %d", bit).isIn(DropReason.UNDECRYPTABLE, DropReason.MISDIRECTED);
		}
		assertThat(this.recipient.open(datagram, datagram.length).plain()).isEqualTo(PLAIN);
	}

	@Test
	void noByteCanBeMissing() {
		byte[] datagram = this.sender.seal(PLAIN, B);
		for (int length = 0; length < datagram.length; length++) {
			assertThat(this.recipient.open(datagram, length).reason()).isEqualTo(DropReason.UNDECRYPTABLE);
		}
	}

	@Test
	void noByteCanBeAdded() {
		byte[] datagram = this.sender.seal(PLAIN, B);
		assertThat(open(Arrays.copyOf(datagram, datagram.length + 1))).isEqualTo(DropReason.UNDECRYPTABLE);
	}

	@Test
	void aDatagramCountsOnce() {
		byte[] datagram = this.sender.seal(PLAIN, B);
		assertThat(open(datagram)).isNull();
		assertThat(open(datagram)).isEqualTo(DropReason.REPLAYED);
	}

	@Test
	void aDatagramThatIsOvertakenCountsToo() {
		byte[] first = this.sender.seal(PLAIN, B);
		byte[] second = this.sender.seal(PLAIN, B);
		assertThat(open(second)).isNull();
		assertThat(open(first)).isNull();
		assertThat(open(first)).isEqualTo(DropReason.REPLAYED);
	}

	@Test
	void aDatagramIsForItsRecipientOnly() {
		byte[] datagram = this.sender.seal(PLAIN, MemberUri.of("c", 3301));
		assertThat(open(datagram)).isEqualTo(DropReason.MISDIRECTED);
	}

	/** These two have the same tag, so only the authentication tells. */
	@Test
	void aRecipientWithTheSameTagIsToldApart() {
		Sealing twin = sealing(MemberUri.of("Aa", 1), "mesh", 2, KEY);
		byte[] datagram = this.sender.seal(PLAIN, MemberUri.of("BB", 1));
		assertThat(twin.open(datagram, datagram.length).reason()).isEqualTo(DropReason.UNDECRYPTABLE);
	}

	@Test
	void aDatagramForWhomeverIsForEverybodyOnce() {
		byte[] datagram = this.sender.seal(PLAIN, null);
		assertThat(open(datagram)).isNull();
		assertThat(open(datagram)).isEqualTo(DropReason.REPLAYED);
		assertThat(sealing(MemberUri.of("c", 3301), "mesh", 3, KEY).open(datagram, datagram.length).plain())
			.isEqualTo(PLAIN);
	}

	@Test
	void aNodeHearsItself() {
		byte[] datagram = this.sender.seal(PLAIN, A);
		assertThat(this.sender.open(datagram, datagram.length).plain()).isEqualTo(PLAIN);
	}

	@Test
	void whatANodeSentToOthersMeansNothingToItself() {
		byte[] datagram = this.sender.seal(PLAIN, B);
		assertThat(this.sender.open(datagram, datagram.length).reason()).isEqualTo(DropReason.MISDIRECTED);
	}

	@Test
	void anotherMeshIsToldApartAndCanBeRead() {
		byte[] datagram = sealing(A, "other", 1, KEY).seal(PLAIN, B);
		Opened opened = this.recipient.open(datagram, datagram.length);
		assertThat(opened.reason()).isEqualTo(DropReason.OTHER_CLUSTER);
		assertThat(opened.plain()).isEqualTo(PLAIN);
	}

	@Test
	void anotherMeshWithAnotherKeyIsUndecryptable() {
		assertThat(open(sealing(A, "other", 1, OTHER).seal(PLAIN, B))).isEqualTo(DropReason.UNDECRYPTABLE);
	}

	@Test
	void everyKeyOfTheRingDecrypts() {
		Sealing both = sealing(B, "mesh", 2, KEY, OTHER);
		assertThat(List.of(key(2), key(1))).allSatisfy((key) -> {
			byte[] datagram = sealing(A, "mesh", 3, key).seal(PLAIN, B);
			assertThat(both.open(datagram, datagram.length).plain()).isEqualTo(PLAIN);
		});
		assertThat(open(sealing(A, "mesh", 3, OTHER, KEY).seal(PLAIN, B))).isEqualTo(DropReason.UNDECRYPTABLE);
		assertThat(open(sealing(A, "mesh", 4, KEY, OTHER).seal(PLAIN, B))).isNull();
	}

	@Test
	void nothingCanBeReplayedAfterAChangeOfTheRing() {
		SealingContext context = context(B, "mesh", 2);
		byte[] datagram = this.sender.seal(PLAIN, B);
		assertThat(Sealing.aes256Gcm(List.of(KEY), context).open(datagram, datagram.length).reason()).isNull();
		assertThat(Sealing.aes256Gcm(List.of(OTHER, KEY), context).open(datagram, datagram.length).reason())
			.isEqualTo(DropReason.REPLAYED);
	}

	@Test
	void equalMessagesGiveDifferentDatagrams() {
		Set<String> bodies = new HashSet<>();
		for (int i = 0; i < 100; i++) {
			byte[] datagram = this.sender.seal(PLAIN, B);
			bodies.add(Arrays.toString(Arrays.copyOfRange(datagram, AesGcmSealing.HEADER, datagram.length)));
		}
		assertThat(bodies).hasSize(100);
	}

	@Test
	void eachProcessHasASaltOfItsOwn() {
		byte[] one = sealing(A, "mesh", 7, KEY).seal(PLAIN, B);
		byte[] other = sealing(A, "mesh", 8, KEY).seal(PLAIN, B);
		assertThat(Arrays.copyOfRange(one, 12, 22)).isNotEqualTo(Arrays.copyOfRange(other, 12, 22));
	}

	@Test
	void theHeaderIsAsDocumented() {
		byte[] datagram = this.sender.seal(PLAIN, B);
		assertThat(datagram).hasSize(28 + PLAIN.length + 16).startsWith(0xc1, 1);
		assertThat(Arrays.copyOfRange(datagram, 22, 28)).containsOnly(0);
		assertThat(Arrays.copyOfRange(this.sender.seal(PLAIN, B), 22, 28)).containsExactly(0, 0, 0, 0, 0, 1);
	}

	private DropReason open(byte[] datagram) {
		return this.recipient.open(datagram, datagram.length).reason();
	}

	private static Sealing sealing(MemberUri self, String clusterName, long seed, EncryptionKey... keys) {
		return Sealing.aes256Gcm(List.of(keys), context(self, clusterName, seed));
	}

	private static SealingContext context(MemberUri self, String clusterName, long seed) {
		return new SealingContext(clusterName, () -> self, new Random(seed), new Senders());
	}

	private static EncryptionKey key(int number) {
		byte[] bytes = new byte[EncryptionKey.LENGTH];
		bytes[0] = (byte) number;
		return EncryptionKey.ofBytes(bytes);
	}

}
