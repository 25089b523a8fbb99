package io.membership.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.swim.Rumor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.wire.Datagrams.array;
import static io.membership.wire.Datagrams.bin;
import static io.membership.wire.Datagrams.entry;
import static io.membership.wire.Datagrams.event;
import static io.membership.wire.Datagrams.hex;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an event and an entry of a SYNC message mean.
 */
class RumorDecodingTests {

	private static final MemberUri ALICE = MemberUri.parse("alice:1");

	@Test
	void anEventSaysFiveThings() {
		Rumor event = event(array("alice:1", 4, 9, Map.of("k", "v"), 3));

		assertThat(event.uri()).isEqualTo(ALICE);
		assertThat(event.status()).isEqualTo(MemberStatus.NON_DECRYPTABLE);
		assertThat(event.incarnation()).isEqualTo(9);
		assertThat(event.payload().toMap()).isEqualTo(Map.of("k", "v"));
		assertThat(event.timeToLive()).isEqualTo(3);
	}

	@Test
	void anEntrySaysFourThings() {
		assertThat(entry(array("alice:1", 2, 9, null))).isEqualTo(new Rumor(ALICE, MemberStatus.SUSPECT, 9, null, 0));
		assertThat(entry(array("alice:1", 2, 9))).isEqualTo(new Rumor(ALICE, MemberStatus.SUSPECT, 9, null, 0));
	}

	@Test
	void whatAnEventLeavesOutHasADefault() {
		Rumor dead = new Rumor(ALICE, MemberStatus.DEAD, 1, null, 0);

		assertThat(event(array("alice:1"))).isEqualTo(dead);
		assertThat(event(array("alice:1", 3))).isEqualTo(dead);
		assertThat(event(array("alice:1", 3, 1))).isEqualTo(dead);
		assertThat(event(array("alice:1", 3, 1, null))).isEqualTo(dead);
		assertThat(event(array("alice:1", null, null, null, null))).isEqualTo(dead);
	}

