package io.membership;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.membership.swim.Message;
import io.membership.wire.DatagramCodec;
import io.membership.wire.SealingContext;
import io.membership.wire.Senders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node under a flood of junk, on real sockets of the loopback interface.
 */
@Timeout(30)
class RateLimitedNodeTests {

	private static final String LOOPBACK = "127.0.0.1";

	private static final int JUNK = 20_000;

	private final Map<DropReason, Integer> dropped = new ConcurrentHashMap<>();

	private final CountDownLatch limited = new CountDownLatch(1);

	private final Membership node = builder().observer(new MembershipObserver() {

		@Override
		public void dropped(DropReason reason) {
			RateLimitedNodeTests.this.dropped.merge(reason, 1, Integer::sum);
			if (reason == DropReason.RATE_LIMITED) {
				RateLimitedNodeTests.this.limited.countDown();
			}
		}

	}).build();

	@AfterEach
	void close() {
		this.node.close();
	}

	@Test
	void junkAboveTheLimitIsDroppedUnread() throws Exception {
		this.node.start();
		flood();
		assertThat(this.limited.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.dropped.get(DropReason.MALFORMED)).isLessThan(JUNK / 2);
	}

	@Test
	void whoIsOfAnotherMeshIsAStrangerToo() throws Exception {
		Encryption encryption = Encryption.of(MembershipCipher.AES_256_GCM, EncryptionKey.ofBytes(new byte[32]));
		MemberUri foreigner = MemberUri.of("foreigner", 3301);
		DatagramCodec codec = DatagramCodec.of(encryption,
				new SealingContext("another mesh", () -> foreigner, new Random(1), new Senders()));
		this.node.setEncryption(encryption);
		this.node.start();
		flood(codec.encode(new Message.Leave(foreigner, List.of())));
		assertThat(this.limited.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.dropped.get(DropReason.OTHER_CLUSTER)).isBetween(1, JUNK / 2);
	}

	/** It is at the same address, and known by its port. */
	@Test
	void whoWasHeardBeforeIsHeardAllTheSame() throws Exception {
		this.node.start();
		try (Membership peer = builder().start()) {
			assertThat(isHeard(peer)).isTrue();
			flood();
			assertThat(this.limited.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(isHeard(peer)).isTrue();
		}
	}

	@Test
	void theLimitMayBeSwitchedOffWhileTheNodeRuns() throws Exception {
		this.node.start();
		this.node.updateOptions((options) -> options.maxDatagramsPerSource(0));
		flood();
		try (Membership peer = builder().start()) {
			assertThat(isHeard(peer)).isTrue();
		}
		assertThat(this.dropped).containsOnlyKeys(DropReason.MALFORMED);
	}

	/** The receive buffer may be full of junk, or the machine busy. */
	private boolean isHeard(Membership peer) {
		boolean heard = false;
		for (int attempt = 0; attempt < 20 && !heard; attempt++) {
			heard = peer.probeUri(this.node.myself().uri()).join() instanceof ProbeResult.Alive;
		}
		return heard;
	}

	private static MembershipBuilder builder() {
		return Membership.builder()
			.bindAddress(LOOPBACK)
			.advertisedHost(LOOPBACK)
			.port(0)
			.options(MembershipOptions.builder().maxDatagramsPerSource(100).build());
	}

	private void flood() throws IOException {
		flood(new byte[] { (byte) 0xc1 });
	}

	private void flood(byte[] datagram) throws IOException {
		try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			DatagramPacket junk = new DatagramPacket(datagram, datagram.length, InetAddress.getLoopbackAddress(),
					this.node.myself().uri().port());
			for (int i = 0; i < JUNK; i++) {
				stranger.send(junk);
			}
		}
	}

}
