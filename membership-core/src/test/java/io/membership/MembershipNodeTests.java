package io.membership;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.membership.net.Platform;
import io.membership.net.RefusalProbes;
import io.membership.net.UdpSocket;
import io.membership.swim.Message;
import io.membership.swim.ProbeData;
import io.membership.wire.DatagramCodec;
import io.membership.wire.Decoded;
import io.membership.wire.Sealing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a run offers the protocol, on real sockets of the loopback interface.
 */
@Timeout(20)
class MembershipNodeTests {

	private static final EncryptionKey KEY = EncryptionKey.of("secret");

	private static final MemberUri SELF = MemberUri.of("127.0.0.1", 1);

	/** How long a datagram is that makes this node stumble. */
	private static final int FATAL = 666;

	private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

	private final Failures failures = new Failures(() -> this.log.add("failed"));

	private @Nullable MembershipNode node;

	@AfterEach
	void close() {
		if (this.node != null) {
			this.node.close();
		}
	}

	@Test
	void whoRefusesIsToldOnTheThreadOfTheProtocol() throws Exception {
		MembershipNode running = started(null);
		MemberUri refusing = refusing();
		running.call((protocol) -> sendAndProbe(running, refusing));
		assertThat(List.of(next(), next(), next())).containsExactly("PING", "PING", "refused on membership-1-protocol");
	}

	@Test
	void theProbeIsTheSameMessageInAnEncryptedDatagram() throws Exception {
		MembershipNode running = started(KEY);
		try (DatagramSocket living = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			MemberUri uri = MemberUri.of("127.0.0.1", living.getLocalPort());
			running.call((protocol) -> sendAndProbe(running, uri));
			assertThat(read(living)).isEqualTo(ping(uri)).isEqualTo(read(living));
		}
	}

	@Test
	void aNameThatIsNotResolvedYetIsLeftOut() throws Exception {
		MembershipNode running = started(null);
		MemberUri name = MemberUri.of("localhost", refusing().port());
		running.call((protocol) -> {
			running.probeRefusal(name, ping(name), () -> this.log.add("refused"));
			running.schedule(RefusalProbes.PATIENCE, () -> this.log.add("over"));
			return true;
		});
		assertThat(next()).isEqualTo("over");
	}

	@Test
	void closingTellsNobody() throws Exception {
		MembershipNode running = started(null);
		MemberUri refusing = refusing();
		running.call((protocol) -> {
			sendAndProbe(running, refusing);
			running.close();
			return true;
		});
		assertThat(List.of(next(), next())).containsExactly("PING", "PING");
		assertThat(this.log.poll(200, TimeUnit.MILLISECONDS)).isNull();
	}

