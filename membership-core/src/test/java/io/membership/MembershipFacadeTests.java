package io.membership;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A node over all its runs, on real sockets of the loopback interface.
 */
@Timeout(30)
class MembershipFacadeTests {

	private static final String LOOPBACK = "127.0.0.1";

	/** A label of a name has 63 characters at most, so no name server is asked. */
	private static final String NO_NAME = "x".repeat(64);

	/** Incarnations begin with 1, so that they are easy to tell. */
	private static final MembershipOptions FAST = MembershipOptions.builder()
		.extensions(EnumSet.complementOf(EnumSet.of(MembershipExtension.IDENTITY)))
		.protocolPeriod(Duration.ofMillis(40))
		.ackTimeout(Duration.ofMillis(20))
		.antiEntropyPeriod(Duration.ofMillis(400))
		.suspectTimeout(Duration.ofMillis(200))
		.build();

	/** Nobody is suspected, however busy this machine is. */
	private static final MembershipOptions PATIENT = MembershipOptions.builder()
		.protocolPeriod(Duration.ofMinutes(1))
		.ackTimeout(Duration.ofSeconds(30))
		.antiEntropyPeriod(Duration.ofMinutes(1))
		.suspectTimeout(Duration.ofMinutes(2))
		.build();

	private final List<Membership> nodes = new ArrayList<>();

	private final BlockingQueue<MembershipEvent> events = new LinkedBlockingQueue<>();

	@AfterEach
	void close() {
		this.nodes.forEach(Membership::close);
	}

	@Nested
	class BeforeTheStart {

		@Test
		void onlyThisNodeIsAMember() {
			Membership node = built();
			assertThat(node.members().values()).containsExactly(node.myself());
		}

		@Test
		void thisNodeHasLeft() {
			assertThat(built().myself().status()).isEqualTo(MemberStatus.LEFT);
		}

		@Test
		void thePayloadIsKept() {
			Membership node = built();
			node.setPayload("k", "v");
			node.start();
			assertThat(node.myself().payload()).isEqualTo(Map.of("k", "v"));
		}

		@Test
		void thePayloadIsShown() {
			Membership node = built();
			node.setPayload("k", "v");
			assertThat(node.myself().payload()).isEqualTo(Map.of("k", "v"));
		}

		@Test
		void thePayloadOfTheBuilderIsShown() {
			Membership node = add(builder().payload("k", "v").build());
			assertThat(node.myself().payload()).isEqualTo(Map.of("k", "v"));
		}

		@Test
		void addedMembersAreKept() {
			Membership node = built();
			node.addMember(uri(1));
			node.start();
			assertThat(node.member(uri(1))).isPresent();
		}

		@Test
		void addedMembersMayBeRemovedAgain() {
			Membership node = built();
			node.addMember(uri(1));
			node.removeMember(uri(1));
			node.start();
			assertThat(node.member(uri(1))).isEmpty();
		}

		@Test
		void subscriptionsAreKept() throws InterruptedException {
			Membership node = built();
			node.subscribe(events()::add);
			node.start();
			assertThat(awaitEvent((event) -> true).member().uri()).isEqualTo(node.myself().uri());
		}

		@Test
		void optionsAreKept() {
			Membership node = built();
			node.updateOptions((options) -> options.indirectProbes(7));
			node.start();
			assertThat(node.options().indirectProbes()).isEqualTo(7);
		}

		@Test
		void theKeyIsKept() {
			Membership node = built();
			node.setEncryptionKey(EncryptionKey.of("secret"));
			node.start();
			assertThat(node.encryptionKey()).contains(EncryptionKey.of("secret"));
		}

		@Test
		void theKeyIsUsed() throws InterruptedException {
			Membership keyed = built();
			keyed.setEncryptionKey(EncryptionKey.of("secret"));
			keyed.start();
			Membership plain = started();
			assertThat(plain.probeUri(keyed.myself().uri()).join()).isEqualTo(new ProbeResult.NoResponse());
		}

		@Test
		void allowedMembersAreKept() throws InterruptedException {
			Membership node = built();
			node.setAllowedMembers(List.of(uri(2)));
			node.subscribe(events()::add);
			node.start();
			node.addMember(uri(1));
			awaitEvent((event) -> event instanceof MemberRemovedEvent && event.member().uri().equals(uri(1)));
			assertThat(node.member(uri(1))).isEmpty();
		}

