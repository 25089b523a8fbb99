package io.membership.wire;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.membership.swim.Payload;
import org.jspecify.annotations.Nullable;
import org.msgpack.value.ValueType;

/**
 * A payload as it travels: the bytes of a MessagePack map or array, passed on exactly as
 * they came. Lua has one type for both, so an array reads as the map of its indices,
 * which begin at 1. Immutable and thread-safe.
 */
final class EncodedPayload implements Payload {

	/** What Lua makes of an empty table, and the reference sends: an empty array. */
	static final EncodedPayload EMPTY = new EncodedPayload(new byte[] { (byte) 0x90 });

	private static final EncodedPayload EMPTY_MAP = new EncodedPayload(new byte[] { (byte) 0x80 });

	/** Around a value are the datagram, its events, the event and the payload. */
	private static final int ENCLOSING = 4;

	private final byte[] encoded;

	private volatile @Nullable Map<String, @Nullable Object> content;

	/** 0 until it is computed; whoever else has 0 computes it each time. */
	private volatile long canonicalHash;

	/**
	 * Creates a payload.
	 * @param encoded a map or an array that is {@linkplain Structure sound}, not copied
	 */
	EncodedPayload(byte[] encoded) {
		this.encoded = encoded;
	}

	/** Returns the payload that was read since a position. */
	static EncodedPayload since(int start, Input in) {
		boolean empty = in.position() - start == 1;
		if (empty) {
			return (in.at(start) == EMPTY.encoded[0]) ? EMPTY : EMPTY_MAP;
		}
		return new EncodedPayload(in.since(start));
	}

	void writeTo(Output out) {
		out.encoded(this.encoded);
	}

	/** Returns the content, keys that are not strings as their text. */
	@Override
	public Map<String, @Nullable Object> toMap() {
		Map<String, @Nullable Object> known = this.content;
		if (known == null) {
			Map<String, @Nullable Object> map = new LinkedHashMap<>();
			entries().forEach((key, entry) -> map.put(key, entry.decodedValue()));
			known = Collections.unmodifiableMap(map);
			this.content = known;
		}
		return known;
	}

	@Override
	public long canonicalHash() {
		long known = this.canonicalHash;
		if (known == 0) {
			known = CanonicalHash.of(this.encoded);
			this.canonicalHash = known;
		}
		return known;
	}

	@Override
	public Payload with(Map<String, ? extends @Nullable Object> changes) {
		Map<String, Entry> entries = entries();
		boolean changed = false;
		for (Map.Entry<String, ? extends @Nullable Object> change : changes.entrySet()) {
			changed |= change(entries, change.getKey(), change.getValue());
		}
		return changed ? of(entries.values()) : this;
	}

	private static boolean change(Map<String, Entry> entries, String key, @Nullable Object value) {
		if (value == null) {
			return entries.remove(key) != null;
		}
		Entry before = entries.get(key);
		Entry after = Entry.of(key, value);
		if (before != null && Objects.equals(before.decodedValue(), after.decodedValue())) {
			return false;
		}
		entries.put(key, after);
		return true;
	}

	private static EncodedPayload of(Collection<Entry> entries) {
		if (entries.isEmpty()) {
			return EMPTY;
		}
		PackedOutput out = new PackedOutput();
		out.mapHeader(entries.size());
		entries.forEach((entry) -> entry.writeTo(out));
		return new EncodedPayload(out.toByteArray());
	}

	/** Returns the entries by the text of their keys; of equal keys the last counts. */
	private Map<String, Entry> entries() {
		Input in = new Input(this.encoded);
		boolean array = in.nextType() == ValueType.ARRAY;
		int size = array ? in.arrayHeader() : in.mapHeader();
		Map<String, Entry> entries = new LinkedHashMap<>();
		for (int i = 1; i <= size; i++) {
			int start = in.position();
			String text = array ? String.valueOf(i) : String.valueOf(ValueReader.forApplications(in).key());
			byte[] key = array ? Entry.encode(i, text) : in.since(start);
			int middle = in.position();
			in.skip();
			entries.put(text, new Entry(key, in.since(middle)));
		}
		return entries;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof EncodedPayload payload && Arrays.equals(this.encoded, payload.encoded);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.encoded);
	}

	@Override
	public String toString() {
		return toMap().toString();
	}

	/** One entry, its key and its value encoded. */
	private static final class Entry {

		private final byte[] key;

		private final byte[] value;

		Entry(byte[] key, byte[] value) {
			this.key = key;
			this.value = value;
		}

		static Entry of(String key, Object value) {
			String name = "payload[" + key + "]";
			return new Entry(encode(key, name), encode(value, name));
		}

		static byte[] encode(Object value, String name) {
			PackedOutput out = new PackedOutput();
			new ValueWriter(out, ENCLOSING).write(value, name);
			return out.toByteArray();
		}

		@Nullable Object decodedValue() {
			return ValueReader.forApplications(new Input(this.value)).value();
		}

		void writeTo(Output out) {
			out.encoded(this.key);
			out.encoded(this.value);
		}

	}

}
