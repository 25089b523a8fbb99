package io.membership.net;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

import io.membership.process.DnsQuestion;

/**
 * A name server on the loopback interface that knows services only (RFC 1035 §4, RFC
 * 2782).
 */
final class DnsServer implements AutoCloseable {

	private static final int TYPE_SRV = 33;

	private final Map<String, List<String>> services = new ConcurrentHashMap<>();

	private final BlockingQueue<String> questions = new LinkedBlockingQueue<>();

	private final DatagramSocket socket;

	DnsServer() throws IOException {
		this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(this::serve, "dns");
		thread.setDaemon(true);
		thread.start();
	}

	/** Returns the URL for JNDI. */
	String url() {
		return "dns://127.0.0.1:" + this.socket.getLocalPort();
	}

	/** Sets the targets of a service, each as {@code host:port}. */
	void put(String service, String... targets) {
		this.services.put(service, List.of(targets));
	}

	/** Returns the names that were asked for. */
	BlockingQueue<String> questions() {
		return this.questions;
	}

	private void serve() {
		DatagramPacket packet = new DatagramPacket(new byte[512], 512);
		try {
			while (true) {
				this.socket.receive(packet);
				byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
				this.socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
			}
		}
		catch (SocketException ex) {
			// Closed
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private byte[] answer(byte[] datagram) throws IOException {
		DnsQuestion question = DnsQuestion.read(datagram);
		this.questions.add(question.name());
		List<String> targets = this.services.get(question.name());
		if (targets == null) {
			return question.noSuchName();
		}
		List<byte[]> records = new ArrayList<>();
		for (String target : targets) {
			records.add(service(target));
		}
		return question.answer(TYPE_SRV, records);
	}

	private static byte[] service(String target) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream content = new DataOutputStream(bytes);
		int colon = target.lastIndexOf(':');
		content.writeShort(10);
		content.writeShort(5);
		content.writeShort(Integer.parseInt(target.substring(colon + 1)));
		for (String label : target.substring(0, colon).split("\\.", -1)) {
			content.writeByte(label.length());
			content.writeBytes(label);
		}
		if (colon > 0) {
			content.writeByte(0);
		}
		return bytes.toByteArray();
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
