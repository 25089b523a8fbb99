package io.membership.measure;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipCipher;
import io.membership.swim.Message;
import io.membership.swim.Rumor;
import io.membership.wire.DatagramCodec;

/**
 * The main class of a process that has the key of a mesh, and tells a node of members
 * that do not exist.
 */
final class LiarProcess {

	private static final int RUMORS_PER_DATAGRAM = 20;

	private LiarProcess() {
	}

	/**
	 * Makes up members.
	 * @param arguments the port of the node, how many members, and the cipher
	 */
	public static void main(String[] arguments) throws Exception {
		InetSocketAddress node = new InetSocketAddress(InetAddress.getLoopbackAddress(),
				Integer.parseInt(arguments[0]));
		int count = Integer.parseInt(arguments[1]);
		try (DatagramChannel channel = DatagramChannel.open()) {
			channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			MemberUri self = NodeProcess.uri(((InetSocketAddress) channel.getLocalAddress()).getPort());
			DatagramCodec codec = FloodedNodeProcess
				.codec(FloodedNodeProcess.encryption(MembershipCipher.valueOf(arguments[2])), self);
			List<Rumor> rumors = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				rumors.add(new Rumor(madeUp(i), MemberStatus.ALIVE, 1, null, 10));
				if (rumors.size() == RUMORS_PER_DATAGRAM || i == count - 1) {
					channel.send(ByteBuffer.wrap(codec.encode(new Message.Leave(self, rumors))), node);
					rumors.clear();
					TimeUnit.MILLISECONDS.sleep(1);
				}
			}
		}
		System.out.println("made up " + count + " members");
	}

	/** An address of this machine where nobody listens. */
	private static MemberUri madeUp(int number) {
		return MemberUri.of("127.66." + (number >> 8) + "." + (number & 0xff), 9);
	}

	static boolean isMadeUp(MemberUri uri) {
		return uri.host().startsWith("127.66.");
	}

}
