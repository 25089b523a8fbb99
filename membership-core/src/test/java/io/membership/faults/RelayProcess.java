package io.membership.faults;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.membership.process.Lines;

/**
 * The main class of a process that passes on datagrams: some of them twice, and each copy
 * after a delay of its own, so that they arrive in another order.
 */
final class RelayProcess {

	private final int mostMillis;

	private final int percentTwice;

	private final Random random = new Random();

	private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();

	private RelayProcess(int mostMillis, int percentTwice) {
		this.mostMillis = mostMillis;
		this.percentTwice = percentTwice;
	}

	/**
	 * Passes on datagrams.
	 * @param arguments the longest delay in milliseconds, how many of a hundred are
	 * passed on twice, a port, and the hosts to whose same port what arrives at that
	 * port, the next one and so on is passed on
	 */
	public static void main(String[] arguments) throws IOException {
		RelayProcess relay = new RelayProcess(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
		for (int i = 3; i < arguments.length; i++) {
			int port = Integer.parseInt(arguments[2]) + i - 3;
			DatagramSocket socket = new DatagramSocket(port);
			InetSocketAddress to = new InetSocketAddress(InetAddress.getAllByName(arguments[i])[0], port);
			Thread thread = new Thread(() -> relay.passOn(socket, to), "relay-" + port);
			thread.setDaemon(true);
			thread.start();
		}
		Lines.ofStandardInput((line) -> {
		});
	}

	private void passOn(DatagramSocket socket, InetSocketAddress to) {
		byte[] buffer = new byte[65535];
		while (!socket.isClosed()) {
			try {
				DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
				socket.receive(packet);
				byte[] content = Arrays.copyOf(buffer, packet.getLength());
				int copies = (this.random.nextInt(100) < this.percentTwice) ? 2 : 1;
				for (int i = 0; i < copies; i++) {
					ScheduledFuture<?> unused = this.later.schedule(() -> send(socket, content, to),
							this.random.nextInt(this.mostMillis + 1), TimeUnit.MILLISECONDS);
				}
			}
			catch (IOException ex) {
				System.err.println(ex);
			}
		}
	}

	private static void send(DatagramSocket socket, byte[] content, InetSocketAddress to) {
		try {
			socket.send(new DatagramPacket(content, content.length, to));
		}
		catch (IOException ex) {
			System.err.println(ex);
		}
	}

}
