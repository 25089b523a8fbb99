package io.membership.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.membership.Encryption;
import io.membership.MemberUri;
import io.membership.swim.Message;
import io.membership.swim.ProbeData;
import io.membership.wire.DatagramCodec;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/**
 * Datagrams that are no messages: a third of random bytes, a third of real datagrams that
 * are cut off, and a third of MessagePack that says nothing.
 */
final class Junk {

	private static final int LARGEST = 1472;

	/** Whole blocks, so that they are decrypted before they turn out to be junk. */
	private static final int BLOCK = 16;

	private static final MemberUri NOBODY = MemberUri.of("127.0.0.1", 9);

	private final Random random;

	private final DatagramCodec codec;

	Junk(Random random, Encryption encryption) {
		this.random = random;
		this.codec = FloodedNodeProcess.codec(encryption, NOBODY);
	}

	List<byte[]> datagrams(int count) throws Exception {
		List<byte[]> datagrams = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			datagrams.add(switch (i % 3) {
				case 0 -> randomBytes();
				case 1 -> cutOff();
				default -> nonsense();
			});
		}
		return datagrams;
	}

	private byte[] randomBytes() {
		byte[] bytes = new byte[BLOCK * (1 + this.random.nextInt(LARGEST / BLOCK))];
		this.random.nextBytes(bytes);
		return bytes;
	}

	private byte[] cutOff() {
		ProbeData data = new ProbeData(NOBODY, NOBODY, this.random.nextLong(), ProbeData.UNKNOWN, Map.of());
		byte[] whole = this.codec.encode(new Message.Ping(NOBODY, data, List.of()));
		return Arrays.copyOf(whole, 1 + this.random.nextInt(whole.length - 1));
	}

	/** Some of it looks like a message of an unknown type. */
	private byte[] nonsense() throws Exception {
		try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
			int elements = 3 + this.random.nextInt(2);
			packer.packArrayHeader(elements);
			for (int i = 1; i < elements; i++) {
				packer.packString("x".repeat(this.random.nextInt(40)));
			}
			int numbers = this.random.nextInt(200);
			packer.packArrayHeader(numbers);
			for (int i = 0; i < numbers; i++) {
				packer.packLong(this.random.nextLong());
			}
			return packer.toByteArray();
		}
	}

}
