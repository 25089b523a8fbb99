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

	/**
	 * How many bytes of arrays and maps become objects, which are many times as large; a
	 * peer needs less than half. What comes after them stays encoded.
	 */
	private static final int MOST_NESTED = 64;

	private final Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();

	private final Input in;

	private final ValueReader values;

	private int nested;

	private ProbeDataReader(Input in, int size) {
		this.in = in;
		this.values = ValueReader.faithful(in);
		for (int i = 0; i < size; i++) {
			this.entries.put(key(), value());
		}
	}

	private @Nullable Object key() {
		return isScalar() ? this.values.key() : value();
	}

	private @Nullable Object value() {
		if (isScalar()) {
			return this.values.value();
		}
		int start = this.in.position();
		this.in.skip();
		int length = this.in.position() - start;
		if (length > MOST_NESTED - this.nested) {
			return new Verbatim(this.in.since(start));
		}
		this.nested += length;
		this.in.back(start);
		return this.values.value();
	}

	private boolean isScalar() {
		ValueType type = this.in.nextType();
		return type != ValueType.ARRAY && type != ValueType.MAP;
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
