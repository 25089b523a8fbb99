package io.membership.net;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * What a node needs of the machine that it runs on: time, chance, threads, sockets and
 * names. Tests put a simulated one in its place, on which the same node runs in virtual
 * time and without a network. Thread-safe.
 */
public interface Platform {

	/** The machine that this process runs on. */
	Platform REAL = new RealPlatform(new SystemNames(SystemNames.SYSTEM_SERVERS));

	/**
	 * Returns the wall clock's time.
	 * @return microseconds since the epoch
	 */
	long wallMicros();

	/**
	 * Returns a monotonic time.
	 * @return nanoseconds since some moment
	 */
	long nanoTime();

	/**
	 * Creates a source of the chance by which the protocol chooses.
	 * @return a generator for one thread
	 */
	RandomGenerator createRandom();

	/**
	 * Creates a thread for the protocol.
	 * @param name the name of the thread
	 * @param afterEachTurn called on the thread after each turn in which something was
	 * done
	 * @param onError called on the thread with what a task threw, which ends no more than
	 * that task
	 * @return a thread that waits for {@link ProtocolThread#start()}
	 */
	ProtocolThread createProtocolThread(String name, Runnable afterEachTurn, Consumer<Throwable> onError);

	/**
	 * Creates what brings events to listeners, one at a time.
	 * @param factory creates a thread
	 * @return an executor with one thread at most
	 */
	ExecutorService createEventThread(ThreadFactory factory);

	/**
	 * Creates a result that somebody may wait for while the protocol works on it.
	 * @param <T> the type of the result
	 * @return a future that is not done
	 */
	<T> CompletableFuture<T> createFuture();

	/**
	 * Binds the first free port.
	 * @param address the local address, or {@code null} for all
	 * @param firstPort the port to try first, 0 for any free one
	 * @param attempts how many ports to try, 1 or more
	 * @return the bound port
	 * @throws IOException if none of them can be bound
	 */
	DatagramPort bind(@Nullable InetAddress address, int firstPort, int attempts) throws IOException;

	/**
	 * Returns what looks up names.
	 * @return a look-up
	 */
	AddressBook.Lookup names();

	/**
	 * Returns the host by which others can reach this machine.
	 * @return an address or a name, or nothing if there is only loopback
	 */
	Optional<String> ownHost();

	/**
	 * Returns all addresses of this machine, those of the first interface first.
	 * @return the addresses, loopback among them
	 */
	List<LocalAddress> ownAddresses();

	/**
	 * Tells whether other machines can reach an address at all.
	 * @param address the address
	 * @return whether it is neither loopback nor unspecified nor one of a single link
	 * that nobody names
	 */
	boolean isRoutable(InetAddress address);

	/**
	 * Returns where to broadcast to.
	 * @return an address for each network
	 */
	List<InetAddress> broadcastAddresses();

}