	@Test
	void aDatagramThatMakesItStumbleDoesNotKeepItFromReadingTheNext() throws Exception {
		MembershipNode running = started(null);
		try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			stranger.send(new DatagramPacket(new byte[FATAL], FATAL, running.socket().localAddress()));
			stranger.send(new DatagramPacket(new byte[] { (byte) 0xc1 }, 1, running.socket().localAddress()));
		}
		assertThat(List.of(next(), next())).containsExactly("failed", "malformed");
		assertThat(running.state(0).failures()).isEqualTo(1);
	}

	@Test
	void aTaskThatMakesItStumbleDoesNotKeepItFromTheNext() throws Exception {
		MembershipNode running = started(null);
		running.execute((protocol) -> {
			throw new OutOfMemoryError("on purpose");
		});
		running.execute((protocol) -> this.log.add("next"));
		assertThat(List.of(next(), next())).containsExactly("failed", "next");
	}

	/** All of this takes place while the thread of the protocol does nothing else. */
	@Test
	void anAnswerBehindManyDatagramsBeatsTheTimeoutThatRanOutMeanwhile() throws Exception {
		MembershipNode running = started(null);
		try (DatagramSocket living = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			MemberUri uri = MemberUri.of("127.0.0.1", living.getLocalPort());
			running.call((protocol) -> {
				protocol.appear(1, running.format().emptyPayload());
				protocol.begin();
				protocol.probe(uri, (result) -> this.log.add(result.getClass().getSimpleName()));
				return true;
			});
			running.call((protocol) -> answerLate(running, living));
			String result = next();
			while (!result.equals("Alive") && !result.equals("NoResponse")) {
				result = next();
			}
			assertThat(result).isEqualTo("Alive");
		}
	}

	private static boolean answerLate(MembershipNode running, DatagramSocket living) {
		try {
			DatagramCodec codec = new DatagramCodec(Sealing.none());
			DatagramPacket received = new DatagramPacket(new byte[2000], 2000);
			living.receive(received);
			long pinged = System.nanoTime();
			Message.Ping ping = (Message.Ping) ((Decoded.Understood) codec.decode(received.getData(),
					received.getLength()))
				.message();
			byte[] unreadable = { (byte) 0xc1 };
			for (int i = 0; i < 400; i++) {
				living.send(new DatagramPacket(unreadable, 1, running.socket().localAddress()));
			}
			byte[] ack = codec.encode(new Message.Ack(MemberUri.of("127.0.0.1", 9), ping.data(), List.of()));
			living.send(new DatagramPacket(ack, ack.length, running.socket().localAddress()));
			while (System.nanoTime() - pinged < 2 * MembershipOptions.DEFAULTS.ackTimeout().toNanos()) {
				Thread.onSpinWait();
			}
			return true;
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	/** The protocol always sends by the node's own socket first. */
	private boolean sendAndProbe(MembershipNode running, MemberUri to) {
		running.send(to, ping(to));
		running.probeRefusal(to, ping(to), () -> this.log.add("refused on " + Thread.currentThread().getName()));
		return true;
	}

	private static Message.Ping ping(MemberUri to) {
		return new Message.Ping(SELF, new ProbeData(SELF, to, 7, ProbeData.UNKNOWN, Map.of()), List.of());
	}

	private static Message read(DatagramSocket socket) throws IOException {
		DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
		socket.receive(packet);
		byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
		Decoded decoded = new DatagramCodec(Sealing.aes256Cbc(KEY)).decode(datagram, datagram.length);
		return ((Decoded.Understood) decoded).message();
	}

	private MembershipNode started(@Nullable EncryptionKey key) throws IOException {
		Encryption encryption = (key != null) ? Encryption.of(MembershipCipher.AES_256_CBC, key) : Encryption.NONE;
		MembershipObserver observer = new MembershipObserver() {

			@Override
			public void sent(MessageType type, int bytes) {
				MembershipNodeTests.this.log.add(type.toString());
			}

			@Override
			public void receivedBytes(int bytes) {
				if (bytes == FATAL) {
					throw new StackOverflowError("on purpose");
				}
			}

			@Override
			public void dropped(DropReason reason) {
				MembershipNodeTests.this.log.add(reason.toString());
			}

		};
		Member self = new Member(SELF, MemberStatus.ALIVE, 1, Map.of(), Instant.EPOCH, null, null, null);
		MembershipNode created = new MembershipNode(Platform.REAL, UdpSocket.bind(InetAddress.getLoopbackAddress(), 0),
				SELF, MembershipOptions.DEFAULTS, encryption, "mesh", new Seeds(Set.of(), List.of(), 0),
				new MemberView(self), new EventDispatcher(observer, this.failures, Executors::newSingleThreadExecutor),
				observer, this.failures);
		created.start();
		this.node = created;
		return created;
	}

	/** Returns a port that nobody listens to. */
	private static MemberUri refusing() {
		try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			return MemberUri.of("127.0.0.1", socket.getLocalPort());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private String next() throws InterruptedException {
		String entry = this.log.poll(10, TimeUnit.SECONDS);
		assertThat(entry).isNotNull();
		return entry;
	}

}
