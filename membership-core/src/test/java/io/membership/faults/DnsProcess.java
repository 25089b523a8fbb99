package io.membership.faults;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.membership.process.Lines;

/**
 * The main class of a process that answers questions for IPv4 addresses by what it is
 * told (RFC 1035 §4). It takes lines with a name and its addresses; a name without any
 * gets no answer at all, and an unknown one does not exist.
 */
final class DnsProcess {

	private static final int PORT = 53;

	private static final int HEADER = 12;

	private static final int RESPONSE = 0x8180;

	private static final int NO_SUCH_NAME = 3;

	private static final int TYPE_A = 1;

	private static final int CLASS_IN = 1;

	private static final int POINTER_TO_QUESTION = 0xc000 + HEADER;

	private final Map<String, List<String>> names = new ConcurrentHashMap<>();

	private DnsProcess() {
	}

	/** Answers until the standard input ends. */
	public static void main(String[] arguments) throws IOException {
		DnsProcess server = new DnsProcess();
		DatagramSocket socket = new DatagramSocket(PORT);
		Thread thread = new Thread(() -> server.serve(socket), "dns");
		thread.setDaemon(true);
		thread.start();
		Lines.ofStandardInput((line) -> {
			String[] words = line.split(" ", -1);
			server.names.put(words[0], List.of(words).subList(1, words.length));
		});
	}

	private void serve(DatagramSocket socket) {
		DatagramPacket packet = new DatagramPacket(new byte[512], 512);
		while (!socket.isClosed()) {
			try {
				socket.receive(packet);
				byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
				if (answer.length > 0) {
					socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
				}
			}
			catch (IOException ex) {
				System.err.println(ex);
			}
		}
	}

	/** Returns the answer to a question, or nothing. */
	private byte[] answer(byte[] question) throws IOException {
		StringBuilder name = new StringBuilder();
		int at = HEADER;
		while (question[at] != 0) {
			name.append((name.length() > 0) ? "." : "")
				.append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII));
			at += question[at] + 1;
		}
		int type = question[at + 2];
		List<String> addresses = this.names.get(name.toString());
		if (addresses != null && addresses.isEmpty()) {
			return new byte[0];
		}
		List<String> told = (addresses != null && type == TYPE_A) ? addresses : List.of();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream answer = new DataOutputStream(bytes);
		answer.write(question, 0, 2);
		answer.writeShort((addresses != null) ? RESPONSE : RESPONSE + NO_SUCH_NAME);
		answer.writeShort(1);
		answer.writeShort(told.size());
		answer.writeInt(0);
		answer.write(question, HEADER, at + 5 - HEADER);
		for (String address : told) {
			answer.writeShort(POINTER_TO_QUESTION);
			answer.writeShort(TYPE_A);
			answer.writeShort(CLASS_IN);
			answer.writeInt(0);
			byte[] content = InetAddress.getAllByName(address)[0].getAddress();
			answer.writeShort(content.length);
			answer.write(content);
		}
		return bytes.toByteArray();
	}

}
