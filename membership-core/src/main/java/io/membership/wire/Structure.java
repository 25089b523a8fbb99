package io.membership.wire;

import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePackException;

/**
 * The first look at bytes from a stranger: is there one whole MessagePack value that
 * every member can read? It walks the value without building anything, so that all that
 * follows can trust headers and cannot fail. Bytes after the value are ignored, as the
 * reference does.
 * <p>
 * What the reference cannot decode is not sound either, because a payload would be passed
 * on to it: other extension types, decimals and UUIDs that Tarantool cannot have (some of
 * them crash it), and map keys that are not a number.
 */
final class Structure {

	/**
	 * How many levels of arrays and maps a datagram may have, itself included. The
	 * reference cannot encode more than 128.
	 */
	static final int MAX_DEPTH = 100;

	private final Input in;

	private Structure(byte[] encoded) {
		this.in = new Input(encoded);
	}

	static boolean isSound(byte[] encoded) {
		try {
			return new Structure(encoded).value(1);
		}
		catch (MessagePackException ex) {
			return false;
		}
	}

	private boolean value(int depth) {
		return switch (this.in.nextType()) {
			case ARRAY -> depth <= MAX_DEPTH && array(depth + 1);
			case MAP -> depth <= MAX_DEPTH && map(depth + 1);
			case EXTENSION -> extension();
			default -> {
				this.in.skip();
				yield true;
			}
		};
	}

	private boolean array(int depth) {
		int elements = this.in.arrayHeader();
		for (int i = 0; i < elements; i++) {
			if (!value(depth)) {
				return false;
			}
		}
		return true;
	}

	private boolean map(int depth) {
		int entries = this.in.mapHeader();
		for (int i = 0; i < entries; i++) {
			if (!key(depth) || !value(depth)) {
				return false;
			}
		}
		return true;
	}

	private boolean key(int depth) {
		MessageFormat format = this.in.next();
		if (format == MessageFormat.FLOAT32 || format == MessageFormat.FLOAT64) {
			return !Double.isNaN(this.in.float64());
		}
		return value(depth);
	}

	private boolean extension() {
		ExtensionTypeHeader header = this.in.extensionHeader();
		int start = this.in.take(header.getLength());
		return switch (header.getType()) {
			case Extensions.DECIMAL -> Decimals.isSound(this.in, start);
			case Extensions.UUID -> Extensions.isSoundUuid(this.in, start);
			default -> false;
		};
	}

}
