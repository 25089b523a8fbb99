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

	static final int UUID_LENGTH = 16;

	private Extensions() {
	}

	static byte[] encode(UUID value) {
		return ByteBuffer.allocate(UUID_LENGTH)
			.putLong(value.getMostSignificantBits())
			.putLong(value.getLeastSignificantBits())
			.array();
	}

	static UUID decodeUuid(byte[] body) {
		ByteBuffer bits = ByteBuffer.wrap(body);
		return new UUID(bits.getLong(), bits.getLong());
	}

}
