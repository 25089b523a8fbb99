package io.membership.spring.boot.actuate.endpoint;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.membership.Binary;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Makes payloads presentable: secrets are hidden at any depth, and values have a sensible
 * form in JSON.
 */
final class PayloadSanitizer {

	private final Sanitizer sanitizer;

	PayloadSanitizer(Iterable<SanitizingFunction> functions) {
		this.sanitizer = new Sanitizer(functions);
	}

	Map<String, @Nullable Object> sanitize(Map<String, @Nullable Object> payload, boolean showUnsanitized) {
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		payload.forEach((key, value) -> result.put(key, sanitize(key, value, showUnsanitized)));
		return result;
	}

	private @Nullable Object sanitize(String path, @Nullable Object value, boolean showUnsanitized) {
		if (value instanceof Map<?, ?> map) {
			return isHidden(path, map) ? SanitizableData.SANITIZED_VALUE : sanitizeMap(path, map, showUnsanitized);
		}
		if (value instanceof Collection<?> list) {
			return isHidden(path, list) ? SanitizableData.SANITIZED_VALUE : sanitizeList(path, list, showUnsanitized);
		}
		return this.sanitizer.sanitize(new SanitizableData(null, path, presentable(value)), showUnsanitized);
	}

	/** Tells whether a function hides the whole of a map or list, whatever is in it. */
	private boolean isHidden(String path, Object container) {
		return !Objects.equals(container, this.sanitizer.sanitize(new SanitizableData(null, path, container), true));
	}

	private Map<String, @Nullable Object> sanitizeMap(String path, Map<?, ?> map, boolean showUnsanitized) {
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		map.forEach((key, value) -> {
			String name = String.valueOf(presentable(key));
			result.put(name, sanitize(path + "." + name, value, showUnsanitized));
		});
		return result;
	}

	private List<@Nullable Object> sanitizeList(String path, Collection<?> list, boolean showUnsanitized) {
		List<@Nullable Object> result = new ArrayList<>(list.size());
		for (Object element : list) {
			result.add(sanitize(path + "[" + result.size() + "]", element, showUnsanitized));
		}
		return result;
	}

	private static @Nullable Object presentable(@Nullable Object value) {
		if (value == null || value instanceof Number || value instanceof Boolean) {
			return value;
		}
		if (value instanceof Binary binary) {
			return Base64.getEncoder().encodeToString(binary.toByteArray());
		}
		return value.toString();
	}

}
