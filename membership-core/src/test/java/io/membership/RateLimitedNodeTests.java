package io.membership;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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
	void othersAreHeardAllTheSame() throws Exception {
		this.node.start();
		flood();
		assertThat(this.limited.await(10, TimeUnit.SECONDS)).isTrue();
		try (Membership peer = builder().start()) {
			assertThat(peer.probeUri(this.node.myself().uri()).join()).isInstanceOf(ProbeResult.Alive.class);
		}
	}

	@Test
	void theLimitMayBeSwitchedOffWhileTheNodeRuns() throws Exception {
		this.node.start();
		this.node.updateOptions((options) -> options.maxDatagramsPerSource(0));
		flood();
		try (Membership peer = builder().start()) {
			assertThat(peer.probeUri(this.node.myself().uri()).join()).isInstanceOf(ProbeResult.Alive.class);
		}
		assertThat(this.dropped).containsOnlyKeys(DropReason.MALFORMED);
	}

	private static MembershipBuilder builder() {
		return Membership.builder()
			.bindAddress(LOOPBACK)
			.advertisedHost(LOOPBACK)
			.port(0)
			.options(MembershipOptions.builder().maxDatagramsPerSource(100).build());
	}

	private void flood() throws IOException {
		try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			DatagramPacket junk = new DatagramPacket(new byte[] { (byte) 0xc1 }, 1, InetAddress.getLoopbackAddress(),
					this.node.myself().uri().port());
			for (int i = 0; i < JUNK; i++) {
				stranger.send(junk);
			}
		}
	}

}
