package io.membership.wire;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.IntStream;

import io.membership.MemberUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class UriCacheTests {

	private final UriCache uris = new UriCache();

	@Test
	void whatIsReadTwiceIsTheSameObject() {
		assertThat(of("127.0.0.1:3301")).isEqualTo(MemberUri.of("127.0.0.1", 3301)).isSameAs(of("127.0.0.1:3301"));
		assertThat(of("m1:3301")).isEqualTo(MemberUri.of("m1", 3301)).isSameAs(of("m1:3301"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "m1", "m1:0", "m1:\uFFFD", ":1", "m1:3301 " })
	void whatIsNoUriIsNone(String text) {
		of("m1:3301");
		assertThat(of(text)).isNull();
		assertThat(of(text)).isNull();
	}

	@Test
	void moreThanThereIsRoomForAreReadAllTheSame() {
		assertThat(IntStream.rangeClosed(1, 60_000)).allMatch((port) -> of("m:" + port).port() == port);
	}

	@Test
	void itGrowsUntilThereIsRoomForAllThatAreReadAgainAndAgain() {
		for (int round = 0; round < 100; round++) {
			IntStream.rangeClosed(1, 1000).forEach((port) -> of("10.0.0.1:" + port));
		}
		Set<MemberUri> kept = Collections.newSetFromMap(new IdentityHashMap<>());
		IntStream.rangeClosed(1, 1000).forEach((port) -> kept.add(of("10.0.0.1:" + port)));
		assertThat(IntStream.rangeClosed(1, 1000).filter((port) -> kept.contains(of("10.0.0.1:" + port))))
			.hasSizeGreaterThan(600);
	}

	@Test
	void whatItHoldsStaysWhenItGrows() {
		Set<MemberUri> first = Collections.newSetFromMap(new IdentityHashMap<>());
		IntStream.rangeClosed(1, 1000).forEach((port) -> first.add(of("10.0.0.1:" + port)));
		assertThat(IntStream.rangeClosed(1, 1000).filter((port) -> first.contains(of("10.0.0.1:" + port))))
			.hasSizeGreaterThan(400);
	}

	/** The hash of a text is the one of String: "Aa" and "BB" share it. */
	@Test
	void thoseThatShareAPlaceAreToldApart() {
		assertThat(of("Aa:1")).isNotEqualTo(of("BB:1"));
		assertThat(of("Aa:1")).hasToString("Aa:1");
	}

	/** Characters beyond ASCII are negative bytes. */
	@Test
	void bytesAreComparedAsTheyAre() {
		assertThat(this.uris.read(new Input(Datagrams.pack(new byte[] { (byte) 0xC3, (byte) 0xA4, ':', '1' }))))
			.isNull();
	}

	private MemberUri of(String text) {
		return this.uris.read(new Input(Datagrams.pack(text)));
	}

}
