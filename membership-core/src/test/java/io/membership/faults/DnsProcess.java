package io.membership.faults;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.membership.process.DnsQuestion;
import io.membership.process.Lines;

/**
 * The main class of a process that answers questions for IPv4 addresses by what it is
 * told (RFC 1035 §4). It takes lines with a name and its addresses; a name without any
 * gets no answer at all, and an unknown one does not exist.
 */
final class DnsProcess {

	private static final int PORT = 53;

	private static final int TYPE_A = 1;

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
	private byte[] answer(byte[] datagram) throws IOException {
		DnsQuestion question = DnsQuestion.read(datagram);
		List<String> addresses = this.names.get(question.name());
		if (addresses == null) {
			return question.noSuchName();
		}
		List<byte[]> records = new ArrayList<>();
		for (String address : addresses) {
			records.add(InetAddress.getAllByName(address)[0].getAddress());
		}
		return records.isEmpty() ? new byte[0] : question.answer(TYPE_A, records);
	}

}
