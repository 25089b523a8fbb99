package io.membership.benchmark;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.swim.Message;
import io.membership.swim.ProbeData;
import io.membership.swim.Rumor;
import io.membership.swim.Supplement;
import io.membership.wire.DatagramCodec;
import io.membership.wire.Decoded;
import io.membership.wire.Sealing;
import org.jspecify.annotations.Nullable;

/**
 * Members of a converged mesh as one node sees them: each has an address of its own in
 * 127.64.0.0/10, answers what it is asked, and says that it sees what the node sees. They
 * are real sockets with real datagrams, but know nothing.
 */
final class SimulatedPeers implements AutoCloseable {

	/** All that current nodes announce. */
	private static final int ABILITIES = 7;

	private static final int PORT = 3301;

	/** They fit a datagram of 1,472 bytes. */
	private static final int RUMORS = 28;

	private final List<DatagramChannel> channels = new ArrayList<>();

	private final List<MemberUri> uris = new ArrayList<>();

	private final InetSocketAddress node;

	private final MemberUri nodeUri;

	private final Selector selector = Selector.open();

	private final DatagramCodec reading = new DatagramCodec(Sealing.none());

	private final DatagramCodec answering = new DatagramCodec(Sealing.none());

	private final DatagramCodec asking = new DatagramCodec(Sealing.none());

	private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

	private final AtomicLong answers = new AtomicLong();

	private final Thread thread = new Thread(this::serve, "peers");

	private volatile long digest;

	private int next;

	/**
	 * Opens the sockets.
	 * @param count how many members
	 * @param node the node that they know
	 */
	SimulatedPeers(int count, InetSocketAddress node) throws IOException {
		this.node = node;
		this.nodeUri = MemberUri.of(node.getAddress().getHostAddress(), node.getPort());
		for (int i = 0; i < count; i++) {
			InetAddress address = address(i);
			DatagramChannel channel = DatagramChannel.open();
			this.channels.add(channel);
			channel.bind(new InetSocketAddress(address, PORT)).configureBlocking(false);
			MemberUri uri = MemberUri.of(address.getHostAddress(), PORT);
			this.uris.add(uri);
			channel.register(this.selector, SelectionKey.OP_READ, uri);
		}
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private static InetAddress address(int number) throws IOException {
		return Inet4Address
			.getByAddress(new byte[] { 127, (byte) (64 + (number >> 16)), (byte) (number >> 8), (byte) number });
	}

	List<MemberUri> uris() {
		return this.uris;
	}

	/** Returns how many answers of the node came. */
	long answers() {
		return this.answers.get();
	}

	/** Lets the first one tell the node of all. */
	void introduce() throws IOException, InterruptedException {
		for (int from = 0; from < this.uris.size(); from += RUMORS) {
			List<Rumor> rumors = this.uris.subList(from, Math.min(from + RUMORS, this.uris.size()))
				.stream()
				.map(SimulatedPeers::alive)
				.toList();
			this.channels.get(0)
				.send(ByteBuffer.wrap(this.asking.encode(new Message.Gossip(this.uris.get(0), rumors), this.nodeUri)),
						this.node);
			// What the socket of a node holds is bounded
			TimeUnit.MILLISECONDS.sleep(2);
		}
	}

	private static Rumor alive(MemberUri uri) {
		return new Rumor(uri, MemberStatus.ALIVE, 1, null, 0,
				Supplement.ofSelf(ABILITIES, uri.hashCode() & 0xffff_ffffL));
	}

	/**
	 * Lets one after the other ping the node, for some time.
	 * @param senders how many of them do
	 * @param perSecond how often
	 * @param full whether each tells who it is, or only what a known one has to say
	 */
	void ping(int senders, int perSecond, Duration time, boolean full) throws IOException, InterruptedException {
		long begin = System.nanoTime();
		long end = begin + time.toNanos();
		for (long sent = 0; System.nanoTime() < end; sent++) {
			long due = begin + sent * 1_000_000_000L / perSecond;
			long wait = Math.min(due, end) - System.nanoTime();
			if (wait > 0) {
				TimeUnit.NANOSECONDS.sleep(wait);
			}
			if (due < end) {
				this.next = (this.next + 1) % senders;
				MemberUri from = this.uris.get(this.next);
				Message ping = full ? fullPing(from)
						: new Message.ShortPing(from, sent & 0xffff_ffffL, this.digest, List.of());
				this.channels.get(this.next).send(ByteBuffer.wrap(this.asking.encode(ping, this.nodeUri)), this.node);
			}
		}
	}

	private Message fullPing(MemberUri from) {
		return new Message.Ping(from, new ProbeData(from, this.nodeUri, now(), ProbeData.UNKNOWN,
				Map.of(ProbeData.SOURCE_INTRODUCTION, introduction())), List.of(alive(from)));
	}

	private List<Object> introduction() {
		return List.of((long) ABILITIES, this.digest);
	}

	private static long now() {
		return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
	}

	private void serve() {
		try {
			while (this.selector.isOpen()) {
				this.selector.select((key) -> {
					try {
						receive((DatagramChannel) key.channel(), (MemberUri) key.attachment());
					}
					catch (IOException ex) {
						// It was closed
					}
				});
			}
		}
		catch (IOException | java.nio.channels.ClosedSelectorException ex) {
			// It was closed
		}
	}

	private void receive(DatagramChannel channel, MemberUri self) throws IOException {
		this.buffer.clear();
		SocketAddress from = channel.receive(this.buffer);
		while (from != null) {
			if (this.reading.decode(this.buffer.array(),
					this.buffer.position()) instanceof Decoded.Understood understood) {
				Message answer = answer(understood.message(), self);
				if (answer != null) {
					channel.send(ByteBuffer.wrap(this.answering.encode(answer, this.nodeUri)), from);
				}
			}
			this.buffer.clear();
			from = channel.receive(this.buffer);
		}
	}

	private @Nullable Message answer(Message message, MemberUri self) {
		if (message instanceof Message.ShortPing ping) {
			this.digest = ping.digest();
			return new Message.ShortAck(self, ping.sequence(), ping.digest(), now(), List.of());
		}
		if (message instanceof Message.Ping ping) {
			Map<Object, Object> extra = new LinkedHashMap<>(ping.data().extra());
			if (extra.get(ProbeData.SOURCE_INTRODUCTION) instanceof List<?> introduction && introduction.size() > 1
					&& introduction.get(1) instanceof Number number) {
				this.digest = number.longValue();
			}
			extra.put(ProbeData.TARGET_INTRODUCTION, introduction());
			ProbeData data = new ProbeData(ping.data().source(), ping.data().target(), ping.data().sentAt(), now(),
					extra);
			return new Message.Ack(self, data, List.of(alive(self)));
		}
		if (message instanceof Message.ShortAck ack) {
			this.digest = ack.digest();
			this.answers.incrementAndGet();
		}
		else if (message instanceof Message.Ack) {
			this.answers.incrementAndGet();
		}
		return null;
	}

	@Override
	public void close() throws IOException {
		this.selector.close();
		for (DatagramChannel channel : this.channels) {
			channel.close();
		}
	}

}
