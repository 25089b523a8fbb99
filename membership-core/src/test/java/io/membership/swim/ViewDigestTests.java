package io.membership.swim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.wire.DatagramCodec;
import io.membership.wire.Decoded;
import io.membership.wire.Sealing;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.payload;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A view in one number, which is part of the wire format.
 */
class ViewDigestTests {

	private static final List<MemberStatus> STATUSES = List.of(MemberStatus.values());

	private static final HexFormat HEX = HexFormat.of();

	@Test
	void theVectorsOfUrisHold() throws IOException {
		assertThat(vectors("uri ")).hasSizeGreaterThan(3)
			.allSatisfy((vector) -> assertThat(HEX.toHexDigits(ViewDigest.hash(MemberUri.parse(vector[1]))))
				.isEqualTo(vector[2]));
	}

	@Test
	void theVectorsOfMembersHold() throws IOException {
		assertThat(vectors("member ")).hasSizeGreaterThan(9)
			.allSatisfy((vector) -> assertThat(HEX.toHexDigits(ViewDigest.contribution(member(vector))))
				.isEqualTo(vector[5]));
	}

	@Test
	void theOrderInWhichMembersComeDoesNotCount() {
		List<Rumor> members = List.of(alive(1), rumor(uri(2), MemberStatus.SUSPECT, 3), alive(4));
		ViewDigest one = new ViewDigest();
		members.forEach(one::add);
		ViewDigest other = new ViewDigest();
		IntStream.of(2, 0, 1).forEach((i) -> other.add(members.get(i)));
		assertThat(one.value()).isEqualTo(other.value()).isNotZero();
	}

	@Test
	void nobodyIsZero() {
		ViewDigest digest = new ViewDigest();
		assertThat(digest.value()).isZero();
		digest.add(alive(1));
		digest.remove(alive(1));
		assertThat(digest.value()).isZero();
	}

	@Test
	void theGoneDoNotCount() {
		ViewDigest digest = new ViewDigest();
		digest.add(rumor(uri(1), MemberStatus.DEAD, 1));
		digest.add(rumor(uri(2), MemberStatus.LEFT, 1));
		digest.add(rumor(uri(3), MemberStatus.NON_DECRYPTABLE, 1));
		assertThat(digest.value()).isZero();
	}

	@Test
	void whatRidesAlongDoesNotCount() {
		Rumor supplemented = alive(1).with(Supplement.ofSelf(7, 4711)).withTimeToLive(3);
		assertThat(ViewDigest.contribution(supplemented)).isEqualTo(ViewDigest.contribution(alive(1)));
	}

	@Test
	void aStoreKeepsItsDigestUpToDate() {
		long seed = 20;
		SplittableRandom random = new SplittableRandom(seed);
		MemberStore store = new MemberStore();
		for (int step = 0; step < 5000; step++) {
			MemberUri uri = uri(random.nextInt(40));
			int place = store.find(uri);
			Rumor member = rumor(uri, STATUSES.get(random.nextInt(STATUSES.size())), random.nextInt(1, 100),
					payload("k", random.nextInt(5)));
			if (place == UriIndex.ABSENT) {
				store.add(member);
			}
			else if (random.nextInt(4) == 0) {
				store.remove(place);
			}
			else {
				store.replace(place, member);
			}
			long sum = IntStream.range(0, store.size()).mapToObj(store::at).mapToLong(ViewDigest::contribution).sum();
			assertThat(store.digest()).as("step %d of seed %d", step, seed).isEqualTo(sum);
		}
	}

	private static List<String[]> vectors(String kind) throws IOException {
		return Files.readAllLines(Path.of("src", "test", "resources", "vectors", "view-digest.txt"))
			.stream()
			.filter((line) -> line.startsWith(kind))
			.map((line) -> line.split(" ", -1))
			.toList();
	}

	/** Reads a member from its vector, as from a datagram. */
	private static Rumor member(String[] vector) {
		MemberUri uri = MemberUri.parse(vector[1]);
		MemberStatus status = STATUSES.stream()
			.filter((each) -> String.valueOf(each.code()).equals(vector[2]))
			.findFirst()
			.orElseThrow();
		Rumor member = rumor(uri, status, Long.parseLong(vector[3]));
		return vector[4].equals("-") ? member
				: rumor(uri, status, member.incarnation(), decoded(HEX.parseHex(vector[4])));
	}

	/** Takes an event with a payload of one byte, and puts another in its place. */
	private static Payload decoded(byte[] payload) {
		DatagramCodec codec = new DatagramCodec(Sealing.none());
		byte[] with = codec
			.encode(new Message.Leave(uri(1), List.of(rumor(uri(1), MemberStatus.ALIVE, 1, codec.emptyPayload()))));
		byte[] datagram = new byte[with.length + payload.length - 1];
		int place = with.length - 2;
		System.arraycopy(with, 0, datagram, 0, place);
		System.arraycopy(payload, 0, datagram, place, payload.length);
		datagram[datagram.length - 1] = with[with.length - 1];
		Decoded.Understood understood = (Decoded.Understood) codec.decode(datagram, datagram.length);
		return understood.message().events().get(0).payload();
	}

}