	@Test
	void elementsBehindTheLastAreIgnored() {
		assertThat(event(array("alice:1", 1, 2, null, 3, "six", array(7))))
			.isEqualTo(new Rumor(ALICE, MemberStatus.ALIVE, 2, null, 3));
		assertThat(entry(array("alice:1", 1, 2, null, 3, "six", array(7))))
			.isEqualTo(new Rumor(ALICE, MemberStatus.ALIVE, 2, null, 0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "alice", "alice:", ":1", "alice:0", "alice:65536", "alice:01", "alice: 1", "al ice:1",
			"http://alice:1", "user@alice:1", "::1", "alice:1/p", "\u00e4lice:1" })
	void aUriIsAHostAndAPort(String uri) {
		assertThat(event(array(uri, 1, 1))).isNull();
		assertThat(entry(array(uri, 1, 1))).isNull();
	}

	@Test
	void aUriIsAString() {
		for (Object uri : array(null, 1, true, array("alice:1"), hex("a2 ff31"))) {
			assertThat(event(array(uri, 1, 1))).isNull();
			assertThat(entry(array(uri, 1, 1))).isNull();
		}
		assertThat(event(array("[::1]:3301", 1, 1)).uri()).hasToString("[::1]:3301");
		assertThat(event(array(bin("alice:1"), 1, 1)).uri()).isEqualTo(ALICE);
	}

	@ParameterizedTest
	@CsvSource({ "1, ALIVE", "2, SUSPECT", "3, DEAD", "4, NON_DECRYPTABLE", "5, LEFT" })
	void aStatusIsANumberFromOneToFive(int code, MemberStatus status) {
		for (Object number : array(code, (double) code, (float) code, BigInteger.valueOf(code), "" + code, " " + code,
				code + ".0", code + "e0", bin("" + code), hex("cf 000000000000000" + code))) {
			assertThat(event(array("alice:1", number, 1)).status()).isEqualTo(status);
			assertThat(entry(array("alice:1", number, 1)).status()).isEqualTo(status);
		}
	}

	@Test
	void anotherNumberIsNoStatus() {
		for (Object number : array(0, 6, -1, 1.5, 2.0000001, Double.NaN, Double.POSITIVE_INFINITY, "0", "1.5", "6",
				Long.MAX_VALUE, BigInteger.TWO.pow(64).subtract(BigInteger.ONE))) {
			assertThat(event(array("alice:1", number, 1))).isNull();
			assertThat(entry(array("alice:1", number, 1))).isNull();
		}
	}

	@Test
	void aStatusThatIsNoNumberIsDeadInAnEventAndBadInAnEntry() {
		for (Object value : array(null, "", "alive", "1 2", "1LL", true, array(1), Map.of(), new BigDecimal("1"))) {
			assertThat(event(array("alice:1", value, 1)).status()).isEqualTo(MemberStatus.DEAD);
			assertThat(entry(array("alice:1", value, 1))).isNull();
		}
		assertThat(entry(array("alice:1"))).isNull();
	}

	@Test
	void anIncarnationIsAnIntegerThatADoubleHoldsExactly() {
		for (Object number : array(1, 1.0, "1", "+1", "0.1e1", 1f)) {
			assertThat(event(array("alice:1", 1, number)).incarnation()).isEqualTo(1);
			assertThat(entry(array("alice:1", 1, number)).incarnation()).isEqualTo(1);
		}
		for (Object number : array(Rumor.MAX_INCARNATION, (double) Rumor.MAX_INCARNATION, "9007199254740991")) {
			assertThat(event(array("alice:1", 1, number)).incarnation()).isEqualTo(Rumor.MAX_INCARNATION);
			assertThat(entry(array("alice:1", 1, number)).incarnation()).isEqualTo(Rumor.MAX_INCARNATION);
		}
	}

	@Test
	void anotherNumberIsNoIncarnation() {
		for (Object number : array(0, -1, 1.5, Rumor.MAX_INCARNATION + 1, Long.MAX_VALUE, Long.MIN_VALUE, 1e300,
				Double.NaN, Double.POSITIVE_INFINITY, BigInteger.TWO.pow(64).subtract(BigInteger.ONE), "0", "1.5",
				"9007199254740992")) {
			assertThat(event(array("alice:1", 1, number))).isNull();
			assertThat(entry(array("alice:1", 1, number))).isNull();
		}
	}

	@Test
	void anIncarnationThatIsNoNumberIsOneInAnEventAndBadInAnEntry() {
		for (Object value : array(null, "", "one", false, array(1))) {
			assertThat(event(array("alice:1", 1, value)).incarnation()).isEqualTo(1);
			assertThat(entry(array("alice:1", 1, value))).isNull();
		}
		assertThat(entry(array("alice:1", 1))).isNull();
	}

	@Test
	void aTimeToLiveIsAnyNumber() {
		for (double number : new double[] { 0, 1, -6, 1.5, 1e300, Double.NEGATIVE_INFINITY,
				Double.POSITIVE_INFINITY }) {
			assertThat(event(array("alice:1", 1, 1, null, number)).timeToLive()).isEqualTo(number);
		}
		assertThat(event(array("alice:1", 1, 1, null, "2.5")).timeToLive()).isEqualTo(2.5);
		assertThat(event(array("alice:1", 1, 1, null, -6)).timeToLive()).isEqualTo(-6);
	}

	@Test
	void aTimeToLiveThatIsNoNumberIsZero() {
		for (Object value : array(null, "", "x", Double.NaN, true, array(1))) {
			assertThat(event(array("alice:1", 1, 1, null, value)).timeToLive()).isZero();
		}
	}

	@Test
	void aPayloadIsATable() {
		for (Object payload : array(Map.of(), Map.of("k", 1), array(), array(1, 2))) {
			assertThat(event(array("alice:1", 1, 1, payload)).payload())
				.isEqualTo(new EncodedPayload(Datagrams.pack(payload)));
			assertThat(entry(array("alice:1", 1, 1, payload)).payload())
				.isEqualTo(new EncodedPayload(Datagrams.pack(payload)));
		}
	}

	@Test
	void whatIsNoTableIsNoPayload() {
		for (Object payload : array(null, 5, 1.5, "x", true, new byte[1], new BigDecimal("1.5"))) {
			assertThat(event(array("alice:1", 1, 1, payload)).payload()).isNull();
			assertThat(entry(array("alice:1", 1, 1, payload)).payload()).isNull();
		}
	}

	@Test
	void aPayloadKeepsItsBytes() {
		for (String bytes : List.of("80", "90", "de0000", "81 a161 cf0000000000000005", "82 a161 01 a161 02",
				"81 01 ca3fc00000", "82 a17a 01 a161 02", "81 a161 a2c328")) {
			Rumor event = event(array("alice:1", 1, 1, hex(bytes)));

			assertThat(event.payload()).isEqualTo(new EncodedPayload(Datagrams.pack(hex(bytes))));
		}
	}

}
