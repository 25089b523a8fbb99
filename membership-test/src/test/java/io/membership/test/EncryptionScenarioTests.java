package io.membership.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import io.membership.DropReason;
import io.membership.Encryption;
import io.membership.EncryptionKey;
import io.membership.MemberStatusChangedEvent;
import io.membership.MembershipCipher;
import io.membership.MembershipEvent;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.test.Conditions.allSeeAll;
import static io.membership.test.Conditions.both;
import static io.membership.test.Conditions.viewsAreEqual;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys and ciphers change under load, one member after the other, and nobody is lost.
 */
class EncryptionScenarioTests {

	private static final int SIZE = 20;

	private static final EncryptionKey OLD = key(1);

	private static final EncryptionKey NEW = key(2);

	private final List<MembershipEvent> statusChanges = new ArrayList<>();

	@ParameterizedTest
	@CsvSource({ "aes-256-gcm, 1", "aes-256-gcm, 2", "aes-256-gcm, 3", "aes-256-cbc, 4" })
	void aKeyIsRotated(String cipher, long seed) {
		Encryption before = Encryption.of(cipher(cipher), OLD);
		SimulatedMesh mesh = busyMesh(before, seed);
		oneByOne(mesh, (encryption) -> encryption.install(NEW), before);
		oneByOne(mesh, (encryption) -> encryption.use(NEW.fingerprint()), before.install(NEW));
		Encryption both = before.install(NEW).use(NEW.fingerprint());
		oneByOne(mesh, (encryption) -> encryption.remove(OLD.fingerprint()), both);
		nobodyWasLost(mesh);
	}

	@ParameterizedTest
	@CsvSource({ "none, aes-256-gcm", "none, aes-256-cbc", "aes-256-cbc, aes-256-gcm", "aes-256-gcm, aes-256-cbc" })
	void aCipherIsReplaced(String from, String to) {
		Encryption before = Encryption.of(cipher(from), OLD);
		SimulatedMesh mesh = busyMesh(before, 5);
		Encryption acceptingNew = before.accepting(Set.of(cipher(to)));
		oneByOne(mesh, (encryption) -> acceptingNew, before);
		Encryption acceptingOld = before.withCipher(cipher(to)).accepting(Set.of(cipher(from)));
		oneByOne(mesh, (encryption) -> acceptingOld, acceptingNew);
		oneByOne(mesh, (encryption) -> before.withCipher(cipher(to)), acceptingOld);
		nobodyWasLost(mesh);
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "aes-256-gcm" })
	void meshesOfDifferentNamesStayApart(String cipher) {
		SimulatedMesh mesh = twoMeshes(Encryption.of(cipher(cipher), OLD), MembershipOptions.DEFAULTS);
		mesh.run(Duration.ofMinutes(2));
		for (int member = 1; member <= SIZE; member++) {
			assertThat(mesh.views().known(member)).as("%d in %s", member, mesh).isEqualTo(SIZE / 2);
			assertThat(mesh.views().alive(member)).as("%d in %s", member, mesh).isEqualTo(SIZE / 2);
		}
		assertThat(mesh.traffic().dropped().get(DropReason.OTHER_CLUSTER)).isPositive();
	}

	/** Without extensions nobody says which mesh it is of. */
	@Test
	void plainMeshesOfReferenceNodesMergeWhateverTheirNames() {
		SimulatedMesh mesh = twoMeshes(Encryption.NONE, MembershipOptions.REFERENCE);
		mesh.runUntil(allSeeAll()).within(Duration.ofMinutes(2));
	}

	private SimulatedMesh twoMeshes(Encryption encryption, MembershipOptions options) {
		SimulatedMeshBuilder builder = SimulatedMesh.builder()
			.size(SIZE)
			.seed(6)
			.encryption(encryption)
			.options(options);
		IntStream.rangeClosed(SIZE / 2 + 1, SIZE).forEach((member) -> builder.clusterName(member, "other"));
		SimulatedMesh mesh = builder.build();
		for (int member = 1; member <= SIZE; member++) {
			mesh.start(member, 1, SIZE);
		}
		return mesh;
	}

	/** Members that change their payloads all the time. */
	private SimulatedMesh busyMesh(Encryption encryption, long seed) {
		SimulatedMesh mesh = SimulatedMesh.builder().size(SIZE).seed(seed).encryption(encryption).build();
		mesh.startJoined().run(Duration.ofSeconds(5));
		mesh.listen((observer, event) -> {
			if (event instanceof MemberStatusChangedEvent) {
				this.statusChanges.add(event);
			}
		});
		SplittableRandom random = new SplittableRandom(seed);
		for (int millis = 0; millis < 60_000; millis += 100) {
			int changing = random.nextInt(1, SIZE + 1);
			int value = millis;
			mesh.after(Duration.ofMillis(millis), (now) -> now.setPayload(changing, "load", value));
		}
		return mesh;
	}

	private static void oneByOne(SimulatedMesh mesh, UnaryOperator<Encryption> change, Encryption before) {
		for (int member = 1; member <= SIZE; member++) {
			mesh.setEncryption(member, change.apply(before)).run(Duration.ofMillis(700));
		}
	}

	private void nobodyWasLost(SimulatedMesh mesh) {
		mesh.run(Duration.ofSeconds(30));
		mesh.runUntil(both(allSeeAll(), viewsAreEqual())).within(Duration.ofSeconds(30));
		assertThat(this.statusChanges).as(mesh.toString()).isEmpty();
		assertThat(mesh.traffic().dropped().values()).as("%s", mesh.traffic()).containsOnly(0L);
	}

	private static MembershipCipher cipher(String name) {
		return MembershipCipher.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
	}

	private static EncryptionKey key(int number) {
		byte[] bytes = new byte[EncryptionKey.LENGTH];
		bytes[0] = (byte) number;
		return EncryptionKey.ofBytes(bytes);
	}

}
