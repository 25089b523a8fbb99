package io.membership.wire;

import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.swim.Message;
import io.membership.swim.Payload;
import io.membership.swim.ProbeData;
import io.membership.swim.Rumor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.membership.wire.Datagrams.encode;
import static io.membership.wire.Datagrams.hex;
import static io.membership.wire.Datagrams.pack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How messages look on the wire, beyond what the golden vectors show.
 */
class MessageEncodingTests {

	private static final MemberUri A = MemberUri.parse("a:1");

	private static final String A_HEX = "a3613a31";

	private static final MemberUri B = MemberUri.parse("b:2");

	private static final String B_HEX = "a3623a32";

	private static final String PING = "94" + A_HEX + "a450494e47";

	private static final String ACK = "94" + A_HEX + "a341434b";

	private static final Rumor ALIVE = new Rumor(B, MemberStatus.ALIVE, 3, null, 2);

	private final DatagramCodec codec = new DatagramCodec(Sealing.none());

	@Test
	void aPingHasTargetTimeAndSource() {
		Message ping = new Message.Ping(A, new ProbeData(A, B, 5, ProbeData.UNKNOWN, Map.of()), List.of());

		assertEncoded(ping, PING + "83 a3647374" + B_HEX + "a27473 cf0000000000000005 a3737263" + A_HEX + "90");
	}

	@Test
	void anAckHasAnswerTimeTargetSourceAndTime() {
		Message ack = new Message.Ack(A, new ProbeData(B, A, 5, 6, Map.of()), List.of());

		assertEncoded(ack, ACK + "84 a3617473 cf0000000000000006 a3647374" + A_HEX + "a3737263" + B_HEX
				+ "a27473 cf0000000000000005 90");
	}

	@Test
	void whatIsNotUnderstoodFollows() {
		Map<Object, Object> extra = new LinkedHashMap<>();
		extra.put("x", Collections.singletonMap("y", null));
		extra.put(1L, 1.5f);
		Message ping = new Message.Ping(A, new ProbeData(null, B, ProbeData.UNKNOWN, 6, extra), List.of());

		assertEncoded(ping,
				PING + "84 a3647374" + B_HEX + "a3617473 cf0000000000000006 a178 81a179c0 01 ca3fc00000 90");
	}

	@Test
	void dataMayBeEmpty() {
		ProbeData nothing = new ProbeData(null, null, ProbeData.UNKNOWN, ProbeData.UNKNOWN, Map.of());

		assertEncoded(new Message.Ping(A, nothing, List.of()), PING + "80 90");
		assertEncoded(new Message.Ack(A, nothing, List.of()), ACK + "80 90");
	}

	@Test
	void aSyncHasEntriesOfFour() {
		Rumor own = new Rumor(A, MemberStatus.LEFT, 300, EncodedPayload.EMPTY, 2);

		assertEncoded(new Message.SyncRequest(A, List.of(ALIVE, own), List.of()),
				"94" + A_HEX + "a853594e435f524551 92 94" + B_HEX + "0103c0 94" + A_HEX + "05cd012c90 90");
		assertEncoded(new Message.SyncAck(A, List.of(), List.of(ALIVE)),
				"94" + A_HEX + "a853594e435f41434b 90 91 95" + B_HEX + "0103c002");
	}

	@Test
	void aLeaveHasNoData() {
		assertEncoded(new Message.Leave(A, List.of(ALIVE)),
				"94" + A_HEX + "a54c45415645 c0 91 95" + B_HEX + "0103c002");
	}

	@ParameterizedTest
	@CsvSource({ "0, 00", "-0.0, 00", "1, 01", "-1, ff", "129, cc81", "-6, fa", "1.5, cb3ff8000000000000",
			"-Infinity, cbfff0000000000000", "Infinity, cb7ff0000000000000", "1e300, cb7e37e43c8800759c",
			"9.2e18, cf7facf7419d980000", "9.223372036854775807e18, cb43e0000000000000",
			"-9.223372036854775808e18, d38000000000000000" })
	void aTimeToLiveIsAnIntegerIfItCanBe(double timeToLive, String encoded) {
		Rumor rumor = new Rumor(B, MemberStatus.ALIVE, 3, null, timeToLive);

		assertEncoded(new Message.Leave(A, List.of(rumor)),
				"94" + A_HEX + "a54c45415645 c0 91 95" + B_HEX + "0103c0" + encoded);
	}

	@Test
	void sizesAddUp() {
		Message message = new Message.SyncAck(A, Collections.nCopies(20, ALIVE), Collections.nCopies(3, ALIVE));

		assertThat(this.codec.sizeOf(message)).isEqualTo(encode(message).length)
			.isEqualTo(1 + 4 + 9 + this.codec.sizeOfArrayHeader(20) + 20 * this.codec.sizeOfEntry(ALIVE)
					+ this.codec.sizeOfArrayHeader(3) + 3 * this.codec.sizeOfEvent(ALIVE));
	}

	@ParameterizedTest
	@CsvSource({ "0, 1", "15, 1", "16, 3", "255, 3", "256, 3", "65535, 3", "65536, 5" })
	void anArrayHeaderGrowsWithTheArray(int elements, int size) {
		assertThat(this.codec.sizeOfArrayHeader(elements)).isEqualTo(size);
	}

	@Test
	void theCapacityIsThatOfTheSealing() {
		assertThat(this.codec.capacity(1472)).isEqualTo(1472);
	}

	@Test
	void aMessageNeedsASender() {
		Message message = new Message.Leave(null, List.of());

		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encode(message));
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.sizeOf(message));
	}

	@Test
	void aMessageNeedsAType() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encode(new Message.Unknown(A, List.of())));
	}

	@Test
	void aFailureDoesNotSpoilTheNextMessage() {
		Message good = new Message.Leave(A, List.of(ALIVE));
		byte[] encoded = this.codec.encode(good);
		Message bad = new Message.Leave(A, List.of(ALIVE, new Rumor(B, MemberStatus.ALIVE, 1, new OtherPayload(), 0)));

		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encode(bad));

		assertThat(this.codec.encode(good)).isEqualTo(encoded);
	}

	private void assertEncoded(Message message, String hex) {
		HexFormat format = HexFormat.of();
		assertThat(format.formatHex(this.codec.encode(message))).isEqualTo(format.formatHex(pack(hex(hex))));
		assertThat(this.codec.sizeOf(message)).isEqualTo(this.codec.encode(message).length);
	}

	private static final class OtherPayload implements Payload {

		@Override
		public Map<String, Object> toMap() {
			return Map.of();
		}

		@Override
		public long canonicalHash() {
			return 1;
		}

		@Override
		public Payload with(Map<String, ? extends @Nullable Object> changes) {
			return this;
		}

	}

}
