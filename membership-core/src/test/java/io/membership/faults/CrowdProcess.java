package io.membership.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.process.Lines;
import io.membership.swim.Message;
import io.membership.swim.ProbeData;
import io.membership.swim.Rumor;
import io.membership.wire.DatagramCodec;
import io.membership.wire.Decoded;
import io.membership.wire.Sealing;

/**
 * The main class of a process with many members that answer every PING, and do nothing
 * else: each has a port of its own, but none has a view.
 */
final class CrowdProcess {

	private static final int FIRST_PORT = 10_000;

	private static final int RUMORS_PER_DATAGRAM = 20;

	private final DatagramCodec codec = new DatagramCodec(Sealing.none());

	private final ByteBuffer buffer = ByteBuffer.allocate(65_535);

	private CrowdProcess() {
	}

	/**
	 * Answers PINGs, after telling a node of all members.
	 * @param arguments the host of the members, how many they are, and the node
	 */
	public static void main(String[] arguments) throws Exception {
		CrowdProcess crowd = new CrowdProcess();
		Selector selector = Selector.open();
		int count = Integer.parseInt(arguments[1]);
		for (int i = 0; i < count; i++) {
			DatagramChannel channel = DatagramChannel.open();
			channel.bind(new InetSocketAddress(FIRST_PORT + i));
			channel.configureBlocking(false);
			channel.register(selector, SelectionKey.OP_READ, MemberUri.of(arguments[0], FIRST_PORT + i));
		}
		Thread thread = new Thread(() -> crowd.answer(selector), "crowd");
		thread.setDaemon(true);
		thread.start();
		crowd.introduce(arguments[0], count, MemberUri.parse(arguments[2]));
		Lines.ofStandardInput((line) -> {
		});
	}

	private void introduce(String host, int count, MemberUri node) throws IOException, InterruptedException {
		try (DatagramChannel channel = DatagramChannel.open()) {
			List<Rumor> rumors = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				rumors.add(new Rumor(MemberUri.of(host, FIRST_PORT + i), MemberStatus.ALIVE, 1, null, 10));
				if (rumors.size() == RUMORS_PER_DATAGRAM || i == count - 1) {
					Message message = new Message.Leave(MemberUri.of(host, FIRST_PORT), rumors);
					channel.send(ByteBuffer.wrap(this.codec.encode(message)),
							new InetSocketAddress(InetAddress.getAllByName(node.host())[0], node.port()));
					rumors.clear();
					TimeUnit.MILLISECONDS.sleep(2);
				}
			}
		}
	}

	private void answer(Selector selector) {
		while (selector.isOpen()) {
			try {
				selector.select(this::answer);
			}
			catch (IOException ex) {
				System.err.println(ex);
			}
		}
	}

	private void answer(SelectionKey key) {
		DatagramChannel channel = (DatagramChannel) key.channel();
		MemberUri self = (MemberUri) key.attachment();
		try {
			this.buffer.clear();
			InetSocketAddress from = (InetSocketAddress) channel.receive(this.buffer);
			if (from != null
					&& this.codec.decode(this.buffer.array(),
							this.buffer.position()) instanceof Decoded.Understood understood
					&& understood.message() instanceof Message.Ping ping && self.equals(ping.data().target())) {
				ProbeData data = ping.data();
				ProbeData answered = new ProbeData(data.source(), data.target(), data.sentAt(),
						ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()), data.extra());
				channel.send(ByteBuffer.wrap(this.codec.encode(new Message.Ack(self, answered, List.of()))), from);
			}
		}
		catch (IOException ex) {
			System.err.println(ex);
		}
	}

}
