package io.membership.net;

import java.util.List;

import io.membership.MemberUri;
import io.membership.Seed;
import io.membership.UnroutableAddressException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What an advertised host means.
 */
class SelfCheckTests {

	private final FakeMachine machine = new FakeMachine().with("lo", "127.0.0.1")
		.with("eth0", "10.0.0.5")
		.with("eth0", "fe80::5%1")
		.knows("localhost", "127.0.0.1")
		.knows("myhost", "127.0.1.1")
		.knows("mylan", "10.0.0.5")
		.knows("other", "10.0.0.6");

	private final SelfCheck check = new SelfCheck(this.machine);

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "[::1]", "0.0.0.0", "[::]", "[fe80::5]", "localhost", "LOCALHOST" })
	void whatLeadsOthersToThemselvesOrNowhereIsRefused(String host) {
		for (String seed : List.of("10.0.0.6:3301", "other:3301", "dns:///other", "[2001:db8::1]:3301")) {
			assertThatExceptionOfType(UnroutableAddressException.class).isThrownBy(() -> require(host, seed))
				.withMessageStartingWith("Others cannot reach this node at " + host + ", and the seed "
						+ Seed.parse(seed) + " is on another host");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.5", "203.0.113.7", "[2001:db8::5]", "[fe80::5%1]", "[fe80::5%nowhere]", "mylan",
			"myhost", "nowhere.invalid" })
	void whatOthersMayReachIsBelieved(String host) {
		assertThatNoException().isThrownBy(() -> require(host, "10.0.0.6:3301"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1:3302", "localhost:3302", "[::1]:3302", "dns:///localhost", "myhost:3302" })
	void aMeshOnLoopbackIsLegal(String seed) {
		assertThatNoException().isThrownBy(() -> require("127.0.0.1", seed));
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.5:3302", "mylan:3302", "dns:///mylan" })
	void soIsAMeshOfSeveralOnThisHost(String seed) {
		assertThatNoException().isThrownBy(() -> require("127.0.0.1", seed));
	}

	@ParameterizedTest
	@ValueSource(strings = { "nowhere.invalid:3301", "dns:///nowhere.invalid", "dns+srv:///_membership._udp.other" })
	void seedsThatDoNotResolveCountForNothing(String seed) {
		assertThatNoException().isThrownBy(() -> require("127.0.0.1", seed));
	}

	@Test
	void withoutSeedsAnythingIsLegal() {
		assertThatNoException()
			.isThrownBy(() -> this.check.requireReachable(MemberUri.of("127.0.0.1", 3301), List.of()));
	}

	@Test
	void oneSeedOnAnotherHostIsEnough() {
		assertThatExceptionOfType(UnroutableAddressException.class)
			.isThrownBy(() -> require("127.0.0.1", "127.0.0.1:3302", "10.0.0.6:3301"));
	}

	@Test
	void addressesAreThoseOfTheNameOrTheAddressItself() {
		assertThat(this.check.addresses("mylan")).containsExactly(FakeMachine.literal("10.0.0.5"));
		assertThat(this.check.addresses("[::1]")).containsExactly(FakeMachine.literal("::1"));
		assertThat(this.check.addresses("nowhere.invalid")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.5", "127.1.2.3", "::1", "0.0.0.0", "fe80::5" })
	void isOwn(String address) {
		assertThat(this.check.isOwn(FakeMachine.literal(address))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.6", "2001:db8::1" })
	void isNotOwn(String address) {
		assertThat(this.check.isOwn(FakeMachine.literal(address))).isFalse();
	}

	private void require(String host, String... seeds) {
		this.check.requireReachable(MemberUri.of(host, 3301), List.of(seeds).stream().map(Seed::parse).toList());
	}

}