		@Test
		void anotherAddressIsKept() {
			Membership node = built();
			node.reinit("localhost", 0);
			node.start();
			assertThat(node.myself().uri().host()).isEqualTo("localhost");
		}

		@Test
		void probesAreNotSent() {
			assertThat(built().probeUri(uri(1)).join()).isInstanceOf(ProbeResult.NotSent.class);
		}

		@Test
		void broadcastsGoNowhere() {
			assertThat(built().broadcast(3301)).isZero();
		}

		@Test
		void nobodyCanBeMarkedAsLeft() {
			assertThat(built().markLeft(uri(1))).isFalse();
		}

		@Test
		void thisNodeCannotLeave() {
			assertThat(built().leave()).isFalse();
		}

		@Test
		void theStateIsNotRunning() {
			assertThat(built().state()).isEqualTo(new MembershipState(false, null, null, null, 0, 0, 0, false, 0));
		}

		@Test
		void aPayloadThatIsTooLargeIsRefusedWithSizeAndLimit() {
			assertTooLarge(built());
		}

		@Test
		void aRefusedPayloadChangesNothing() {
			Membership node = built();
			node.setPayload("k", "v");
			assertThatIllegalArgumentException().isThrownBy(() -> node.setPayload("l", "x".repeat(2000)));
			assertThat(node.myself().payload()).isEqualTo(Map.of("k", "v"));
		}

		@Test
		void aPayloadThatFitsFitsWithWhateverPortIsFree() {
			Membership node = built();
			node.setPayload("k", "x".repeat(largestLength(node)));
			node.start();
			node.setPayload("k", null);
			assertThat(largestLength(node)).isGreaterThanOrEqualTo(largestLength(built()));
		}

		@Test
		void optionsThatLeaveNoRoomForThePayloadAreRefused() {
			Membership node = built();
			node.setPayload("k", "x".repeat(1000));
			assertThatExceptionOfType(InvalidOptionException.class)
				.isThrownBy(() -> node.updateOptions((options) -> options.maxPacketSize(512)));
		}

		@Test
		void aKeyThatLeavesNoRoomForThePayloadIsRefused() {
			Membership node = built();
			node.setPayload("k", "x".repeat(largestLength(node)));
			assertThatIllegalArgumentException().isThrownBy(() -> node.setEncryptionKey(EncryptionKey.of("secret")));
		}

		@Test
		void aMalformedPortForBroadcastIsRefused() {
			Membership node = built();
			assertThatIllegalArgumentException().isThrownBy(() -> node.broadcast(0));
		}

	}

	@Nested
	class TheStart {

		@Test
		void makesThisNodeAlive() {
			assertThat(started().myself()).extracting("status", "incarnation").containsExactly(MemberStatus.ALIVE, 1L);
		}

		@Test
		void tellsTheRealPort() {
			Membership node = started();
			InetSocketAddress bound = node.state().boundAddress();
			assertThat(node.myself().uri()).isEqualTo(MemberUri.of(LOOPBACK, bound.getPort()));
		}

		@Test
		void twiceDoesNothing() {
			Membership node = started();
			node.start();
			assertThat(node.myself().incarnation()).isEqualTo(1);
		}

		@Test
		void onAPortInUseIsRefused() throws Exception {
			try (DatagramChannel other = occupied()) {
				Membership node = add(builder().port(port(other)).build());
				assertThatExceptionOfType(SocketBindException.class).isThrownBy(node::start)
					.withMessageContaining(String.valueOf(port(other)));
			}
		}

		@Test
		void onAPortInUseLeavesNoThread() throws Exception {
			try (DatagramChannel other = occupied()) {
				Membership node = add(builder().port(port(other)).build());
				assertThatExceptionOfType(SocketBindException.class).isThrownBy(node::start);
				assertThat(threadsOf(port(other))).isEmpty();
			}
		}

		@Test
		void onAPortInUseMayBeTriedAgain() throws Exception {
			DatagramChannel other = occupied();
			Membership node = add(builder().port(port(other)).build());
			assertThatExceptionOfType(SocketBindException.class).isThrownBy(node::start);
			other.close();
			node.start();
			assertThat(node.state().running()).isTrue();
		}

