package io.membership.measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.membership.Encryption;
import io.membership.MemberUri;
import io.membership.swim.Message;
import io.membership.wire.DatagramCodec;

/**
 * Processes that have the key of a mesh and greet each of its nodes once, with nothing to
 * say. A node remembers each of them, their addresses and the numbers of their datagrams,
 * up to a limit, as it remembers the members that it had in years.
 */
final class Strangers {

	/** More than a node remembers. */
	private static final int COUNT = 17_000;

	private Strangers() {
	}

	/** Fills what nodes can remember of strangers. */
	static void greet(List<MemberUri> nodes, Encryption encryption) throws IOException, InterruptedException {
		for (int i = 0; i < COUNT; i++) {
			try (DatagramChannel channel = DatagramChannel.open()) {
				channel.bind(new InetSocketAddress(InetAddress.getByName(host(i)), 0));
				MemberUri self = MemberUri.of(host(i), ((InetSocketAddress) channel.getLocalAddress()).getPort());
				DatagramCodec codec = FloodedNodeProcess.codec(encryption, self);
				for (MemberUri node : nodes) {
					channel.send(ByteBuffer.wrap(codec.encode(new Message.Leave(self, List.of()))),
							new InetSocketAddress(InetAddress.getByName(node.host()), node.port()));
				}
			}
			// What nodes can read at ease
			TimeUnit.MILLISECONDS.sleep(1);
		}
	}

	private static String host(int number) {
		return "127.77." + (number >> 8) + "." + (number & 0xff);
	}

}
