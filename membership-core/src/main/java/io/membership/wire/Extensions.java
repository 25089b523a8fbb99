package io.membership.wire;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The extension types of MessagePack that every version of the reference can read
 * (Tarantool manual, "MessagePack extensions").
 */
final class Extensions {

	static final byte DECIMAL = 1;

	static final byte UUID = 2;

	private static final int UUID_LENGTH = 16;

	/** The three highest bits of the second half, all set. */
	private static final long RESERVED = 0b111;

	private static final int RESERVED_BITS = 3;

	private Extensions() {
	}

	/**
	 * Returns whether Tarantool can have a UUID: it drops a datagram with one whose
	 * variant is reserved (RFC 4122 §4.1.1).
	 */
	static boolean isEncodable(UUID value) {
		return (value.getLeastSignificantBits() >>> (Long.SIZE - RESERVED_BITS)) != RESERVED;
	}

	static byte[] encode(UUID value) {
		return ByteBuffer.allocate(UUID_LENGTH)
			.putLong(value.getMostSignificantBits())
			.putLong(value.getLeastSignificantBits())
			.array();
	}

	/**
	 * Returns whether the bytes read since a position are one that Tarantool can have.
	 */
	static boolean isSoundUuid(Input in, int start) {
		return in.position() - start == UUID_LENGTH
				&& Byte.toUnsignedInt(in.at(start + Long.BYTES)) >>> (Byte.SIZE - RESERVED_BITS) != RESERVED;
	}

	/** Returns the UUID of a body that is {@linkplain #isSoundUuid sound}. */
	static UUID decodeUuid(byte[] body) {
		ByteBuffer bits = ByteBuffer.wrap(body);
		return new UUID(bits.getLong(), bits.getLong());
	}

}
