package io.membership.spring.boot.actuate.endpoint;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.membership.Binary;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PayloadSanitizer}.
 */
class PayloadSanitizerTests {

	private static final String HIDDEN = "******";

	@Test
	void whenNotShownHidesEveryValueAndKeepsTheStructure() {
		PayloadSanitizer sanitizer = new PayloadSanitizer(List.of());
		Map<String, Object> payload = Map.of("zone", "a", "db", Map.of("port", 5432L, "password", "secret"), "tags",
				List.of("x", List.of("y")));
		assertThat(sanitizer.sanitize(payload, false)).isEqualTo(Map.of("zone", HIDDEN, "db",
				Map.of("port", HIDDEN, "password", HIDDEN), "tags", List.of(HIDDEN, List.of(HIDDEN))));
	}

	@Test
	void whenShownFunctionsHideAtAnyDepth() {
		PayloadSanitizer sanitizer = new PayloadSanitizer(
				List.of(SanitizingFunction.sanitizeValue().ifKeyEndsWith("password")));
		Map<String, Object> payload = Map.of("password", "secret", "db", Map.of("port", 5432L, "password", "secret"),
				"nodes", List.of(Map.of("deep", Map.of("password", "secret"))));
		assertThat(sanitizer.sanitize(payload, true))
			.isEqualTo(Map.of("password", HIDDEN, "db", Map.of("port", 5432L, "password", HIDDEN), "nodes",
					List.of(Map.of("deep", Map.of("password", HIDDEN)))));
	}

	@Test
	void whenAFunctionHidesAKeyHidesWhateverIsUnderIt() {
		PayloadSanitizer sanitizer = new PayloadSanitizer(
				List.of(SanitizingFunction.sanitizeValue().ifKeyEquals("credentials", "keys")));
		Map<String, Object> payload = Map.of("credentials", Map.of("user", "me", "pin", 1234L), "keys",
				List.of("one", "two"));
		assertThat(sanitizer.sanitize(payload, true)).isEqualTo(Map.of("credentials", HIDDEN, "keys", HIDDEN));
	}

	@Test
	void whenShownValuesHaveAFormForJson() {
		UUID uuid = new UUID(1, 2);
		BigInteger large = new BigInteger("18446744073709551615");
		Map<String, Object> payload = new HashMap<>(Map.of("text", "a", "long", 1L, "large", large, "double", 1.5,
				"binary", Binary.of(new byte[] { 1, 2, -1 }), "uuid", uuid, "decimal", new BigDecimal("1.10"), "flag",
				true, "list", Arrays.asList(1L, null)));
		payload.put("nothing", null);
		Map<String, Object> expected = new HashMap<>(payload);
		expected.put("binary", "AQL/");
		expected.put("uuid", uuid.toString());
		assertThat(new PayloadSanitizer(List.of()).sanitize(payload, true)).isEqualTo(expected);
	}

}
