package io.membership.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.membership.AddressSeed;
import io.membership.MemberUri;
import io.membership.Seed;
import io.membership.SeedProvider;
import io.membership.ServiceSeed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The search for seeds. The test's own thread is the owner: it runs what the threads that
 * ask hand back.
 */
@Timeout(20)
class SeedFinderTests {

	private static final Seed MESH = new AddressSeed("mesh");

	private static final MemberUri FIRST = MemberUri.of("10.0.0.1", 3301);

	private static final MemberUri SECOND = MemberUri.of("10.0.0.2", 3301);

	private final FakeNames names = new FakeNames();

	private final BlockingQueue<Runnable> owner = new LinkedBlockingQueue<>();

	private final AtomicInteger failures = new AtomicInteger();

	private final List<String> errors = new CopyOnWriteArrayList<>();

	private final List<Collection<MemberUri>> found = new ArrayList<>();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final List<SeedFinder> finders = new ArrayList<>();

	@BeforeEach
	void listenToTheLog() {
		this.log.start();
		logger().addAppender(this.log);
	}

	@AfterEach
	void close() {
		this.names.hanging.values().forEach(CountDownLatch::countDown);
		this.finders.forEach(SeedFinder::close);
		logger().detachAppender(this.log);
	}

	@Test
	void allAddressesOfANameAreFound() throws Exception {
		this.names.put("mesh", "10.0.0.1", "fd00::2");
		find(finder(MESH), 1);
		assertThat(last()).containsExactly(FIRST, MemberUri.of("fd00:0:0:0:0:0:0:2", 3301));
	}

	@Test
	void allTargetsOfAServiceAreFound() throws Exception {
		this.names.services.put("_membership._udp.mesh", List.of(MemberUri.of("a", 1), MemberUri.of("b", 2)));
		find(finder(new ServiceSeed("_membership._udp.mesh")), 1);
		assertThat(last()).containsExactly(MemberUri.of("a", 1), MemberUri.of("b", 2));
	}

	@Test
	void aNameIsLookedUpEachTime() throws Exception {
		SeedFinder finder = finder(MESH);
		this.names.put("mesh", "10.0.0.1");
		find(finder, 1);
		this.names.put("mesh", "10.0.0.2");
		find(finder, 1);
		assertThat(this.found).containsExactly(Set.of(FIRST), Set.of(SECOND));
	}

	@Test
	void aNameThatDoesNotResolveYetIsFoundLater() throws Exception {
		SeedFinder finder = finder(MESH);
		find(finder, 1);
		this.names.put("mesh", "10.0.0.1");
		find(finder, 1);
		assertThat(this.found).containsExactly(Set.of(), Set.of(FIRST));
	}

	@Test
	void whatWasFoundStaysInUseWhileANameDoesNotResolve() throws Exception {
		SeedFinder finder = finder(MESH);
		this.names.put("mesh", "10.0.0.1");
		find(finder, 1);
		this.names.addresses.clear();
		find(finder, 1);
		assertThat(last()).containsExactly(FIRST);
	}

	@Test
	void failuresAreCountedAndOneOfAKindIsLogged() throws Exception {
		SeedFinder finder = finder(MESH);
		find(finder, 1);
		find(finder, 1);
		assertThat(this.failures).hasValue(2);
		assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly("No seeds from dns:///mesh:3301, which is asked again: mesh");
	}

	@Test
	void anAnswerEndsTheSilenceOfTheLog() throws Exception {
		SeedFinder finder = finder(MESH);
		find(finder, 1);
		this.names.put("mesh", "10.0.0.1");
		find(finder, 1);
		this.names.addresses.clear();
		find(finder, 1);
		assertThat(this.log.list).hasSize(2);
	}

	@Test
	void aNameThatHangsDelaysNobodyElseAndIsNotAskedTwice() throws Exception {
		SeedFinder finder = finder(new AddressSeed("slow"), MESH);
		this.names.put("mesh", "10.0.0.1");
		this.names.hang("slow");
		find(finder, 1);
		find(finder, 1);
		this.names.awaitAsked("slow");
		assertThat(this.found).containsOnly(Set.of(FIRST));
		assertThat(this.names.asked).containsOnlyOnce("slow");
	}

