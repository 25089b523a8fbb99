package io.membership.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.membership.Binary;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;

/**
 * Makes immutable Java values of MessagePack: for applications, or faithfully. A faithful
 * value becomes the same value of the same type again when {@link ValueWriter} writes it.
 */
final class ValueReader {

	private final Input in;

	private final boolean faithful;

	private ValueReader(Input in, boolean faithful) {
		this.in = in;
		this.faithful = faithful;
	}

	/** Returns a reader of the types that {@link io.membership.Member} names. */
	static ValueReader forApplications(Input in) {
		return new ValueReader(in, false);
	}

	/** Returns a reader of values that shall be sent again. */
	static ValueReader faithful(Input in) {
		return new ValueReader(in, true);
	}

	@Nullable Object value() {
		return switch (this.in.nextType()) {
			case NIL -> {
				this.in.skip();
				yield null;
			}
			case BOOLEAN -> this.in.bool();
			case INTEGER -> this.in.integer();
			case FLOAT -> number();
			case STRING -> string();
			case BINARY -> Binary.of(this.in.string());
			case ARRAY -> list();
			case MAP -> map();
			case EXTENSION -> extension();
		};
	}

	/** Reads a key of a map in which Lua does not know str from bin. */
	@Nullable Object key() {
		if (!this.in.nextIsString()) {
			return value();
		}
		int start = this.in.position();
		byte[] bytes = this.in.string();
		String text = Utf8.decode(bytes);
		return (text != null) ? text : undecodable(bytes, start);
	}

	private Number number() {
		if (this.faithful && this.in.next() == MessageFormat.FLOAT32) {
			return this.in.float32();
		}
		return this.in.float64();
	}

	private Object string() {
		return Objects.requireNonNull(key());
	}

	private Object undecodable(byte[] bytes, int start) {
		return this.faithful ? new Verbatim(this.in.since(start)) : Binary.of(bytes);
	}

	private List<@Nullable Object> list() {
		int elements = this.in.arrayHeader();
		List<@Nullable Object> list = new ArrayList<>(elements);
		for (int i = 0; i < elements; i++) {
			list.add(value());
		}
		return Collections.unmodifiableList(list);
	}

	private Map<@Nullable Object, @Nullable Object> map() {
		int entries = this.in.mapHeader();
		Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
		for (int i = 0; i < entries; i++) {
			map.put(value(), value());
		}
		return Collections.unmodifiableMap(map);
	}

	private Object extension() {
		int start = this.in.position();
		ExtensionTypeHeader header = this.in.extensionHeader();
		byte[] body = this.in.bytes(header.getLength());
		if (this.faithful) {
			return new Verbatim(this.in.since(start));
		}
		return (header.getType() == Extensions.UUID) ? Extensions.decodeUuid(body) : Decimals.decode(body);
	}

}
