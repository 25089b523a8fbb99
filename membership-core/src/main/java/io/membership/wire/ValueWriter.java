package io.membership.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

import io.membership.Binary;
import io.membership.InvalidPayloadException;
import org.jspecify.annotations.Nullable;

/**
 * Makes MessagePack of the values that {@link io.membership.Membership#setPayload}
 * accepts, and of those that {@link ValueReader} returns. What a peer could not read is
 * refused here.
 */
final class ValueWriter {

	private final Output out;

	private final int enclosing;

	/**
	 * Creates a writer.
	 * @param out where to write
	 * @param enclosing how many arrays and maps of the datagram are around each value
	 */
	ValueWriter(Output out, int enclosing) {
		this.out = out;
		this.enclosing = enclosing;
	}

	/**
	 * Writes a value.
	 * @param value the value
	 * @param name what to call it in an exception
	 * @throws InvalidPayloadException if the value, or one inside it, cannot be sent
	 */
	void write(@Nullable Object value, String name) {
		write(value, new Path(null, name, this.enclosing + 1));
	}

	private void write(@Nullable Object value, Path path) {
		if (value == null) {
			this.out.nil();
		}
		else if (value instanceof CharSequence text) {
			text(text.toString(), path);
		}
		else if (value instanceof Boolean bool) {
			this.out.bool(bool);
		}
		else if (value instanceof Number number) {
			number(number, path);
		}
		else if (value instanceof Map<?, ?> map) {
			map(map, path);
		}
		else if (value instanceof Collection<?> collection) {
			collection(collection, path);
		}
		else if (value instanceof UUID uuid) {
			uuid(uuid, path);
		}
		else if (value instanceof Binary binary) {
			this.out.binary(binary.toByteArray());
		}
		else if (value instanceof byte[] bytes) {
			this.out.binary(bytes);
		}
		else if (value instanceof Verbatim verbatim) {
			verbatim.writeTo(this.out);
		}
		else {
			throw path.refusal("is of type " + value.getClass().getName() + ", which cannot be sent");
		}
	}

	private void text(String text, Path path) {
		if (!Utf8.isEncodable(text)) {
			throw path.refusal("contains half a surrogate pair, which has no encoding");
		}
		this.out.text(text);
	}

	private void number(Number number, Path path) {
		if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
			this.out.integer(number.longValue());
		}
		else if (number instanceof Double) {
			this.out.float64(number.doubleValue());
		}
		else if (number instanceof Float) {
			this.out.float32(number.floatValue());
		}
		else if (number instanceof BigInteger integer) {
			integer(integer, path);
		}
		else if (number instanceof BigDecimal decimal) {
			decimal(decimal, path);
		}
		else {
			throw path.refusal("is of type " + number.getClass().getName() + ", which cannot be sent");
		}
	}

	private void integer(BigInteger integer, Path path) {
		if (integer.bitLength() < Long.SIZE) {
			this.out.integer(integer.longValue());
		}
		else if (integer.bitLength() == Long.SIZE && integer.signum() > 0) {
			this.out.uint64(integer.longValue());
		}
		else {
			throw path.refusal("is not in the range -2^63 to 2^64-1");
		}
	}

	private void decimal(BigDecimal decimal, Path path) {
		if (!Decimals.isEncodable(decimal)) {
			throw path.refusal("is not a decimal of at most " + Decimals.MAX_DIGITS + " digits and a scale from "
					+ Decimals.MIN_SCALE + " to " + Decimals.MAX_SCALE);
		}
		this.out.extension(Extensions.DECIMAL, Decimals.encode(decimal));
	}

	private void uuid(UUID uuid, Path path) {
		if (!Extensions.isEncodable(uuid)) {
			throw path.refusal("is a UUID of a reserved variant, which Tarantool cannot have");
		}
		this.out.extension(Extensions.UUID, Extensions.encode(uuid));
	}

	private void collection(Collection<?> collection, Path path) {
		// The header must match although somebody may change the collection meanwhile
		@Nullable Object[] elements = collection.toArray();
		path.checkDepth();
		this.out.arrayHeader(elements.length);
		for (int i = 0; i < elements.length; i++) {
			write(elements[i], path.to(i));
		}
	}

	private void map(Map<?, ?> map, Path path) {
		Object[] entries = map.entrySet().toArray();
		path.checkDepth();
		this.out.mapHeader(entries.length);
		for (Object element : entries) {
			Map.Entry<?, ?> entry = (Map.Entry<?, ?>) element;
			Path inside = path.to(entry.getKey());
			if (isNan(entry.getKey())) {
				throw inside.refusal("has a key that is not a number, which Lua cannot have");
			}
			write(entry.getKey(), inside);
			write(entry.getValue(), inside);
		}
	}

	private static boolean isNan(@Nullable Object value) {
		return (value instanceof Double || value instanceof Float) && Double.isNaN(((Number) value).doubleValue());
	}

	/** The way to a value, for exceptions. */
	private record Path(@Nullable Path parent, @Nullable Object step, int depth) {

		Path to(@Nullable Object step) {
			return new Path(this, step, this.depth + 1);
		}

		void checkDepth() {
			if (this.depth > Structure.MAX_DEPTH) {
				throw refusal("is nested too deeply: a datagram has at most " + Structure.MAX_DEPTH + " levels");
			}
		}

		InvalidPayloadException refusal(String reason) {
			return new InvalidPayloadException(this + " " + reason);
		}

		@Override
		public String toString() {
			return (this.parent != null) ? this.parent + "[" + this.step + "]" : String.valueOf(this.step);
		}

	}

}
