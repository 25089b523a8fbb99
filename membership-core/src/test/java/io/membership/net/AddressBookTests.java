package io.membership.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.membership.MemberUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The addresses behind names. The test's own thread is the owner: it runs what the
 * threads that look up hand back.
 */
@Timeout(20)
class AddressBookTests {

	private static final MemberUri HOST = MemberUri.of("host", 3301);

	private static final MemberUri OTHER = MemberUri.of("other", 3301);

	private final FakeNames names = new FakeNames();

	private final BlockingQueue<Runnable> owner = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> errors = new LinkedBlockingQueue<>();

	private long now;

	private final AddressBook book = new AddressBook("resolver", this.owner::add, this.names,
			(where, error) -> this.errors.add(where + ": " + error.getMessage()), () -> this.now);

	private final List<@Nullable InetSocketAddress> found = new ArrayList<>();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void listenToTheLog() {
		this.log.start();
		logger().addAppender(this.log);
	}

	@AfterEach
	void close() {
		logger().detachAppender(this.log);
		this.names.releaseAll();
		this.book.close();
	}

	@Test
	void aNameIsLookedUp() throws Exception {
		this.names.put("host", "10.0.0.1");
		find(HOST);
		runNext();
		assertThat(this.found).containsExactly(address("10.0.0.1"));
	}

	@Test
	void whoAsksDoesNotWait() {
		this.names.block("host");
		find(HOST);
		assertThat(this.found).isEmpty();
	}

	@Test
	void aNameIsLookedUpOnceForAllWhoWait() throws Exception {
		this.names.put("host", "10.0.0.1");
		this.names.block("host");
		find(HOST);
		find(HOST);
		find(HOST);
		this.names.release("host");
		runNext();
		assertThat(List.of(this.found.size(), this.names.lookUps("host"))).containsExactly(3, 1);
	}