	@Test
	void whoHungIsAskedAgain() throws Exception {
		SeedFinder finder = finder(MESH);
		this.names.hang("mesh");
		find(finder, 0);
		this.names.put("mesh", "10.0.0.1");
		this.names.release("mesh");
		runNext();
		this.names.put("mesh", "10.0.0.2");
		find(finder, 1);
		assertThat(last()).containsExactly(SECOND);
	}

	@Test
	void ofManyThatHangSomeWaitForTheNextTime() throws Exception {
		Seed[] many = IntStream.rangeClosed(0, SeedFinder.MOST_THREADS)
			.mapToObj((i) -> new AddressSeed("slow" + i))
			.toArray(Seed[]::new);
		IntStream.rangeClosed(0, SeedFinder.MOST_THREADS).forEach((i) -> this.names.hang("slow" + i));
		SeedFinder finder = finder(many);
		find(finder, 0);
		for (int i = 0; i < SeedFinder.MOST_THREADS; i++) {
			this.names.release("slow" + i);
			runNext();
		}
		String late = "slow" + SeedFinder.MOST_THREADS;
		assertThat(this.names.asked).doesNotContain(late);
		this.names.release(late);
		// A thread is free for the last one a little after its last answer
		while (!this.names.asked.contains(late)) {
			find(finder, 0);
		}
	}

	@Test
	void aProviderTellsMembersAndNames() throws Exception {
		this.names.put("mesh", "10.0.0.1");
		find(finder(() -> List.of(SECOND, MESH)), 2);
		assertThat(this.found).containsExactly(Set.of(SECOND), Set.of(SECOND, FIRST));
	}

	@Test
	void whatAProviderTellsTakesThePlaceOfWhatItTold() throws Exception {
		List<Seed> told = new CopyOnWriteArrayList<>(List.of(MESH));
		SeedFinder finder = finder(() -> told);
		this.names.put("mesh", "10.0.0.1");
		find(finder, 2);
		told.set(0, SECOND);
		find(finder, 2);
		assertThat(last()).containsExactly(SECOND);
		int asked = this.names.asked.size();
		find(finder, 1);
		assertThat(this.names.asked).hasSize(asked);
	}

