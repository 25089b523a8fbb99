package io.membership.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import io.membership.DropReason;
import io.membership.Encryption;
import io.membership.EncryptionKey;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipCipher;
import io.membership.MembershipEvent;
import io.membership.swim.Message;
import io.membership.swim.ProbeData;
import io.membership.swim.Rumor;
import io.membership.wire.DatagramCodec;
import io.membership.wire.Sealing;
import io.membership.wire.SealingContext;
import io.membership.wire.Senders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody on the network of a mesh with AES-GCM, who has no key: sees all datagrams, and
 * sends whatever there is, in the name of whomever. Nothing of it changes a view, and
 * each datagram is counted under its reason.
 */
class AttackerTests {

	private static final int SIZE = 5;

	private static final Encryption ENCRYPTION = Encryption.of(MembershipCipher.AES_256_GCM, key(1));

	private final SimulatedMesh mesh = SimulatedMesh.builder().size(SIZE).seed(9).encryption(ENCRYPTION).build();

	private final List<MembershipEvent> events = new ArrayList<>();

	private final List<Captured> captured = new ArrayList<>();

	private Map<DropReason, Long> droppedBefore = Map.of();

	private boolean capturing = true;

	@BeforeEach
	void capture() {
		this.mesh.startJoined().run(Duration.ofSeconds(30));
		this.mesh.listen((observer, event) -> this.events.add(event));
		this.mesh.wiretap((from, to, datagram) -> {
			if (this.capturing) {
				this.captured.add(new Captured(from, to, datagram.clone()));
			}
		});
		this.mesh.run(Duration.ofSeconds(10));
		this.capturing = false;
		this.mesh.run(Duration.ofSeconds(1));
		this.droppedBefore = this.mesh.traffic().dropped();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT1S", "PT1H" })
	void aReplayedDatagramCountsForNothing(Duration delay) {
		this.mesh.run(delay);
		this.captured.forEach((datagram) -> this.mesh.inject(datagram.from, datagram.to, datagram.bytes));
		assertNothingBut(DropReason.REPLAYED, this.captured.size());
	}

	@Test
	void aDatagramReflectedToItsSenderCountsForNothing() {
		List<Captured> toOthers = this.captured.stream().filter((datagram) -> datagram.from != datagram.to).toList();
		toOthers.forEach((datagram) -> this.mesh.inject(datagram.to, datagram.from, datagram.bytes));
		assertNothingBut(DropReason.MISDIRECTED, toOthers.size());
	}

	@Test
	void aDatagramRedirectedToAnotherMemberCountsForNothing() {
		this.captured.forEach((datagram) -> this.mesh.inject(datagram.from, datagram.to % SIZE + 1, datagram.bytes));
		assertNothingBut(DropReason.MISDIRECTED, this.captured.size());
	}

	@Test
	void aDatagramWithAFlippedBitCountsForNothing() {
		Random random = new Random(1);
		for (Captured datagram : this.captured) {
			byte[] flipped = datagram.bytes.clone();
			// Behind the tags of recipient and mesh, which say that the datagram is for
			// others
			int bit = random.nextInt(12 * Byte.SIZE, flipped.length * Byte.SIZE);
			flipped[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
			this.mesh.inject(datagram.from, datagram.to, flipped);
		}
		assertThat(this.events).isEmpty();
		assertThat(dropped(DropReason.UNDECRYPTABLE) + dropped(DropReason.REPLAYED)).isEqualTo(this.captured.size());
	}

	@Test
	void aTruncatedOrExtendedDatagramCountsForNothing() {
		for (Captured datagram : this.captured) {
			int length = datagram.bytes.length;
			this.mesh.inject(datagram.from, datagram.to, Arrays.copyOf(datagram.bytes, length / 2));
		}
		assertThat(this.events).isEmpty();
		assertThat(dropped(DropReason.UNDECRYPTABLE) + dropped(DropReason.REPLAYED)).isEqualTo(this.captured.size());
	}

	@Test
	void aPlainDatagramCountsForNothing() {
		DatagramCodec plain = new DatagramCodec(Sealing.none());
		forged().forEach((message) -> this.mesh.inject(2, 1, plain.encode(message)));
		assertNothingBut(DropReason.UNDECRYPTABLE, forged().size());
	}

	@Test
	void aDatagramUnderAnotherKeyCountsForNothing() {
		DatagramCodec codec = codec(Encryption.of(MembershipCipher.AES_256_GCM, key(2)), "default");
		forged().forEach((message) -> this.mesh.inject(2, 1, codec.encode(message, this.mesh.uri(1))));
		assertNothingBut(DropReason.UNDECRYPTABLE, forged().size());
	}

	/** The tags of a datagram can be copied, which makes nobody believe its content. */
	@Test
	void aDatagramWithTheHeaderOfAnotherCountsForNothing() {
		DatagramCodec codec = codec(Encryption.of(MembershipCipher.AES_256_GCM, key(2)), "default");
		Captured template = this.captured.stream().filter((datagram) -> datagram.to == 1).findFirst().orElseThrow();
		forged().forEach((message) -> {
			byte[] forged = codec.encode(message, this.mesh.uri(1));
			System.arraycopy(template.bytes, 0, forged, 0, 22);
			forged[22] = 1;
			this.mesh.inject(2, 1, forged);
		});
		assertNothingBut(DropReason.UNDECRYPTABLE, forged().size());
	}

	@Test
	void aDatagramOfAnotherMeshWithTheSameKeyCountsForNothing() {
		DatagramCodec codec = codec(ENCRYPTION, "another mesh");
		forged().forEach((message) -> this.mesh.inject(2, 1, codec.encode(message, this.mesh.uri(1))));
		assertNothingBut(DropReason.OTHER_CLUSTER, forged().size());
	}

	@Test
	void noiseCountsForNothing() {
		Random random = new Random(2);
		for (int i = 0; i < 10_000; i++) {
			byte[] noise = new byte[random.nextInt(1472)];
			random.nextBytes(noise);
			if (noise.length > 2 && i % 2 == 0) {
				noise[0] = (byte) 0xc1;
				noise[1] = 1;
			}
			this.mesh.inject(1 + i % SIZE, 1, noise);
		}
		assertNothingBut(DropReason.UNDECRYPTABLE, 10_000);
	}

	@ParameterizedTest
	@CsvSource({ "1473", "9000", "65000" })
	void anOversizedDatagramCountsForNothing(int length) {
		this.mesh.inject(2, 1, new byte[length]);
		assertNothingBut(DropReason.OVERSIZED, 1);
	}

	/** Without a key even a member's restart cannot be told to others. */
	@Test
	void whatAnEarlierProcessOfAMemberSaidIsNoNews() {
		long before = this.mesh.views().incarnation(1, 2);
		this.mesh.crash(2).run(Duration.ofSeconds(20));
		this.mesh.restart(2).run(Duration.ofSeconds(20));
		this.events.clear();
		long incarnation = this.mesh.views().incarnation(1, 2);
		assertThat(incarnation).isGreaterThan(before);
		this.captured.stream()
			.filter((datagram) -> datagram.from == 2)
			.forEach((datagram) -> this.mesh.inject(2, datagram.to, datagram.bytes));
		this.mesh.run(Duration.ofSeconds(20));
		assertThat(this.events).isEmpty();
		assertThat(this.mesh.views().incarnation(1, 2)).isEqualTo(incarnation);
	}

	/** Goodbyes, deaths, highest incarnations, lies about the reader, strangers. */
	private List<Message> forged() {
		MemberUri reader = this.mesh.uri(1);
		MemberUri other = this.mesh.uri(2);
		MemberUri stranger = MemberUri.of("stranger", 3301);
		List<Rumor> lies = new ArrayList<>();
		for (MemberUri subject : List.of(reader, other, stranger)) {
			for (MemberStatus status : MemberStatus.values()) {
				lies.add(new Rumor(subject, status, Rumor.MAX_INCARNATION, null, 9));
				lies.add(new Rumor(subject, status, this.mesh.views().incarnation(1, 2), null, 9));
			}
		}
		List<Message> forged = new ArrayList<>();
		for (Rumor lie : lies) {
			forged.add(new Message.Leave(other, List.of(lie)));
			forged.add(new Message.Gossip(other, List.of(lie)));
			forged.add(new Message.SyncAck(other, List.of(lie), List.of()));
			forged.add(new Message.Ping(other, new ProbeData(other, stranger, 1, ProbeData.UNKNOWN, Map.of()),
					List.of(lie)));
			forged.add(new Message.Ack(other, new ProbeData(stranger, other, 1, 2, Map.of()), List.of(lie)));
		}
		return forged;
	}

	private DatagramCodec codec(Encryption encryption, String clusterName) {
		return DatagramCodec.of(encryption,
				new SealingContext(clusterName, () -> this.mesh.uri(2), new Random(3), new Senders()));
	}

	private void assertNothingBut(DropReason reason, int count) {
		this.mesh.run(Duration.ofSeconds(20));
		assertThat(this.events).as(this.mesh.toString()).isEmpty();
		for (DropReason other : DropReason.values()) {
			assertThat(dropped(other)).as("%s in %s", other, this.mesh).isEqualTo((other == reason) ? count : 0);
		}
		assertThat(IntStream.rangeClosed(1, SIZE).map(this.mesh.views()::alive).distinct()).containsExactly(SIZE);
	}

	private long dropped(DropReason reason) {
		return this.mesh.traffic().dropped().get(reason) - this.droppedBefore.getOrDefault(reason, 0L);
	}

	private static EncryptionKey key(int number) {
		byte[] bytes = new byte[EncryptionKey.LENGTH];
		bytes[0] = (byte) number;
		return EncryptionKey.ofBytes(bytes);
	}

	/** A datagram that the attacker saw. */
	private static final class Captured {

		private final int from;

		private final int to;

		private final byte[] bytes;

		Captured(int from, int to, byte[] bytes) {
			this.from = from;
			this.to = to;
			this.bytes = bytes;
		}

	}

}
