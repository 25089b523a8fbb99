package io.membership.net;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A name server on the loopback interface that knows services only (RFC 1035 §4, RFC
 * 2782).
 */
final class DnsServer implements AutoCloseable {

	private static final int HEADER = 12;

	private static final int RESPONSE = 0x8180;

	private static final int NO_SUCH_NAME = 3;

	private static final int TYPE_SRV = 33;

	private static final int CLASS_IN = 1;

	private static final int POINTER_TO_QUESTION = 0xc000 + HEADER;

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

	private byte[] answer(byte[] question) throws IOException {
		StringBuilder name = new StringBuilder();
		int at = HEADER;
		while (question[at] != 0) {
			name.append((name.length() > 0) ? "." : "")
				.append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII));
			at += question[at] + 1;
		}
		this.questions.add(name.toString());
		List<String> known = this.services.get(name.toString());
		List<String> targets = (known != null && question[at + 2] == TYPE_SRV) ? known : List.of();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream answer = new DataOutputStream(bytes);
		answer.write(question, 0, 2);
		answer.writeShort((known != null) ? RESPONSE : RESPONSE + NO_SUCH_NAME);
		answer.writeShort(1);
		answer.writeShort(targets.size());
		answer.writeInt(0);
		answer.write(question, HEADER, at + 5 - HEADER);
		for (String target : targets) {
			answer.writeShort(POINTER_TO_QUESTION);
			answer.writeShort(TYPE_SRV);
			answer.writeShort(CLASS_IN);
			answer.writeInt(0);
			byte[] content = service(target);
			answer.writeShort(content.length);
			answer.write(content);
		}
		return bytes.toByteArray();
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