	@Test
	void aProviderThatFailsIsLoggedOnceAndCountedAndAskedAgain() throws Exception {
		AtomicInteger calls = new AtomicInteger();
		SeedFinder finder = finder(() -> {
			if (calls.incrementAndGet() < 3) {
				throw new IllegalStateException("on purpose");
			}
			return List.of(FIRST);
		});
		find(finder, 1);
		find(finder, 1);
		find(finder, 1);
		assertThat(last()).containsExactly(FIRST);
		assertThat(this.failures).hasValue(2);
		assertThat(this.log.list).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage()).startsWith("No seeds from the seed provider"))
			.satisfies((event) -> assertThat(event.getThrowableProxy().getMessage()).isEqualTo("on purpose"));
	}

	@Test
	void aProviderThatTellsNothingAtAllFails() throws Exception {
		find(finder((SeedProvider) () -> null), 1);
		assertThat(this.failures).hasValue(1);
	}

	@Test
	void anErrorOfAProviderIsReportedAndDoesNotEndTheSearch() throws Exception {
		SeedFinder finder = finder((SeedProvider) () -> {
			throw new NoClassDefFoundError("on purpose");
		});
		find(finder, 1);
		find(finder, 1);
		assertThat(this.errors).hasSize(2).allSatisfy((where) -> assertThat(where).contains("the search for seeds"));
	}

	@Test
	void closingLeavesNoThread() throws Exception {
		SeedFinder finder = finder(MESH);
		find(finder, 1);
		finder.close();
		assertThat(this.names.threads).hasSize(1).noneMatch(Thread::isAlive);
	}

	@Test
	void closingInterruptsAProviderWhichIsNoFailure() throws Exception {
		BlockingQueue<Thread> called = new LinkedBlockingQueue<>();
		SeedFinder finder = finder((SeedProvider) () -> {
			called.add(Thread.currentThread());
			new CountDownLatch(1).await();
			return List.of();
		});
		finder.find(this.found::add);
		Thread thread = called.poll(10, TimeUnit.SECONDS);
		finder.close();
		assertThat(thread).isNotNull();
		thread.join();
		assertThat(this.failures).hasValue(0);
		assertThat(this.log.list).noneMatch((event) -> event.getLevel().isGreaterOrEqual(Level.WARN));
	}

	@Test
	void aClosedFinderAsksNobody() {
		SeedFinder finder = finder(MESH);
		finder.close();
		finder.find(this.found::add);
		assertThat(this.names.asked).isEmpty();
	}

	private SeedFinder finder(Seed... names) {
		return finder(List.of(names), List.of());
	}

	private SeedFinder finder(SeedProvider provider) {
		return finder(List.of(), List.of(provider));
	}

	private SeedFinder finder(List<Seed> seeds, List<SeedProvider> providers) {
		SeedFinder finder = new SeedFinder("seeds", this.owner::add, this.names, seeds, providers,
				this.failures::incrementAndGet, (where, error) -> this.errors.add(where));
		this.finders.add(finder);
		return finder;
	}

	/** Searches, and takes in so many answers. */
	private void find(SeedFinder finder, int answers) throws InterruptedException {
		finder.find(this.found::add);
		for (int i = 0; i < answers; i++) {
			runNext();
		}
	}

	private void runNext() throws InterruptedException {
		Runnable task = this.owner.poll(10, TimeUnit.SECONDS);
		assertThat(task).isNotNull();
		task.run();
	}

	private Collection<MemberUri> last() {
		return this.found.get(this.found.size() - 1);
	}

	private static InetAddress literal(String text) {
		try {
			return InetAddress.getByName(text);
		}
		catch (UnknownHostException ex) {
			throw new AssertionError(ex);
		}
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(SeedFinder.class);
	}

	/** A name service whose every answer is scripted. */
	private static final class FakeNames implements AddressBook.Lookup {

		private final Map<String, InetAddress[]> addresses = new ConcurrentHashMap<>();

		private final Map<String, List<MemberUri>> services = new ConcurrentHashMap<>();

		private final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();

		private final List<String> asked = new CopyOnWriteArrayList<>();

		private final List<Thread> threads = new CopyOnWriteArrayList<>();

		void put(String host, String... literals) {
			this.addresses.put(host, Arrays.stream(literals).map(SeedFinderTests::literal).toArray(InetAddress[]::new));
		}

		void hang(String host) {
			this.hanging.put(host, new CountDownLatch(1));
		}

		synchronized void awaitAsked(String host) throws InterruptedException {
			while (!this.asked.contains(host)) {
				wait();
			}
		}

		private synchronized void ask(String host) {
			this.asked.add(host);
			notifyAll();
		}

		void release(String host) {
			this.hanging.get(host).countDown();
		}

		@Override
		public InetAddress[] allByName(String host) throws UnknownHostException {
			ask(host);
			this.threads.add(Thread.currentThread());
			CountDownLatch hanging = this.hanging.get(host);
			if (hanging != null) {
				awaitUninterruptibly(hanging);
			}
			InetAddress[] known = this.addresses.get(host);
			if (known == null) {
				throw new UnknownHostException(host);
			}
			return known;
		}

		/** As a real look-up, it cannot be interrupted. */
		private static void awaitUninterruptibly(CountDownLatch latch) {
			boolean released = false;
			while (!released) {
				try {
					latch.await();
					released = true;
				}
				catch (InterruptedException ex) {
					// Like a native call
				}
			}
		}

		@Override
		public List<MemberUri> byService(String service) throws UnknownHostException {
			return this.services.getOrDefault(service, List.of());
		}

	}

}