		@Test
		void greetsTheSeeds() throws InterruptedException {
			Membership seed = started();
			seed.subscribe(events()::add);
			Membership node = add(builder().seeds(List.of(seed.myself().uri())).start());
			awaitEvent((event) -> event.member().uri().equals(node.myself().uri()));
			assertThat(seed.member(node.myself().uri())).isPresent();
		}

		@Test
		void beginsTheEventsWithThisNode() throws InterruptedException {
			Membership node = add(builder().listener(events()::add).start());
			assertThat(awaitEvent((event) -> true)).isInstanceOfSatisfying(MemberStatusChangedEvent.class,
					(event) -> assertThat(List.of(event.member().uri(), event.previous() == null))
						.containsExactly(node.myself().uri(), true));
		}

		@Test
		void namesItsThreadsAfterThePort() {
			Membership node = started();
			int port = node.myself().uri().port();
			assertThat(threadsOf(port)).contains("membership-" + port + "-protocol");
		}

	}

	@Nested
	class TheEnd {

		@Test
		void leavesNoThread() {
			Membership node = add(builder().listener(events()::add).start());
			node.probeUri(MemberUri.of("localhost", 1)).join();
			int port = node.myself().uri().port();
			node.close();
			assertThat(threadsOf(port)).isEmpty();
		}

		@Test
		void freesThePort() throws Exception {
			Membership node = started();
			int port = node.myself().uri().port();
			node.close();
			try (DatagramChannel channel = DatagramChannel.open()) {
				channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
				assertThat(channel.isOpen()).isTrue();
			}
		}

		@Test
		void mayComeTwice() {
			Membership node = started();
			node.close();
			node.close();
			assertThat(node.state().running()).isFalse();
		}

		@Test
		void isToldToOthers() throws InterruptedException {
			Membership other = add(builder().options(PATIENT).start());
			Membership node = add(builder().options(PATIENT).seeds(List.of(other.myself().uri())).start());
			other.subscribe(events()::add);
			MemberUri uri = node.myself().uri();
			awaitMember(other, uri, MemberStatus.ALIVE);
			awaitMember(node, other.myself().uri(), MemberStatus.ALIVE);
			node.close();
			MembershipEvent left = awaitEvent(
					(event) -> event.member().uri().equals(uri) && event.member().status() == MemberStatus.LEFT);
			assertThat(left.evidence()).isEqualTo(Evidence.reported(Evidence.Cause.LEAVE, uri));
		}

		@Test
		void isTheLastEvent() {
			Membership node = add(builder().listener(events()::add).start());
			node.close();
			assertThat(List.copyOf(events())).last()
				.extracting((event) -> event.member().status())
				.isEqualTo(MemberStatus.LEFT);
		}

		@Test
		void leavesOnlyThisNodeInTheView() {
			Membership node = started();
			node.addMember(uri(1));
			node.close();
			assertThat(node.members()).containsOnlyKeys(node.myself().uri());
		}

		@Test
		void keepsThePayload() {
			Membership node = started();
			node.setPayload("k", "v");
			node.close();
			assertThat(node.myself().payload()).isEqualTo(Map.of("k", "v"));
		}

		@Test
		void byLeavingSaysWhetherItWasTheEnd() {
			Membership node = started();
			assertThat(List.of(node.leave(), node.leave())).containsExactly(true, false);
		}

		@Test
		void byACrashIsToldToNobody() throws InterruptedException {
			Membership other = started();
			Membership node = add(builder().seeds(List.of(other.myself().uri())).start());
			other.subscribe(events()::add);
			MemberUri uri = node.myself().uri();
			awaitMember(other, uri, MemberStatus.ALIVE);
			node.crash();
			awaitMember(other, uri, MemberStatus.DEAD);
			assertThat(events()).noneMatch((event) -> event.member().status() == MemberStatus.LEFT);
		}

		@Test
		void byACrashMayComeTwice() {
			Membership node = started();
			node.crash();
			node.crash();
			assertThat(node.state().running()).isFalse();
		}

		@Test
		void byACrashLeavesNoThread() {
			Membership node = started();
			int port = node.myself().uri().port();
			node.crash();
			assertThat(threadsOf(port)).isEmpty();
		}

