package io.membership.wire;

import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.buffer.MessageBuffer;

/**
 * The way in to msgpack-core. The library reads and writes memory through
 * {@code sun.misc.Unsafe} unless a system property is set when its buffer class is
 * initialized; from JDK 24 on that prints warnings, and later it will fail (JEP 471). So
 * the class is initialized here, with the property set for that moment.
 */
final class MessagePackLibrary {

	private static final String WITHOUT_UNSAFE = "msgpack.universal-buffer";

	static {
		if (System.getProperty(WITHOUT_UNSAFE) == null) {
			System.setProperty(WITHOUT_UNSAFE, "true");
			try {
				MessageBuffer.wrap(new byte[0]);
			}
			finally {
				System.clearProperty(WITHOUT_UNSAFE);
			}
		}
	}

	private MessagePackLibrary() {
	}

	static MessageBufferPacker newPacker() {
		return MessagePack.newDefaultBufferPacker();
	}

}
