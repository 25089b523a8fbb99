package io.membership;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes that encrypt, on real sockets of the loopback interface.
 */
@Timeout(60)
class EncryptedMeshTests {

	private static final EncryptionKey OLD = key(1);

	private static final EncryptionKey NEW = key(2);

	private static final String HOST = "127.0.0.1";

	private final List<Membership> nodes = new ArrayList<>();

	private final List<MembershipEvent> statusChanges = new CopyOnWriteArrayList<>();

	private final List<DropReason> dropped = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.nodes.forEach(Membership::close);
	}

	@Test
	void aKeyIsRotatedInThreeSteps() {
		mesh(3, Encryption.of(MembershipCipher.AES_256_GCM, OLD));
		change((encryption) -> encryption.install(NEW));
		await(() -> allTell(OLD, NEW));
		change((encryption) -> encryption.use(NEW.fingerprint()));
		await(() -> allTell(NEW, OLD));
		change((encryption) -> encryption.remove(OLD.fingerprint()));
		await(() -> allTell(NEW));
		assertThat(this.nodes).allMatch((node) -> node.encryptionKey().orElseThrow().equals(NEW));
		assertThat(this.statusChanges).isEmpty();
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void aCipherIsReplacedInThreeSteps() {
		Encryption cbc = Encryption.of(MembershipCipher.AES_256_CBC, OLD);
		mesh(3, cbc);
		change((encryption) -> encryption.accepting(Set.of(MembershipCipher.AES_256_GCM)));
		await(() -> allTell(OLD));
		change((encryption) -> encryption.withCipher(MembershipCipher.AES_256_GCM)
			.accepting(Set.of(MembershipCipher.AES_256_CBC)));
		change((encryption) -> encryption.withCipher(MembershipCipher.AES_256_GCM));
		assertThat(this.nodes.get(0).probeUri(this.nodes.get(1).myself().uri()).join())
			.isInstanceOf(ProbeResult.Alive.class);
		assertThat(this.statusChanges).isEmpty();
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void aSeedMayBeNamedOtherwiseThanItIsAdvertised() {
		Membership seed = start(builder(Encryption.of(MembershipCipher.AES_256_GCM, OLD)));
		MemberUri alias = MemberUri.of("localhost", seed.myself().uri().port());
		Membership other = start(builder(Encryption.of(MembershipCipher.AES_256_GCM, OLD)).seeds(alias));
		await(() -> sees(other, seed) && sees(seed, other));
	}

	@Test
	void aMemberOfAnotherMeshStaysOut() {
		Encryption encryption = Encryption.of(MembershipCipher.AES_256_GCM, OLD);
		Membership one = start(builder(encryption).clusterName("one"));
		Membership other = start(builder(encryption).clusterName("other").seeds(one.myself().uri()));
		await(() -> this.dropped.contains(DropReason.OTHER_CLUSTER));
		assertThat(one.probeUri(other.myself().uri()).join()).isEqualTo(new ProbeResult.NoResponse());
		assertThat(List.of(one.members().size(), other.members().size())).containsExactly(1, 1);
	}

	@Test
	void aNodeThatMovesIsHeardUnderItsNewName() {
		mesh(2, Encryption.of(MembershipCipher.AES_256_GCM, OLD));
		Membership moving = this.nodes.get(1);
		moving.reinit("localhost", moving.myself().uri().port());
		await(() -> sees(this.nodes.get(0), moving));
		assertThat(this.nodes.get(0).probeUri(moving.myself().uri()).join()).isInstanceOf(ProbeResult.Alive.class);
	}

	private void mesh(int size, Encryption encryption) {
		for (int i = 0; i < size; i++) {
			MembershipBuilder builder = builder(encryption);
			this.nodes.stream().findFirst().ifPresent((first) -> builder.seeds(first.myself().uri()));
			start(builder);
		}
		await(() -> this.nodes.stream().allMatch((node) -> this.nodes.stream().allMatch((other) -> sees(node, other))));
		this.nodes.forEach((node) -> node.subscribe((event) -> {
			if (event instanceof MemberStatusChangedEvent) {
				this.statusChanges.add(event);
			}
		}));
	}

	private MembershipBuilder builder(Encryption encryption) {
		return Membership.builder()
			.advertise(HOST, 0)
			.bindAddress(HOST)
			.encryption(encryption)
			.observer(new MembershipObserver() {

				@Override
				public void dropped(DropReason reason) {
					EncryptedMeshTests.this.dropped.add(reason);
				}

			});
	}

	private Membership start(MembershipBuilder builder) {
		Membership node = builder.start();
		this.nodes.add(node);
		return node;
	}

	private void change(UnaryOperator<Encryption> change) {
		for (Membership node : this.nodes) {
			node.setEncryption(change.apply(node.encryption()));
		}
	}

	private boolean allTell(EncryptionKey... keys) {
		List<String> fingerprints = List.of(keys).stream().map(EncryptionKey::fingerprint).toList();
		return this.nodes.stream()
			.allMatch((node) -> node.keyFingerprints().size() == this.nodes.size()
					&& node.keyFingerprints().values().stream().allMatch(fingerprints::equals));
	}

	private static boolean sees(Membership node, Membership other) {
		return node.member(other.myself().uri()).filter((member) -> member.status() == MemberStatus.ALIVE).isPresent();
	}

	private static EncryptionKey key(int number) {
		byte[] bytes = new byte[EncryptionKey.LENGTH];
		IntStream.range(0, bytes.length).forEach((i) -> bytes[i] = (byte) (number * i));
		return EncryptionKey.ofBytes(bytes);
	}

	private static void await(BooleanSupplier condition) {
		long begin = System.nanoTime();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(30).toNanos());
			Thread.onSpinWait();
		}
	}

}
