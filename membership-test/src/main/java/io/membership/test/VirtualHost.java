package io.membership.test;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import io.membership.MembershipBuilder;
import io.membership.net.AddressBook;
import io.membership.net.DatagramPort;
import io.membership.net.LocalAddress;
import io.membership.net.Platform;
import io.membership.net.ProtocolThread;
import org.jspecify.annotations.Nullable;

/**
 * A host of a {@link VirtualNetwork}, for one node. The protocol runs on the thread that
 * lets time pass; listeners are called on a real thread of their own, as on a real host.
 * Thread-safe.
 */
public final class VirtualHost implements Platform {

	private static final String INTERFACE = "virtual";

	private final VirtualNetwork network;

	private final int number;

	private final String name;

	private final SplittableRandom random;

	private final List<VirtualThread> threads = new ArrayList<>();

	private volatile @Nullable ExecutorService eventExecutor;

	private volatile @Nullable Thread eventThread;

	private boolean frozen;

	VirtualHost(VirtualNetwork network, int number, String name, SplittableRandom random) {
		this.network = network;
		this.number = number;
		this.name = name;
		this.random = random;
	}

	/** Returns this host's address; to be called with the lock of the network. */
	InetAddress address() {
		return this.network.names().host(this.name);
	}

	int number() {
		return this.number;
	}

	/**
	 * Pauses the node: it neither reads nor sends, its timers run late, and what arrives
	 * waits. What the application wishes of it is done all the same.
	 */
	public void freeze() {
		this.network.locked(() -> this.frozen = true);
	}

	/** Ends a pause. */
	public void thaw() {
		this.network.locked(() -> {
			this.frozen = false;
			this.threads.forEach(VirtualThread::catchUp);
			return true;
		});
	}

	boolean isFrozen() {
		return this.frozen;
	}

	/**
	 * Waits until the listeners of the node were called for everything that happened, in
	 * real time, while virtual time stands still. Does nothing if a listener itself calls
	 * it.
	 * @param patience how long to wait
	 * @return whether they were
	 */
	public boolean awaitListeners(Duration patience) {
		ExecutorService executor = this.eventExecutor;
		if (executor == null || Thread.currentThread() == this.eventThread) {
			return true;
		}
		try {
			executor.submit(() -> {
			}).get(patience.toNanos(), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (RejectedExecutionException | ExecutionException ex) {
			// The node was closed, which waits for listeners itself
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	// The platform

	@Override
	public long wallMicros() {
		return this.network.wallMicros();
	}

	@Override
	public long nanoTime() {
		return this.network.nanos();
	}

	@Override
	public RandomGenerator createRandom() {
		return this.network.locked(this.random::split);
	}

	@Override
	public ProtocolThread createProtocolThread(String threadName, Runnable afterEachTurn, Consumer<Throwable> onError) {
		return this.network.locked(() -> {
			VirtualThread created = new VirtualThread(this.network, this, afterEachTurn, onError);
			this.threads.add(created);
			return created;
		});
	}

	void ended(VirtualThread thread) {
		this.threads.remove(thread);
	}

	@Override
	public ExecutorService createEventThread(ThreadFactory factory) {
		ExecutorService created = Executors.newSingleThreadExecutor((task) -> {
			Thread thread = factory.newThread(task);
			this.eventThread = thread;
			return thread;
		});
		this.eventExecutor = created;
		return created;
	}

	@Override
	public <T> CompletableFuture<T> createFuture() {
		return new VirtualFuture<>(this.network);
	}

	/** Binds a port of this host's address, and of the one that the node wishes. */
	@Override
	public DatagramPort bind(@Nullable InetAddress address, int firstPort, int attempts) throws IOException {
		int first = (firstPort != 0) ? firstPort : MembershipBuilder.DEFAULT_PORT;
		int last = (firstPort != 0) ? Math.min(firstPort + attempts - 1, 65535) : 65535;
		VirtualPort bound = this.network.<@Nullable VirtualPort>locked(() -> bindFirstFree(address, first, last));
		if (bound == null) {
			throw new BindException("Address already in use: " + this.name + ":" + first);
		}
		return bound;
	}

	private @Nullable VirtualPort bindFirstFree(@Nullable InetAddress address, int first, int last) {
		InetAddress own = address();
		InetAddress wish = (address != null && !address.isAnyLocalAddress()) ? address : own;
		for (int port = first; port <= last; port++) {
			InetSocketAddress ownPort = new InetSocketAddress(own, port);
			InetSocketAddress wishedPort = new InetSocketAddress(wish, port);
			if (this.network.isFree(ownPort) && this.network.isFree(wishedPort)) {
				VirtualPort bound = new VirtualPort(this.network, this.number, wishedPort);
				this.network.bind(ownPort, bound);
				this.network.bind(wishedPort, bound);
				return bound;
			}
		}
		return null;
	}

	@Override
	public AddressBook.Lookup names() {
		return new VirtualLookup(this.network);
	}

	@Override
	public Optional<String> ownHost() {
		return Optional.of(this.name);
	}

	@Override
	public List<LocalAddress> ownAddresses() {
		return this.network.locked(() -> List.of(new LocalAddress(INTERFACE, address())));
	}

	/** Here every address leads to its host, although none leaves this process. */
	@Override
	public boolean isRoutable(InetAddress address) {
		return true;
	}

	@Override
	public List<InetAddress> broadcastAddresses() {
		return List.of();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
