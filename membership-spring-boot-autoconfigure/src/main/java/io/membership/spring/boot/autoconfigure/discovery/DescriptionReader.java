package io.membership.spring.boot.autoconfigure.discovery;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link ServiceDescription} from a map that a stranger may have written. Names
 * that are not asked for are ignored; a value of another type, or out of range, makes the
 * whole unsound: half a description would have somebody call the wrong port.
 */
final class DescriptionReader {

	private final Map<?, ?> map;

	private boolean sound = true;

	DescriptionReader(Map<?, ?> map) {
		this.map = map;
	}

	/** Tells whether all that was read so far made sense. */
	boolean isSound() {
		return this.sound;
	}

	String required(String key) {
		String text = text(key);
		this.sound &= text != null;
		return (text != null) ? text : "";
	}

	/** Reads a text; an empty one says nothing. */
	@Nullable String text(String key) {
		Object value = this.map.get(key);
		if (value == null || "".equals(value)) {
			return null;
		}
		if (value instanceof String text && isPrintable(text)) {
			return text;
		}
		this.sound = false;
		return null;
	}

	/** What strangers wrote is shown to people, who must not be misled by it. */
	static boolean isPrintable(String text) {
		return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
	}

	/** Reads a host, which is to stand in a URL. */
	@Nullable String host(String key) {
		String text = text(key);
		if (text == null) {
			return null;
		}
		try {
			return MemberUri.of(text, 0).host();
		}
		catch (IllegalArgumentException ex) {
			this.sound = false;
			return null;
		}
	}

	@Nullable Integer port(String key) {
		Object value = this.map.get(key);
		if (value == null) {
			return null;
		}
		int port = (value instanceof Number number) ? number.intValue() : 0;
		if (port < 1 || port > MemberUri.MAX_PORT || !isExactly(value, port)) {
			this.sound = false;
			return null;
		}
		return port;
	}

	/** Lua has one type for all numbers, so a whole one may come as a double. */
	private static boolean isExactly(Object value, int expected) {
		return value instanceof Number number && number.doubleValue() == expected;
	}

	boolean flag(String key) {
		Object value = this.map.get(key);
		this.sound &= value == null || value instanceof Boolean;
		return Boolean.TRUE.equals(value);
	}

	/** Reads a state. Who does not know about states wants to be called. */
	ServiceState state(String key) {
		Object value = this.map.get(key);
		if (value == null) {
			return ServiceState.UP;
		}
		ServiceState state = (value instanceof Number number) ? ServiceState.ofCode(number.longValue()) : null;
		this.sound &= state != null && isExactly(value, state.code());
		return (state != null) ? state : ServiceState.REFUSING_TRAFFIC;
	}

	/**
	 * Reads texts by name. Numbers and booleans are taken as text, other values are left
	 * out. What Lua makes of an empty table is an empty list.
	 */
	Map<String, String> texts(String key) {
		Map<String, String> texts = new TreeMap<>();
		Object value = this.map.get(key);
		if (value instanceof Map<?, ?> entries) {
			entries.forEach((name, entry) -> {
				if (isScalar(entry) && isPrintable(String.valueOf(name))) {
					texts.put(String.valueOf(name), String.valueOf(entry));
				}
			});
		}
		else {
			this.sound &= value == null || (value instanceof Collection<?> list && list.isEmpty());
		}
		return texts;
	}

	private static boolean isScalar(@Nullable Object value) {
		return value instanceof String || value instanceof Number || value instanceof Boolean;
	}

}
