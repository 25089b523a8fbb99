package io.membership.wire;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.membership.Binary;
import io.membership.MemberUri;
import io.membership.swim.ProbeData;
import org.jspecify.annotations.Nullable;

/**
 * Reads the data of a PING or an ACK. Whoever answers or forwards it must return it
 * untouched, so only entries with the values that the protocol expects become typed; all
 * others are kept as they are.
 */
final class ProbeDataReader {

	static final String SOURCE = "src";

	static final String TARGET = "dst";

	static final String SENT_AT = "ts";

	private final Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();

	private ProbeDataReader(Input in) {
		ValueReader reader = ValueReader.faithful(in);
		int size = in.mapHeader();
		for (int i = 0; i < size; i++) {
			this.entries.put(reader.key(), reader.value());
		}
	}

	static ProbeData read(Input in) {
		ProbeDataReader reader = new ProbeDataReader(in);
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
