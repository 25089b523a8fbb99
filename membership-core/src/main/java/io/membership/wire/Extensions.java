package io.membership.wire;

import java.nio.ByteBuffer;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

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

	private static final int RESERVED_SHIFT = Long.SIZE - 3;

	private Extensions() {
	}

	/**
	 * Returns whether Tarantool can have a UUID: it drops a datagram with one whose
	 * variant is reserved (RFC 4122 §4.1.1).
	 */
	static boolean isEncodable(UUID value) {
		return (value.getLeastSignificantBits() >>> RESERVED_SHIFT) != RESERVED;
	}

	static byte[] encode(UUID value) {
		return ByteBuffer.allocate(UUID_LENGTH)
			.putLong(value.getMostSignificantBits())
			.putLong(value.getLeastSignificantBits())
			.array();
	}

	/** Returns the UUID, or {@code null} if this is none that Tarantool can have. */
	static @Nullable UUID decodeUuid(byte[] body) {
		if (body.length != UUID_LENGTH) {
			return null;
		}
		ByteBuffer bits = ByteBuffer.wrap(body);
		UUID uuid = new UUID(bits.getLong(), bits.getLong());
		return isEncodable(uuid) ? uuid : null;
	}

}
