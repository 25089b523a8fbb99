package io.membership.wire;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.membership.Binary;
import io.membership.MemberUri;
import io.membership.swim.ProbeData;
import org.jspecify.annotations.Nullable;
import org.msgpack.value.ValueType;

/**
 * Reads the data of a PING or an ACK. Whoever answers or forwards it must return it
 * untouched, so only entries with the values that the protocol expects become typed; all
 * others are kept as they are.
 */
final class ProbeDataReader {

	static final String SOURCE = "src";

	static final String TARGET = "dst";

	static final String SENT_AT = "ts";

	/** How many entries there may be: many times what any peer has to say. */
	private static final int MOST_ENTRIES = 32;

	/** The longest collection that becomes objects, which are many times as large. */
	private static final int LONGEST_COLLECTION = 32;

	private final Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();

	private final Input in;

	private final ValueReader values;

	private ProbeDataReader(Input in, int size) {
		this.in = in;
		this.values = ValueReader.faithful(in);
		for (int i = 0; i < size; i++) {
			Object key = key();
			this.entries.put(key, value(key));
		}
	}

	private @Nullable Object key() {
		return isCollection() ? encoded() : this.values.key();
	}

	/** Reads a value. Of collections, only introductions mean anything to anybody. */
	private @Nullable Object value(@Nullable Object key) {
		if (!isCollection()) {
			return this.values.value();
		}
		int start = this.in.position();
		Verbatim encoded = encoded();
		boolean introduction = ProbeData.SOURCE_INTRODUCTION.equals(key) || ProbeData.TARGET_INTRODUCTION.equals(key);
		if (!introduction || this.in.position() - start > LONGEST_COLLECTION) {
			return encoded;
		}
		this.in.back(start);
		return this.values.value();
	}

	private Verbatim encoded() {
		int start = this.in.position();
		this.in.skip();
		return new Verbatim(this.in.since(start));
	}

	private boolean isCollection() {
		ValueType type = this.in.nextType();
		return type == ValueType.ARRAY || type == ValueType.MAP;
	}

	/**
	 * Reads the data of a probe.
	 * @param in where a map is next
	 * @return the data, or {@code null} if there are too many, which are skipped
	 */
	static @Nullable ProbeData read(Input in) {
		int size = in.mapHeader();
		if (size > MOST_ENTRIES) {
			in.skip(2 * size);
			return null;
		}
		ProbeDataReader reader = new ProbeDataReader(in, size);
		MemberUri source = reader.takeUri(SOURCE);
		MemberUri target = reader.takeUri(TARGET);
		long sentAt = reader.takeTime(SENT_AT);
		long answeredAt = reader.takeTime(ProbeData.ANSWERED_AT);
		return new ProbeData(source, target, sentAt, answeredAt, Collections.unmodifiableMap(reader.entries));
	}

	private @Nullable MemberUri takeUri(String key) {
		Object value = this.entries.get(key);
		String text = (value instanceof Binary binary) ? new String(binary.toByteArray(), StandardCharsets.UTF_8)
				: (value instanceof String string) ? string : null;
		MemberUri uri = (text != null) ? MemberUri.tryParse(text) : null;
		if (uri != null) {
			this.entries.remove(key);
		}
		return uri;
	}

	private long takeTime(String key) {
		long time = (this.entries.get(key) instanceof Number number) ? time(number) : ProbeData.UNKNOWN;
		if (time > 0) {
			this.entries.remove(key);
			return time;
		}
		return ProbeData.UNKNOWN;
	}

	private static long time(Number number) {
		if (number instanceof Long || (number instanceof Double && LuaNumbers.isLong(number.doubleValue()))) {
			return number.longValue();
		}
		return ProbeData.UNKNOWN;
	}

}
