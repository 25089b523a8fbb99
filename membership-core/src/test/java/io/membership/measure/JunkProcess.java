package io.membership.measure;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.membership.Encryption;
import io.membership.MembershipCipher;

/**
 * The main class of a process that floods a node with junk.
 */
final class JunkProcess {

	private static final int VARIETY = 3000;

	private static final long TICK = TimeUnit.MILLISECONDS.toNanos(1);

	private JunkProcess() {
	}

	/**
	 * Sends junk, and writes how many datagrams it sent.
	 * @param arguments the port of the node, how many datagrams per second and for how
	 * many seconds, from how many addresses, and the cipher of the mesh, for real
	 * datagrams to cut off
	 */
	public static void main(String[] arguments) throws Exception {
		InetSocketAddress node = new InetSocketAddress(InetAddress.getLoopbackAddress(),
				Integer.parseInt(arguments[0]));
		int perSecond = Integer.parseInt(arguments[1]);
		int seconds = Integer.parseInt(arguments[2]);
		List<DatagramChannel> channels = channels(Integer.parseInt(arguments[3]));
		Encryption encryption = FloodedNodeProcess.encryption(MembershipCipher.valueOf(arguments[4]));
		List<ByteBuffer> junk = buffers(new Junk(new Random(1), encryption).datagrams(VARIETY));
		long begin = System.nanoTime();
		long end = begin + TimeUnit.SECONDS.toNanos(seconds);
		long sent = 0;
		while (System.nanoTime() - end < 0) {
			long due = (long) ((System.nanoTime() - begin) / 1e9 * perSecond);
			while (sent < due) {
				channels.get((int) (sent % channels.size())).send(junk.get((int) (sent % VARIETY)).duplicate(), node);
				sent++;
			}
			LockSupport.parkNanos(TICK);
		}
		System.out.println("sent " + sent + " datagrams of junk in " + seconds + " s");
	}

	/** Opens sockets on addresses of their own, of which loopback has 16 million. */
	private static List<DatagramChannel> channels(int count) throws Exception {
		List<DatagramChannel> channels = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			DatagramChannel channel = DatagramChannel.open();
			byte[] address = { 127, 77, (byte) (i >> 8), (byte) i };
			channel.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0));
			channels.add(channel);
		}
		return channels;
	}

	private static List<ByteBuffer> buffers(List<byte[]> datagrams) {
		return datagrams.stream().map((bytes) -> ByteBuffer.allocateDirect(bytes.length).put(bytes).flip()).toList();
	}

}
