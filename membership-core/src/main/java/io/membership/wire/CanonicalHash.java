package io.membership.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

import io.membership.swim.Hash64;
import io.membership.swim.Payload;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.value.ValueType;

/**
 * Hashes a MessagePack value by what it means, not by how it is encoded. What a reference
 * node makes another encoding of when it passes a payload on has the same hash: integers
 * of any width, floats without a fraction, floats of 32 bits, binary data, maps in
 * another order or with a key twice. So have an empty array and an empty map, which are
 * one table in Lua.
 */
final class CanonicalHash {

	private static final long NIL = 1;

	private static final long BOOLEAN = 2;

	private static final long INTEGER = 3;

	private static final long LARGE_INTEGER = 4;

	private static final long FLOAT = 5;

	private static final long STRING = 6;

	private static final long EXTENSION = 7;

	private static final long ARRAY = 8;

	private static final double LARGEST_INTEGER = 0x1p64;

	private final Input in;

	private CanonicalHash(Input in) {
		this.in = in;
	}

	/** Returns the hash of a value that is {@linkplain Structure sound}. */
	static long of(byte[] encoded) {
		return new CanonicalHash(new Input(encoded)).value();
	}

	private long value() {
		ValueType type = this.in.nextType();
		return switch (type) {
			case NIL -> {
				this.in.skip();
				yield Hash64.fold(NIL, 0);
			}
			case BOOLEAN -> Hash64.fold(BOOLEAN, this.in.bool() ? 1 : 0);
			case INTEGER -> integer(this.in.integer());
			case FLOAT -> number(this.in.float64());
			case STRING, BINARY -> Hash64.fold(STRING, Hash64.of(this.in.string()));
			case ARRAY -> array();
			case MAP -> map();
			case EXTENSION -> extension();
		};
	}

	private static long integer(Number value) {
		return Hash64.fold((value instanceof BigInteger) ? LARGE_INTEGER : INTEGER, value.longValue());
	}

	/** The reference writes a number as an integer if there is one. */
	private static long number(double value) {
		if (LuaNumbers.isLong(value)) {
			return integer((long) value);
		}
		if (value == Math.rint(value) && value > 0 && value < LARGEST_INTEGER) {
			return integer(new BigDecimal(value).toBigInteger());
		}
		return Hash64.fold(FLOAT, Double.doubleToLongBits(value));
	}

	private long array() {
		int elements = this.in.arrayHeader();
		if (elements == 0) {
			return Payload.EMPTY_HASH;
		}
		long hash = Hash64.fold(ARRAY, elements);
		for (int i = 0; i < elements; i++) {
			hash = Hash64.fold(hash, value());
		}
		return hash;
	}

	/** Adds up the entries, whose order means nothing; of equal keys the last counts. */
	private long map() {
		int entries = this.in.mapHeader();
		Map<Long, Long> values = new HashMap<>();
		for (int i = 0; i < entries; i++) {
			values.put(value(), value());
		}
		long sum = 0;
		for (Map.Entry<Long, Long> entry : values.entrySet()) {
			sum += Hash64.fold(entry.getKey(), entry.getValue());
		}
		return Hash64.fold(Payload.MAP_TAG, sum);
	}

	private long extension() {
		ExtensionTypeHeader header = this.in.extensionHeader();
		byte[] body = this.in.bytes(header.getLength());
		if (header.getType() == Extensions.DECIMAL) {
			body = Decimals.encode(Decimals.decode(body));
		}
		return Hash64.fold(Hash64.fold(EXTENSION, header.getType()), Hash64.of(body));
	}

}