		@Test
		void answersProbesThatAreInFlight() {
			Membership node = add(builder()
				.options(FAST.toBuilder()
					.protocolPeriod(Duration.ofSeconds(1))
					.suspectTimeout(Duration.ofSeconds(1))
					.antiEntropyPeriod(Duration.ofSeconds(1))
					.ackTimeout(Duration.ofSeconds(1))
					.build())
				.start());
			var probe = node.probeUri(uri(1));
			node.close();
			assertThat(probe.join()).isInstanceOfAny(ProbeResult.NoResponse.class, ProbeResult.NotSent.class);
		}

		@Test
		void doesNotWaitForASlowListenerForEver() throws InterruptedException {
			CountDownLatch called = new CountDownLatch(1);
			CountDownLatch released = new CountDownLatch(1);
			Membership node = add(builder().listener((event) -> {
				called.countDown();
				awaitUninterruptibly(released);
			}).start());
			called.await();
			long begin = System.nanoTime();
			node.close();
			Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
			released.countDown();
			assertThat(elapsed).isBetween(Duration.ofMillis(1900), Duration.ofSeconds(4));
		}

	}

	@Nested
	class ANewRun {

		@RepeatedTest(50)
		void hasEventsEvenIfItBeganWhileTheLastOneEnded() throws InterruptedException {
			Membership node = started();
			Thread closing = new Thread(node::close);
			closing.start();
			node.start();
			closing.join();
			node.start();
			node.subscribe(events()::add);
			node.setPayload("k", "v");
			assertThat(awaitEvent(MemberPayloadChangedEvent.class::isInstance).member().payload()).containsKey("k");
		}

		@Test
		void hasAHigherIncarnation() {
			Membership node = started();
			List<Long> incarnations = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				incarnations.add(node.myself().incarnation());
				node.close();
				node.start();
			}
			assertThat(incarnations).containsExactly(1L, 2L, 3L);
		}

		@Test
		void goesOnFromTheIncarnationThatThePayloadLeft() {
			Membership node = started();
			node.setPayload("k", 1);
			node.setPayload("k", 2);
			node.leave();
			node.rejoin();
			assertThat(node.myself().incarnation()).isEqualTo(4);
		}

		@Test
		void keepsTheFreePort() {
			Membership node = started();
			MemberUri uri = node.myself().uri();
			node.close();
			node.start();
			assertThat(node.myself().uri()).isEqualTo(uri);
		}

		@Test
		void keepsPayloadAndSubscriptions() throws InterruptedException {
			Membership node = started();
			node.setPayload("k", "v");
			node.close();
			node.subscribe(events()::add);
			node.start();
			assertThat(awaitEvent((event) -> event.member().status() == MemberStatus.ALIVE).member().payload())
				.isEqualTo(Map.of("k", "v"));
		}

		@Test
		void greetsThoseItKnew() throws InterruptedException {
			Membership other = started();
			Membership node = started();
			node.addMember(other.myself().uri());
			awaitMember(other, node.myself().uri(), MemberStatus.ALIVE);
			node.leave();
			awaitMember(other, node.myself().uri(), MemberStatus.LEFT);
			node.rejoin();
			awaitMember(other, node.myself().uri(), MemberStatus.ALIVE);
			assertThat(other.member(node.myself().uri())).map(Member::incarnation).contains(2L);
		}

		@Test
		void afterACrashIsBelievedByTheOthers() throws InterruptedException {
			Membership other = started();
			Membership node = started();
			node.addMember(other.myself().uri());
			awaitMember(other, node.myself().uri(), MemberStatus.ALIVE);
			node.crash();
			awaitMember(other, node.myself().uri(), MemberStatus.DEAD);
			node.start();
			awaitMember(other, node.myself().uri(), MemberStatus.ALIVE);
			assertThat(node.myself().status()).isEqualTo(MemberStatus.ALIVE);
		}

