package io.membership.spring.boot.autoconfigure.dashboard;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Json}.
 */
class JsonTests {

	@Test
	void writesObjectsArraysAndValues() {
		Json json = new Json();
		json.object(() -> {
			json.field("text", "a");
			json.field("none", (String) null);
			json.field("number", 1.5);
			json.array("list", () -> {
				json.value("b");
				json.object(() -> json.field("c", 1L));
			});
			json.array("empty", () -> {
			});
			json.object("inner", () -> json.field("d", (Number) null));
		});
		assertThat(json).hasToString(
				"{\"text\":\"a\",\"none\":null,\"number\":1.5,\"list\":[\"b\",{\"c\":1}],\"empty\":[],\"inner\":{\"d\":null}}");
	}

	@Test
	void whateverIsInATextStaysInIt() {
		String hostile = "</script><img src=x onerror=alert(1)>\"\\\n\r\u2028\u0000\ud800&{[,:ü\ud83d\ude00";
		Json json = new Json();
		String written = json.object(() -> json.field("text", hostile).field("after", "{")).toString();
		assertThat(written).matches("[\\x20-\\x7e]*").doesNotContain("<", ">", "&", "\n");
		JsonNode read = new JsonMapper().readTree(written);
		assertThat(read.get("text").asString()).isEqualTo(hostile);
		assertThat(read.get("after").asString()).isEqualTo("{");
	}

}