	@Test
	void whoWaitsIsServedInOrder() throws Exception {
		this.names.put("host", "10.0.0.1");
		List<Integer> order = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			int number = i;
			this.book.find(HOST, false, (address) -> order.add(number));
		}
		runNext();
		assertThat(order).containsExactly(0, 1, 2, 3, 4);
	}

	@Test
	void aKnownAddressIsThereAtOnce() throws Exception {
		know(HOST, "10.0.0.1");
		find(HOST);
		assertThat(this.found).containsExactly(address("10.0.0.1"));
	}

	@Test
	void aKnownAddressIsNotLookedUpAgain() throws Exception {
		know(HOST, "10.0.0.1");
		find(HOST);
		assertThat(this.names.lookUps("host")).isOne();
	}

	@Test
	void whatIsKnownIsToldWithoutALookUp() throws Exception {
		assertThat(this.book.known(HOST)).isNull();
		know(HOST, "10.0.0.1");
		assertThat(this.book.known(HOST)).isEqualTo(address("10.0.0.1"));
		assertThat(this.names.lookUps("host")).isOne();
	}

	@Test
	void aRefreshServesTheKnownAddressAtOnce() throws Exception {
		know(HOST, "10.0.0.1");
		this.names.block("host");
		this.book.find(HOST, true, this.found::add);
		assertThat(this.found).containsExactly(address("10.0.0.1"));
	}

	@Test
	void aRefreshServesTheNewAddressTheNextTime() throws Exception {
		know(HOST, "10.0.0.1");
		this.names.put("host", "10.0.0.2");
		this.book.find(HOST, true, (address) -> {
		});
		runNext();
		find(HOST);
		assertThat(this.found).containsExactly(address("10.0.0.2"));
	}

	@Test
	void aRefreshIsNotRepeatedWhileOneIsUnderWay() throws Exception {
		know(HOST, "10.0.0.1");
		this.names.block("host");
		for (int i = 0; i < 5; i++) {
			this.book.find(HOST, true, this.found::add);
		}
		this.names.release("host");
		runNext();
		assertThat(this.names.lookUps("host")).isEqualTo(2);
	}

	@Test
	void anAddressIsKeptWhileItsNameCannotBeLookedUp() throws Exception {
		know(HOST, "10.0.0.1");
		this.names.remove("host");
		this.book.find(HOST, true, (address) -> {
		});
		runNext();
		find(HOST);
		assertThat(this.found).containsExactly(address("10.0.0.1"));
	}

	@Test
	void aNameThatDoesNotResolveIsNobody() throws Exception {
		find(HOST);
		runNext();
		assertThat(this.found).containsExactly((InetSocketAddress) null);
	}

	@Test
	void aNameThatDidNotResolveIsLookedUpAgain() throws Exception {
		find(HOST);
		runNext();
		this.names.put("host", "10.0.0.1");
		find(HOST);
		runNext();
		assertThat(this.found).containsExactly(null, address("10.0.0.1"));
	}

	@Test
	void aFailureIsLoggedOncePerUri() throws Exception {
		for (int i = 0; i < 3; i++) {
			find(HOST);
			runNext();
			find(OTHER);
			runNext();
		}
		assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly("The host name of host:3301 does not resolve: no such host",
					"The host name of other:3301 does not resolve: no such host");
	}

	@Test
	void aFailureAfterASuccessIsLoggedAgain() throws Exception {
		find(HOST);
		runNext();
		know(HOST, "10.0.0.1");
		this.names.remove("host");
		this.book.find(HOST, true, this.found::add);
		runNext();
		assertThat(this.log.list).hasSize(2);
	}

	@Test
	void aLookUpThatFailsUnexpectedlyIsAFailureToo() throws Exception {
		this.names.breakDown("host");
		find(HOST);
		runNext();
		assertThat(this.found).containsExactly((InetSocketAddress) null);
	}

	@Test
	void aHangingNameDoesNotDelayAnother() throws Exception {
		this.names.block("host");
		this.names.put("other", "10.0.0.2");
		find(HOST);
		find(OTHER);
		runNext();
		assertThat(this.found).containsExactly(address("10.0.0.2"));
	}

	@Test
	void aBurstToANewNameIsSentInFull() throws Exception {
		this.names.put("host", "10.0.0.1");
		for (int i = 0; i < 256; i++) {
			find(HOST);
		}
		runNext();
		assertThat(this.found).hasSize(256).containsOnly(address("10.0.0.1"));
	}

	@Test
	void aHangingNameIsWaitedForByNoMoreThanABurst() {
		this.names.block("host");
		for (int i = 0; i < 258; i++) {
			find(HOST);
		}
		assertThat(this.found).containsExactly(null, null);
	}

	@Test
	void manyHangingNamesDoNotFillTheMemory() {
		for (int i = 0; i < 8192; i++) {
			this.names.block("host" + i);
			find(MemberUri.of("host" + i, 3301));
		}
		find(HOST);
		assertThat(this.found).containsExactly((InetSocketAddress) null);
	}

	@Test
	void whoWasServedMakesRoomForOthers() throws Exception {
		this.names.put("host", "10.0.0.1");
		find(HOST);
		for (int i = 0; i < 8191; i++) {
			this.names.block("host" + i);
			find(MemberUri.of("host" + i, 3301));
		}
		runNext();
		find(OTHER);
		assertThat(this.found).containsExactly(address("10.0.0.1"));
	}

	@Test
	void ipv4IsPreferred() throws Exception {
		this.names.put("host", "::7", "10.0.0.1");
		find(HOST);
		runNext();
		assertThat(this.found).containsExactly(address("10.0.0.1"));
	}

	@Test
	void doubtsLeadToTheNextAddressOfTheName() throws Exception {
		this.names.put("host", "10.0.0.1", "10.0.0.2", "::7");
		find(HOST);
		runNext();
		for (int i = 0; i < 3; i++) {
			doubtAfter(AddressChoice.TRIAL);
			find(HOST);
		}
		assertThat(this.found).containsExactly(address("10.0.0.1"), address("10.0.0.2"), address("::7"),
				address("10.0.0.1"));
	}

	/** Else the answer would come from another address than the one in use by then. */
	@Test
	void whoIsInDoubtIsAskedAtTheAddressThatIsUsedFromNowOn() throws Exception {
		this.names.put("host", "10.0.0.1", "10.0.0.2");
		find(HOST);
		runNext();
		this.now += AddressChoice.TRIAL.toNanos();
		this.book.find(HOST, true, this.found::add);
		runNext();
		this.book.answered(HOST, Duration.ZERO);
		find(HOST);
		assertThat(this.found).containsExactly(address("10.0.0.1"), address("10.0.0.2"), address("10.0.0.2"));
		assertThat(this.book.at(address("10.0.0.1"))).isEmpty();
		assertThat(this.book.at(address("10.0.0.2"))).containsExactly(HOST);
	}

	@Test
	void whereSomebodyAnsweredDoubtsAreOnTrial() throws Exception {
		this.names.put("host", "10.0.0.1", "10.0.0.2");
		find(HOST);
		runNext();
		this.now += AddressChoice.TRIAL.toNanos();
		this.book.answered(HOST, Duration.ofMillis(1));
		doubtAfter(AddressChoice.TRIAL);
		find(HOST);
		doubtAfter(AddressChoice.TRIAL);
		find(HOST);
		assertThat(this.found).containsExactly(address("10.0.0.1"), address("10.0.0.1"), address("10.0.0.2"));
	}

	@Test
	void anAnswerOfAStrangerOrALiteralIsIgnored() {
		this.book.answered(HOST, Duration.ZERO);
		this.book.answered(MemberUri.of("10.0.0.9", 3301), Duration.ZERO);
		assertThat(this.book.known(HOST)).isNull();
	}

	@Test
	void anAddressThatTheNameHasNoMoreIsGivenUpAtOnce() throws Exception {
		know(HOST, "10.0.0.1");
		this.names.put("host", "10.0.0.2", "10.0.0.3");
		doubtAfter(Duration.ZERO);
		find(HOST);
		assertThat(this.found).containsExactly(address("10.0.0.2"));
	}

	@Test
	void theOnlyAddressIsKeptInSpiteOfDoubts() throws Exception {
		know(HOST, "10.0.0.1");
		doubtAfter(AddressChoice.TRIAL);
		find(HOST);
		assertThat(this.found).containsExactly(address("10.0.0.1"));
	}

	@Test
	void doubtsAboutAStrangerOrALiteralAreIgnored() {
		find(MemberUri.of("10.0.0.9", 3301));
		this.book.doubt(MemberUri.of("10.0.0.9", 3301));
		this.book.doubt(HOST);
		assertThat(this.names.lookUps).isEmpty();
	}

	@Test
	void ipv6WillDo() throws Exception {
		this.names.put("host", "::7");
		find(HOST);
		runNext();
		assertThat(this.found).containsExactly(address("::7"));
	}

	@ParameterizedTest
	@CsvSource({ "10.0.0.9, 10.0.0.9", "[::7], ::7" })
	void anAddressNeedsNoLookUp(String host, String expected) throws Exception {
		find(MemberUri.of(host, 3301));
		assertThat(this.found).containsExactly(address(expected));
	}

	@Test
	void anAddressIsNeverRefreshed() {
		MemberUri uri = MemberUri.of("10.0.0.9", 3301);
		find(uri);
		this.book.find(uri, true, this.found::add);
		assertThat(this.owner).isEmpty();
	}

	@Test
	void anAddressLeadsBackToItsUri() throws Exception {
		know(HOST, "10.0.0.1");
		assertThat(this.book.at(address("10.0.0.1"))).containsExactly(HOST);
	}

	@Test
	void aUriThatSaysItsAddressSharesItWithNames() throws Exception {
		MemberUri address = MemberUri.of("10.0.0.1", 3301);
		know(HOST, "10.0.0.1");
		assertThat(this.book.sharing(address)).containsExactlyInAnyOrder(HOST, address);
		assertThat(this.book.sharing(HOST)).containsExactlyInAnyOrder(HOST, address);
		assertThat(this.book.allAt(address("10.0.0.1"))).containsExactlyInAnyOrder(HOST, address);
	}

	@Test
	void whereAUriSaysItsAddressItIsKnownUnasked() throws Exception {
		assertThat(this.book.known(MemberUri.of("10.0.0.1", 3301))).isEqualTo(address("10.0.0.1"));
	}

	@Test
	void anAddressLeadsBackToAllItsUris() throws Exception {
		know(HOST, "10.0.0.1");
		know(OTHER, "10.0.0.1");
		assertThat(this.book.at(address("10.0.0.1"))).containsExactlyInAnyOrder(HOST, OTHER);
	}

	@Test
	void anotherPortLeadsNowhere() throws Exception {
		know(HOST, "10.0.0.1");
		assertThat(this.book.at(new InetSocketAddress(literal("10.0.0.1"), 3302))).isEmpty();
	}

	@Test
	void anAddressThatChangedLeadsNowhere() throws Exception {
		know(HOST, "10.0.0.1");
		this.names.put("host", "10.0.0.2");
		this.book.find(HOST, true, this.found::add);
		runNext();
		assertThat(List.of(this.book.at(address("10.0.0.1")), this.book.at(address("10.0.0.2"))))
			.containsExactly(Set.of(), Set.of(HOST));
	}

	@Test
	void namesThatDoNotResolveDoNotDisturbTheWayBack() throws Exception {
		know(HOST, "10.0.0.1");
		for (int i = 0; i < 10; i++) {
			find(MemberUri.of("s" + i, 1));
			runNext();
		}
		assertThat(this.book.at(address("10.0.0.1"))).containsExactly(HOST);
	}

	@Test
	void whoIsForgottenIsNotAtItsAddressAnyMore() throws Exception {
		know(HOST, "10.0.0.1");
		this.book.forget(HOST);
		assertThat(this.book.at(address("10.0.0.1"))).isEmpty();
	}

	@Test
	void whoIsForgottenDuringALookUpStaysForgotten() throws Exception {
		this.names.put("host", "10.0.0.1");
		this.names.block("host");
		find(HOST);
		this.book.forget(HOST);
		this.names.release("host");
		runNext();
		assertThat(this.book.at(address("10.0.0.1"))).isEmpty();
	}

	@Test
	void whoIsForgottenDuringALookUpIsServedAllTheSame() throws Exception {
		this.names.put("host", "10.0.0.1");
		this.names.block("host");
		find(HOST);
		this.book.forget(HOST);
		this.names.release("host");
		runNext();
		assertThat(this.found).containsExactly(address("10.0.0.1"));
	}

	@Test
	void forgettingAStrangerDoesNothing() {
		this.book.forget(HOST);
		assertThat(this.owner).isEmpty();
	}

	@Test
	void aClosedBookServesNobody() {
		this.book.close();
		find(HOST);
		assertThat(this.found).containsExactly((InetSocketAddress) null);
	}

	@Test
	void anErrorEndsOneLookUpAndNotTheNext() throws Exception {
		this.names.put("host", "10.0.0.1");
		this.names.overflow("host");
		find(HOST);
		runNext();
		assertThat(this.errors).containsExactly("the look-up of host:3301: on purpose");
		find(HOST);
		runNext();
		assertThat(this.found).containsExactly(null, address("10.0.0.1"));
	}

	@Test
	void closingLeavesNoThread() throws Exception {
		know(HOST, "10.0.0.1");
		Thread thread = this.names.threads.get(0);
		this.book.close();
		assertThat(thread.isAlive()).isFalse();
	}

	@Test
	void aLookUpThatOutlivesItsOwnerEndsQuietly() throws Exception {
		AtomicReference<Throwable> uncaught = new AtomicReference<>();
		this.names.block("host");
		AddressBook orphaned = new AddressBook("orphan", (task) -> {
			throw new RejectedExecutionException("closed");
		}, this.names, (where, error) -> this.errors.add(where));
		orphaned.find(HOST, false, this.found::add);
		this.names.awaitLookUp("host");
		Thread thread = this.names.threads.get(0);
		thread.setUncaughtExceptionHandler((where, error) -> uncaught.set(error));
		this.names.release("host");
		orphaned.close();
		thread.join();
		assertThat(uncaught).hasValue(null);
	}

	private void find(MemberUri uri) {
		this.book.find(uri, false, this.found::add);
	}

	/** Doubts an address some time later. */
	private void doubtAfter(Duration time) throws InterruptedException {
		this.now += time.toNanos();
		this.book.doubt(HOST);
		runNext();
	}

	/** Looks a URI up, and forgets that it did. */
	private void know(MemberUri uri, String address) throws Exception {
		this.names.put(uri.host(), address);
		find(uri);
		runNext();
		this.found.clear();
	}

	/** Runs on the owner's thread what a look-up handed back. */
	private void runNext() throws InterruptedException {
		Runnable task = this.owner.poll(10, TimeUnit.SECONDS);
		assertThat(task).isNotNull();
		task.run();
	}

	private static InetSocketAddress address(String text) throws UnknownHostException {
		return new InetSocketAddress(literal(text), 3301);
	}

	private static InetAddress literal(String text) throws UnknownHostException {
		return InetAddress.getAllByName(text)[0];
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(AddressBook.class);
	}

	/** A name service whose every answer is scripted. */
	private static final class FakeNames implements AddressBook.Lookup {

		private final Map<String, InetAddress[]> addresses = new ConcurrentHashMap<>();

		private final Map<String, CountDownLatch> blocked = new ConcurrentHashMap<>();

		private final Set<String> broken = ConcurrentHashMap.newKeySet();

		private final Set<String> overflowing = ConcurrentHashMap.newKeySet();

		private final List<String> lookUps = new CopyOnWriteArrayList<>();

		private final List<Thread> threads = new CopyOnWriteArrayList<>();

		private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();

		void put(String host, String... literals) throws UnknownHostException {
			InetAddress[] all = new InetAddress[literals.length];
			for (int i = 0; i < literals.length; i++) {
				all[i] = literal(literals[i]);
			}
			this.addresses.put(host, all);
		}

		void remove(String host) {
			this.addresses.remove(host);
		}

		/** Lets the next look-up fail in a way that nobody expects. */
		void overflow(String host) {
			this.overflowing.add(host);
		}

		void breakDown(String host) {
			this.broken.add(host);
		}

		void block(String host) {
			this.blocked.put(host, new CountDownLatch(1));
		}

		void release(String host) {
			this.blocked.get(host).countDown();
		}

		void releaseAll() {
			this.blocked.values().forEach(CountDownLatch::countDown);
		}

		int lookUps(String host) {
			return (int) this.lookUps.stream().filter(host::equals).count();
		}

		void awaitLookUp(String host) throws InterruptedException {
			assertThat(this.begun.poll(10, TimeUnit.SECONDS)).isEqualTo(host);
		}

		@Override
		public InetAddress[] allByName(String host) throws UnknownHostException {
			this.lookUps.add(host);
			this.threads.add(Thread.currentThread());
			this.begun.add(host);
			awaitRelease(host);
			if (this.overflowing.remove(host)) {
				throw new StackOverflowError("on purpose");
			}
			if (this.broken.contains(host)) {
				throw new IllegalStateException("on purpose");
			}
			InetAddress[] found = this.addresses.get(host);
			if (found == null) {
				throw new UnknownHostException("no such host");
			}
			return found;
		}

		/** Cannot be interrupted, like a real look-up. */
		private void awaitRelease(String host) {
			CountDownLatch latch = this.blocked.get(host);
			while (latch != null && latch.getCount() > 0) {
				try {
					latch.await();
				}
				catch (InterruptedException ex) {
					// It takes the time that it takes
				}
			}
		}

	}

}
