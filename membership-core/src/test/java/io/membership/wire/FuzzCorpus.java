package io.membership.wire;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * What fuzzing begins with: the datagrams of the reference.
 */
public final class FuzzCorpus {

	private FuzzCorpus() {
	}

	/** Returns datagrams before they are sealed. */
	static Stream<byte[]> datagrams() {
		return GoldenVectorsTests.vectors().map(GoldenVectorsTests::plain);
	}

	/**
	 * Returns each datagram alone, and all of them one after the other, each with its
	 * length before it.
	 * @return the conversations
	 */
	public static Stream<byte[]> conversations() {
		List<byte[]> all = datagrams().toList();
		return Stream.concat(all.stream().map((datagram) -> conversation(List.of(datagram))),
				Stream.of(conversation(all)));
	}

	private static byte[] conversation(List<byte[]> datagrams) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (byte[] datagram : datagrams) {
			out.write(datagram.length >> Byte.SIZE);
			out.write(datagram.length);
			out.writeBytes(datagram);
		}
		return out.toByteArray();
	}

}
