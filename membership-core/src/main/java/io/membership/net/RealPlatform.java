package io.membership.net;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * The machine that this process runs on.
 */
class RealPlatform implements Platform {

	/** How long a thread waits for events before it ends. */
	private static final int IDLE_SECONDS = 5;

	private final AddressBook.Lookup names;

	/**
	 * Creates the machine.
	 * @param names looks up names
	 */
	RealPlatform(AddressBook.Lookup names) {
		this.names = names;
	}

	@Override
	public long wallMicros() {
		Instant now = Instant.now();
		return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public RandomGenerator createRandom() {
		return new SplittableRandom();
	}

	@Override
	public ProtocolThread createProtocolThread(String name, Runnable afterEachTurn, Consumer<Throwable> onError) {
		return EventLoopTenant.alone(name, afterEachTurn, onError);
	}

	@Override
	public ExecutorService createEventThread(ThreadFactory factory) {
		ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), factory);
		thread.allowCoreThreadTimeOut(true);
		return thread;
	}

	@Override
	public <T> CompletableFuture<T> createFuture() {
		return new CompletableFuture<>();
	}

	@Override
	public DatagramPort bind(@Nullable InetAddress address, int firstPort, int attempts) throws IOException {
		return UdpSocket.bindFirstFree(address, firstPort, attempts);
	}

	@Override
	public AddressBook.Lookup names() {
		return this.names;
	}

	@Override
	public Optional<String> ownHost() {
		return LocalNetworks.ownAddress().map(InetAddress::getHostAddress);
	}

	@Override
	public List<LocalAddress> ownAddresses() {
		return LocalNetworks.ownAddresses();
	}

	@Override
	public boolean isRoutable(InetAddress address) {
		return LocalNetworks.isRoutable(address);
	}

	@Override
	public List<InetAddress> broadcastAddresses() {
		return LocalNetworks.broadcastAddresses();
	}

}
