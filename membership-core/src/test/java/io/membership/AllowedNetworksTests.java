package io.membership;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * From where a node hears anything, on real sockets of the loopback interface, which is
 * in none of the networks that are allowed here.
 */
@Timeout(30)
class AllowedNetworksTests {

	private static final String LOOPBACK = "127.0.0.1";

	private static final List<CidrBlock> ELSEWHERE = List.of(CidrBlock.parse("10.0.0.0/8"),
			CidrBlock.parse("fd00::/8"));

	private static final List<CidrBlock> HERE = List.of(CidrBlock.parse("10.0.0.0/8"), CidrBlock.parse("127.0.0.0/8"));

	private static final MembershipOptions FAST = MembershipOptions.builder()
		.protocolPeriod(Duration.ofMillis(40))
		.ackTimeout(Duration.ofMillis(20))
		.antiEntropyPeriod(Duration.ofMillis(400))
		.suspectTimeout(Duration.ofMillis(80))
		.build();

	private final BlockingQueue<DropReason> dropped = new LinkedBlockingQueue<>();

	private final BlockingQueue<MembershipObserver.ProbeOutcome> probed = new LinkedBlockingQueue<>();

	private final BlockingQueue<MemberStatus> seen = new LinkedBlockingQueue<>();

	private final Membership node = builder().allowedNetworks(ELSEWHERE).observer(new Observer()).build();

	private final DatagramSocket stranger = stranger();

	@AfterEach
	void close() {
		this.node.close();
		this.stranger.close();
	}

	@Test
	void whoIsElsewhereIsDroppedBeforeAnythingElse() throws Exception {
		this.node.start();
		sendJunk(1);
		sendJunk(5000);
		assertThat(List.of(nextDropped(), nextDropped())).containsOnly(DropReason.FOREIGN_NETWORK);
	}

	@Test
	void aNodeHearsItself() throws Exception {
		this.node.start();
		MembershipObserver.ProbeOutcome outcome;
		do {
			outcome = this.probed.poll(10, TimeUnit.SECONDS);
			assertThat(outcome).isNotNull();
		}
		while (outcome != MembershipObserver.ProbeOutcome.DIRECT);
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void anEmptyListAllowsAll() throws Exception {
		this.node.setAllowedNetworks(List.of());
		this.node.start();
		sendJunk(1);
		assertThat(nextDropped()).isEqualTo(DropReason.MALFORMED);
	}

	@Test
	void theNetworksMayChangeWhileTheNodeRuns() throws Exception {
		this.node.start();
		try (Membership peer = builder().start()) {
			assertThat(isHeard(peer, 3)).isFalse();
			this.node.setAllowedNetworks(HERE);
			assertThat(isHeard(peer, 100)).isTrue();
			this.node.setAllowedNetworks(ELSEWHERE);
			assertThat(isHeard(peer, 3)).isFalse();
		}
	}

	@Test
	void theNetworksAreKeptOverRuns() throws Exception {
		this.node.start();
		this.node.setAllowedNetworks(HERE);
		this.node.close();
		this.node.start();
		sendJunk(1);
		assertThat(nextDropped()).isEqualTo(DropReason.MALFORMED);
	}

	/** It has another key, or it is somebody else: nobody has looked. */
	@Test
	void aDeadMemberThatIsElsewhereIsNotTakenForNonDecryptable() throws Exception {
		this.node.subscribe((event) -> {
			if (event.member().uri().equals(strangerUri())) {
				this.seen.add(event.member().status());
			}
		});
		this.node.start();
		this.node.addMember(strangerUri());
		awaitSeen(MemberStatus.DEAD);
		sendJunk(1);
		assertThat(nextDropped()).isEqualTo(DropReason.FOREIGN_NETWORK);
		this.node.setAllowedNetworks(HERE);
		assertThat(this.seen).isEmpty();
		sendJunk(1);
		awaitSeen(MemberStatus.NON_DECRYPTABLE);
	}

	@Test
	void aMalformedNetworkIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Membership.builder().allowedNetworks("10.0.0.0/8", "10/8"))
			.withMessageContaining("'10/8'");
	}

	/** The machine may be busy, so whoever is heard may need some attempts. */
	private boolean isHeard(Membership peer, int attempts) {
		boolean heard = false;
		for (int attempt = 0; attempt < attempts && !heard; attempt++) {
			heard = peer.probeUri(this.node.myself().uri()).join() instanceof ProbeResult.Alive;
		}
		return heard;
	}

	private static MembershipBuilder builder() {
		return Membership.builder().bindAddress(LOOPBACK).advertisedHost(LOOPBACK).port(0).options(FAST);
	}

	private static DatagramSocket stranger() {
		try {
			return new DatagramSocket(0, InetAddress.getLoopbackAddress());
		}
		catch (SocketException ex) {
			throw new AssertionError(ex);
		}
	}

	private MemberUri strangerUri() {
		return MemberUri.of(LOOPBACK, this.stranger.getLocalPort());
	}

	/** Sends what begins with a byte that no MessagePack begins with. */
	private void sendJunk(int length) throws IOException {
		byte[] junk = new byte[length];
		junk[0] = (byte) 0xc1;
		int port = this.node.myself().uri().port();
		this.stranger.send(new DatagramPacket(junk, length, InetAddress.getLoopbackAddress(), port));
		;
	}

	private DropReason nextDropped() throws InterruptedException {
		DropReason reason = this.dropped.poll(10, TimeUnit.SECONDS);
		assertThat(reason).isNotNull();
		return reason;
	}

	private void awaitSeen(MemberStatus status) throws InterruptedException {
		MemberStatus next;
		do {
			next = this.seen.poll(10, TimeUnit.SECONDS);
			assertThat(next).isNotNull();
		}
		while (next != status);
	}

	private final class Observer implements MembershipObserver {

		@Override
		public void dropped(DropReason reason) {
			AllowedNetworksTests.this.dropped.add(reason);
		}

		@Override
		public void probed(ProbeOutcome outcome, Duration elapsed) {
			AllowedNetworksTests.this.probed.add(outcome);
		}

	}

}