		@Test
		void hasNoneOfTheMembersThatWereAdded() {
			Membership node = started();
			node.addMember(uri(1));
			node.leave();
			node.rejoin();
			assertThat(node.member(uri(1))).isEmpty();
		}

	}

	@Nested
	class WhileRunning {

		@Test
		void aPayloadThatIsTooLargeIsRefusedWithSizeAndLimit() {
			assertTooLarge(started());
		}

		@Test
		void aRefusedPayloadChangesNothing() {
			Membership node = started();
			node.setPayload("k", "v");
			Member before = node.myself();
			assertThatIllegalArgumentException().isThrownBy(() -> node.setPayload("l", "x".repeat(2000)));
			assertThat(node.myself()).extracting("payload", "incarnation")
				.containsExactly(before.payload(), before.incarnation());
		}

		@Test
		void aRefusedOptionChangesNothing() {
			Membership node = started();
			MembershipOptions before = node.options();
			assertThatExceptionOfType(InvalidOptionException.class)
				.isThrownBy(() -> node.updateOptions((options) -> options.ackTimeout(Duration.ofDays(1))));
			assertThat(node.options()).isEqualTo(before);
		}

		@Test
		void optionsThatLeaveNoRoomForThePayloadChangeNothing() {
			Membership node = started();
			node.setPayload("k", "x".repeat(1000));
			assertThatExceptionOfType(InvalidOptionException.class)
				.isThrownBy(() -> node.updateOptions((options) -> options.maxPacketSize(512)));
			assertThat(node.options().maxPacketSize()).isEqualTo(1472);
		}

		@Test
		void aKeyThatLeavesNoRoomForThePayloadChangesNothing() {
			Membership node = started();
			node.setPayload("k", "x".repeat(largestLength(node)));
			assertThatIllegalArgumentException().isThrownBy(() -> node.setEncryptionKey(EncryptionKey.of("secret")));
			assertThat(node.isEncrypted()).isFalse();
		}

		@Test
		void aKeyIsUsedFromTheNextDatagramOn() {
			Membership one = started();
			Membership other = started();
			one.setEncryptionKey(EncryptionKey.of("secret"));
			ProbeResult apart = one.probeUri(other.myself().uri()).join();
			other.setEncryptionKey(EncryptionKey.of("secret"));
			ProbeResult together = one.probeUri(other.myself().uri()).join();
			assertThat(List.of(apart.getClass(), together.getClass())).containsExactly(ProbeResult.NoResponse.class,
					ProbeResult.Alive.class);
		}

		@Test
		void noKeySwitchesEncryptionOff() {
			Membership node = started();
			node.setEncryptionKey(EncryptionKey.of("secret"));
			node.setEncryptionKey(null);
			assertThat(node.encryptionKey()).isEqualTo(Optional.empty());
		}

		@Test
		void aProbeOfAnUnresolvableNameIsNotSent() {
			Membership node = add(builder()
				.options(MembershipOptions.builder()
					.protocolPeriod(Duration.ofSeconds(20))
					.ackTimeout(Duration.ofSeconds(20))
					.antiEntropyPeriod(Duration.ofSeconds(20))
					.suspectTimeout(Duration.ofSeconds(20))
					.build())
				.start());
			assertThat(node.probeUri(MemberUri.of(NO_NAME, 3301)).join()).isInstanceOf(ProbeResult.NotSent.class);
		}

		@Test
		void aSnapshotIsWhereTheEventsGoOn() throws InterruptedException {
			Membership node = started();
			node.addMember(uri(1));
			Subscription subscription = node.subscribe(events()::add);
			node.addMember(uri(2));
			MembershipEvent first = awaitEvent((event) -> event.member().uri().port() < 10);
			assertThat(List.of(subscription.snapshot().keySet().contains(uri(1)), first.member().uri()))
				.containsExactly(true, uri(2));
		}

		@Test
		void membersAreASnapshot() {
			Membership node = started();
			Map<MemberUri, Member> before = node.members();
			node.addMember(uri(1));
			assertThat(before).doesNotContainKey(uri(1));
		}

		@Test
		void membersMayBeIterated() {
			Membership node = started();
			node.addMember(uri(1));
			assertThat(node).extracting(Member::uri).containsExactlyInAnyOrder(node.myself().uri(), uri(1));
		}

		@Test
		void theStateIsFresh() {
			Membership node = started();
			node.probeUri(node.myself().uri()).join();
			assertThat(node.state().sinceLastPeriod()).isLessThan(Duration.ofSeconds(5));
		}

	}

	@Nested
	class AMove {

		@Test
		void toAnotherHostKeepsTheSocket() {
			Membership node = started();
			InetSocketAddress before = node.state().boundAddress();
			node.reinit("localhost", 0);
			assertThat(node.state().boundAddress()).isEqualTo(before);
		}

		@Test
		void toAnotherHostIsANewMember() {
			Membership node = started();
			MemberUri before = node.myself().uri();
			node.reinit("localhost", before.port());
			assertThat(List.of(node.myself().uri(), node.members().size()))
				.containsExactly(MemberUri.of("localhost", before.port()), 2);
		}

		@Test
		void toAnotherPortBindsIt() throws Exception {
			Membership node = started();
			int free = freePort();
			node.reinit(LOOPBACK, free);
			assertThat(node.state().boundAddress().getPort()).isEqualTo(free);
		}

		@Test
		void toAnotherPortFreesTheOldOne() throws Exception {
			Membership node = started();
			int before = node.myself().uri().port();
			node.reinit(LOOPBACK, freePort());
			try (DatagramChannel channel = DatagramChannel.open()) {
				channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), before));
				assertThat(channel.isOpen()).isTrue();
			}
		}

		@Test
		void toAnotherPortIsReachableThere() throws Exception {
			Membership node = started();
			Membership other = started();
			node.reinit(LOOPBACK, freePort());
			assertThat(other.probeUri(node.myself().uri()).join()).isInstanceOf(ProbeResult.Alive.class);
		}

		@Test
		void toAPortInUseIsRefused() throws Exception {
			Membership node = started();
			try (DatagramChannel other = occupied()) {
				assertThatExceptionOfType(SocketBindException.class)
					.isThrownBy(() -> node.reinit(LOOPBACK, port(other)))
					.withMessageContaining(String.valueOf(port(other)));
			}
		}

		@Test
		void toAPortInUseChangesNothing() throws Exception {
			Membership node = started();
			Membership peer = started();
			MemberUri before = node.myself().uri();
			try (DatagramChannel other = occupied()) {
				assertThatExceptionOfType(SocketBindException.class)
					.isThrownBy(() -> node.reinit("localhost", port(other)));
			}
			assertThat(peer.probeUri(before).join()).isInstanceOf(ProbeResult.Alive.class);
		}

		@Test
		void toWhereItIsChangesNothing() {
			Membership node = started();
			node.reinit(LOOPBACK, node.myself().uri().port());
			assertThat(node.myself().incarnation()).isEqualTo(1);
		}

		@Test
		void toAMalformedHostIsRefused() {
			Membership node = started();
			assertThatIllegalArgumentException().isThrownBy(() -> node.reinit("no host", 1));
		}

		@Test
		void isKeptOverRuns() {
			Membership node = started();
			node.reinit("localhost", 0);
			node.close();
			node.start();
			assertThat(node.myself().uri().host()).isEqualTo("localhost");
		}

	}

	@Nested
	class FromAListener {

		@Test
		void thePayloadMayBeSet() throws InterruptedException {
			Membership node = add(fromFirstEvent((self) -> self.setPayload("k", "v")));
			awaitEvent(MemberPayloadChangedEvent.class::isInstance);
			assertThat(node.myself().payload()).isEqualTo(Map.of("k", "v"));
		}

		@Test
		void aProbeMayBeWaitedFor() throws InterruptedException {
			AtomicReference<ProbeResult> result = new AtomicReference<>();
			CountDownLatch done = new CountDownLatch(1);
			add(fromFirstEvent((self) -> {
				self.addMember(uri(1));
				result.set(self.probeUri(self.myself().uri()).join());
				done.countDown();
			}));
			assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(result.get()).isInstanceOf(ProbeResult.Alive.class);
		}

		@Test
		void theNodeMayLeave() throws InterruptedException {
			AtomicReference<Boolean> left = new AtomicReference<>();
			CountDownLatch done = new CountDownLatch(1);
			add(fromFirstEvent((self) -> {
				left.set(self.leave());
				done.countDown();
			}));
			assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(left).hasValue(true);
		}

		@Test
		void theNodeMayBeClosed() throws InterruptedException {
			CountDownLatch done = new CountDownLatch(1);
			Membership node = add(fromFirstEvent((self) -> {
				self.close();
				done.countDown();
			}));
			assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(node.state().running()).isFalse();
		}

		@Test
		void theNodeMayBeClosedWithoutLosingItsLastEvent() throws InterruptedException {
			add(fromFirstEvent(Membership::close));
			assertThat(awaitEvent((event) -> event.member().status() == MemberStatus.LEFT)).isNotNull();
		}

		@Test
		void theNodeMayBeRestarted() throws InterruptedException {
			Membership node = add(fromFirstEvent((self) -> {
				self.close();
				self.start();
			}));
			awaitEvent((event) -> event.member().incarnation() == 2 && event.member().status() == MemberStatus.ALIVE);
			assertThat(node.state().running()).isTrue();
		}

		@Test
		void theNodeMayBeMoved() throws InterruptedException {
			Membership node = add(fromFirstEvent((self) -> self.reinit("localhost", 0)));
			awaitEvent((event) -> event.member().uri().host().equals("localhost"));
			assertThat(node.myself().uri().host()).isEqualTo("localhost");
		}

		@Test
		void anotherListenerMaySubscribe() throws InterruptedException {
			CountDownLatch called = new CountDownLatch(1);
			add(fromFirstEvent((self) -> {
				self.subscribe((event) -> called.countDown());
				self.setPayload("k", "v");
			}));
			assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
		}

		/**
		 * Starts a node whose listener does something at the first event, which comes
		 * while the start is under way.
		 */
		private Membership fromFirstEvent(Consumer<Membership> action) {
			Membership node = built();
			AtomicBoolean done = new AtomicBoolean();
			node.subscribe((event) -> {
				events().add(event);
				if (done.compareAndSet(false, true)) {
					action.accept(node);
				}
			});
			node.start();
			return node;
		}

	}

	private MembershipBuilder builder() {
		return Membership.builder().bindAddress(LOOPBACK).advertisedHost(LOOPBACK).port(0).options(FAST);
	}

	private Membership built() {
		return add(builder().build());
	}

	private Membership started() {
		return add(builder().start());
	}

	private <T extends Membership> T add(T node) {
		this.nodes.add(node);
		return node;
	}

	private BlockingQueue<MembershipEvent> events() {
		return this.events;
	}

	/** Waits for an event, and throws away those before it. */
	private MembershipEvent awaitEvent(Predicate<MembershipEvent> condition) throws InterruptedException {
		MembershipEvent event;
		do {
			event = this.events.poll(10, TimeUnit.SECONDS);
			assertThat(event).isNotNull();
		}
		while (!condition.test(event));
		return event;
	}

	/** Waits until a node sees a member in a state, without missing it. */
	private static void awaitMember(Membership node, MemberUri uri, MemberStatus status) throws InterruptedException {
		CountDownLatch seen = new CountDownLatch(1);
		try (Subscription subscription = node.subscribe((event) -> {
			if (event.member().uri().equals(uri) && event.member().status() == status) {
				seen.countDown();
			}
		})) {
			Member now = subscription.snapshot().get(uri);
			if (now == null || now.status() != status) {
				assertThat(seen.await(10, TimeUnit.SECONDS)).as("%s sees %s %s", node.myself().uri(), uri, status)
					.isTrue();
			}
		}
	}

	private static void assertTooLarge(Membership node) {
		assertThatIllegalArgumentException().isThrownBy(() -> node.setPayload("k", "x".repeat(2000)))
			.withMessageMatching(".* needs 2\\d\\d\\d bytes, and no more than 1472 fit .*");
	}

	/** Returns how long a text may be as the only entry of a payload. */
	private static int largestLength(Membership node) {
		int length = 1472;
		while (true) {
			try {
				node.setPayload("k", "x".repeat(length));
				node.setPayload("k", null);
				return length;
			}
			catch (IllegalArgumentException ex) {
				length--;
			}
		}
	}

	private static List<String> threadsOf(int port) {
		String prefix = "membership-" + port + "-";
		List<String> names = new ArrayList<>();
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (thread.getName().startsWith(prefix)) {
				names.add(thread.getName());
			}
		}
		Collections.sort(names);
		return names;
	}

	private static DatagramChannel occupied() throws Exception {
		DatagramChannel channel = DatagramChannel.open();
		channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		return channel;
	}

	private static int freePort() throws Exception {
		try (DatagramChannel channel = occupied()) {
			return port(channel);
		}
	}

	private static int port(DatagramChannel channel) throws Exception {
		return ((InetSocketAddress) channel.getLocalAddress()).getPort();
	}

	/** An address that nobody answers, and that needs no look-up. */
	private static MemberUri uri(int number) {
		return MemberUri.of(LOOPBACK, number);
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				// As slow as it is
			}
		}
	}

}
