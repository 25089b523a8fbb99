package io.membership.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.membership.Binary;
import tools.jackson.databind.JsonNode;

/**
 * The values of the golden vectors, from the notation that the file explains, as an
 * application sees them.
 */
final class VectorValues {

	private VectorValues() {
	}

	static Object value(JsonNode json) {
		if (json.isNull()) {
			return null;
		}
		if (json.isBoolean()) {
			return json.asBoolean();
		}
		if (json.isIntegralNumber()) {
			BigInteger value = json.asBigInteger();
			return (value.bitLength() < Long.SIZE) ? (Object) value.longValue() : value;
		}
		if (json.isNumber()) {
			return json.asDouble();
		}
		if (json.isString()) {
			return json.asString();
		}
		if (json.isArray()) {
			List<Object> list = new ArrayList<>();
			json.forEach((element) -> list.add(value(element)));
			return list;
		}
		return object(json);
	}

	/** Returns a payload as the map of its entries, or null for what is none. */
	static Map<String, Object> payload(JsonNode json) {
		Map<String, Object> payload = new LinkedHashMap<>();
		if (json.isArray()) {
			json.forEach((element) -> payload.put(String.valueOf(payload.size() + 1), value(element)));
			return payload;
		}
		if (value(json) instanceof Map<?, ?> map) {
			map.forEach((key, value) -> payload.put(String.valueOf(key), value));
			return payload;
		}
		return null;
	}

	static double number(JsonNode json) {
		return ((Number) value(json)).doubleValue();
	}

	private static Object object(JsonNode json) {
		if (json.has("$double")) {
			return switch (json.get("$double").asString()) {
				case "inf" -> Double.POSITIVE_INFINITY;
				case "-inf" -> Double.NEGATIVE_INFINITY;
				default -> Double.NaN;
			};
		}
		if (json.has("$bin")) {
			return Binary.of(HexFormat.of().parseHex(json.get("$bin").asString()));
		}
		if (json.has("$bytes")) {
			return Binary.of(HexFormat.of().parseHex(json.get("$bytes").asString()));
		}
		if (json.has("$ext")) {
			return extension(json.get("$ext").get(0).asInt(), json.get("$ext").get(1).asString());
		}
		Map<Object, Object> map = new LinkedHashMap<>();
		if (json.has("$map")) {
			json.get("$map").forEach((entry) -> map.put(value(entry.get(0)), value(entry.get(1))));
		}
		else {
			json.properties().forEach((entry) -> map.put(entry.getKey(), value(entry.getValue())));
		}
		return map;
	}

	/** Returns a UUID, or a decimal with a scale below 128. */
	private static Object extension(int type, String hex) {
		if (type == Extensions.UUID) {
			return UUID.fromString(hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
		}
		String sign = hex.endsWith("d") ? "-" : "";
		return new BigDecimal(new BigInteger(sign + hex.substring(2, hex.length() - 1)),
				Integer.parseInt(hex.substring(0, 2), 16));
	}

}
