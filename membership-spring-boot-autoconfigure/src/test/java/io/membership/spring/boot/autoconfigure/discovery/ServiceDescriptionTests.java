package io.membership.spring.boot.autoconfigure.discovery;

import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.membership.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link ServiceDescription} and {@link DescriptionReader}.
 */
class ServiceDescriptionTests {

	private static final ServiceDescription FULL = new ServiceDescription("orders", "web1.example.com", 8443, true,
			9090, "/shop", "eu-1", "1.2.3", ServiceState.UP, Map.of("weight", "5", "hint", "blue"));

	private static final ServiceDescription LEAST = new ServiceDescription("orders", null, null, false, null, null,
			null, null, ServiceState.REFUSING_TRAFFIC, Map.of());

	@Test
	void everythingIsWrittenUnderAShortName() {
		assertThat(FULL.toPayload()).containsOnly(entry("s", "orders"), entry("a", 1), entry("h", "web1.example.com"),
				entry("p", 8443), entry("t", true), entry("m", 9090), entry("c", "/shop"), entry("z", "eu-1"),
				entry("v", "1.2.3"), entry("d", Map.of("weight", "5", "hint", "blue")));
	}

	@Test
	void whatIsAbsentIsNotWritten() {
		assertThat(LEAST.toPayload()).containsOnly(entry("s", "orders"), entry("a", 0));
	}

	@Test
	void whatIsWrittenCanBeRead() {
		assertThat(ServiceDescription.fromPayload(FULL.toPayload())).isEqualTo(FULL);
		assertThat(ServiceDescription.fromPayload(LEAST.toPayload())).isEqualTo(LEAST);
	}

	@Test
	void theLeastThatATarantoolNodeWritesIsReadyToBeCalled() {
		ServiceDescription description = read(Map.of("s", "storage", "p", 8081L));
		assertThat(description.port()).isEqualTo(8081);
		assertThat(description.state()).isEqualTo(ServiceState.UP);
		assertThat(description.isCallable()).isTrue();
		assertThat(description.secure()).isFalse();
		assertThat(description.metadata()).isEmpty();
	}

	@Test
	void luaNumbersAndEmptyTablesAreUnderstood() {
		ServiceDescription description = read(
				Map.of("s", "storage", "p", 8081.0, "m", BigInteger.valueOf(9090), "a", 1.0, "d", List.of(), "h", ""));
		assertThat(description.port()).isEqualTo(8081);
		assertThat(description.managementPort()).isEqualTo(9090);
		assertThat(description.isCallable()).isTrue();
		assertThat(description.host()).isNull();
		assertThat(description.metadata()).isEmpty();
	}

	@Test
	void metadataOfOtherTypesBecomeTextOrAreLeftOut() {
		Map<String, Object> metadata = new HashMap<>(
				Map.of("weight", 5L, "canary", true, "nested", Map.of("a", "b"), "bytes", Binary.of(new byte[1])));
		metadata.put("nothing", null);
		assertThat(read(Map.of("s", "storage", "d", metadata)).metadata()).containsOnly(entry("weight", "5"),
				entry("canary", "true"));
	}

	@Test
	void namesThatNobodyKnowsAreIgnored() {
		assertThat(read(Map.of("s", "orders", "p", 80, "future", List.of(1), "x", false)).isCallable()).isTrue();
	}

	@Test
	void isCallableOnlyWithAPortAndUp() {
		assertThat(read(Map.of("s", "orders", "a", 1)).isCallable()).isFalse();
		assertThat(read(Map.of("s", "orders", "p", 80, "a", 0)).isCallable()).isFalse();
		assertThat(read(Map.of("s", "orders", "p", 80, "a", 2)).isCallable()).isFalse();
		assertThat(read(Map.of("s", "orders", "p", 80, "a", 1)).isCallable()).isTrue();
	}

	@Test
	void ipv6AddressesGetBrackets() {
		assertThat(read(Map.of("s", "orders", "h", "2001:db8::1")).host()).isEqualTo("[2001:db8::1]");
	}

	@ParameterizedTest
	@MethodSource
	void whatIsNoMapIsNoDescription(Object value) {
		assertThat(ServiceDescription.fromPayload(value)).isNull();
	}

	static Stream<Object> whatIsNoMapIsNoDescription() {
		return Stream.of("orders", 1L, true, List.of("orders"), Binary.of(new byte[3]), Map.of(), Map.of(1L, "orders"),
				Map.of("p", 80));
	}

	@Test
	void nothingIsNoDescription() {
		assertThat(ServiceDescription.fromPayload(null)).isNull();
		assertThat(ServiceDescription.fromPayload(Collections.singletonMap(null, null))).isNull();
		assertThat(ServiceDescription.fromPayload(Collections.singletonMap("s", null))).isNull();
	}

	@ParameterizedTest
	@MethodSource
	void aWrongValueMakesTheWholeNoDescription(String key, Object value) {
		Map<Object, Object> map = new HashMap<>(FULL.toPayload());
		map.put(key, value);
		assertThat(ServiceDescription.fromPayload(map)).isNull();
	}

	static Stream<Object[]> aWrongValueMakesTheWholeNoDescription() {
		return Stream.of(new Object[][] { { "s", "" }, { "s", " " }, { "s", 5L }, { "s", "a\nb" },
				{ "h", "evil.example.com/path" }, { "h", "user@host" }, { "h", "host:80" }, { "h", "a b" },
				{ "h", List.of() }, { "p", 0L }, { "p", -1L }, { "p", 65536L }, { "p", 80.5 }, { "p", "80" },
				{ "p", Double.NaN }, { "p", 4294967376L }, { "p", BigInteger.TWO.pow(64) }, { "t", "yes" }, { "t", 1L },
				{ "m", "none" }, { "c", 7L }, { "c", "\u0000" }, { "z", Map.of() }, { "v", 1.5 }, { "a", 3L },
				{ "a", -1L }, { "a", 0.5 }, { "a", true }, { "a", "UP" }, { "a", 4294967297L }, { "d", "text" },
				{ "d", List.of("a") } });
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2 })
	void theStateAlwaysTakesTheSameRoom(int code) {
		assertThat(ServiceState.ofCode(code)).isNotNull().extracting(ServiceState::code).isEqualTo(code);
	}

	private static ServiceDescription read(Map<?, ?> payload) {
		ServiceDescription description = ServiceDescription.fromPayload(payload);
		assertThat(description).isNotNull();
		return description;
	}

}
