package io.membership.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * The machine that the test runs on, with other addresses and names.
 */
final class FakeMachine implements Platform {

	private final List<LocalAddress> addresses = new ArrayList<>();

	private final Map<String, InetAddress[]> names = new HashMap<>();

	/** Gives it an address. */
	FakeMachine with(String networkInterface, String address) {
		this.addresses.add(new LocalAddress(networkInterface, literal(address)));
		return this;
	}

	/** Lets a name resolve. */
	FakeMachine knows(String name, String address) {
		this.names.put(name, new InetAddress[] { literal(address) });
		return this;
	}

	static InetAddress literal(String address) {
		try {
			return InetAddress.getByName(address);
		}
		catch (UnknownHostException ex) {
			throw new AssertionError(ex);
		}
	}

	@Override
	public List<LocalAddress> ownAddresses() {
		return this.addresses;
	}

	@Override
	public AddressBook.Lookup names() {
		return (host) -> {
			InetAddress literal = HostLiteral.address(host);
			InetAddress[] known = (literal != null) ? new InetAddress[] { literal } : this.names.get(host);
			if (known == null) {
				throw new UnknownHostException(host);
			}
			return known;
		};
	}

	@Override
	public long wallMicros() {
		return REAL.wallMicros();
	}

	@Override
	public long nanoTime() {
		return REAL.nanoTime();
	}

	@Override
	public RandomGenerator createRandom() {
		return REAL.createRandom();
	}

	@Override
	public ProtocolThread createProtocolThread(String name, Runnable afterEachTurn, Consumer<Throwable> onError) {
		return REAL.createProtocolThread(name, afterEachTurn, onError);
	}

	@Override
	public ExecutorService createEventThread(ThreadFactory factory) {
		return REAL.createEventThread(factory);
	}

	@Override
	public <T> CompletableFuture<T> createFuture() {
		return REAL.createFuture();
	}

	@Override
	public DatagramPort bind(@Nullable InetAddress address, int firstPort, int attempts) throws IOException {
		return REAL.bind(address, firstPort, attempts);
	}

	@Override
	public Optional<String> ownHost() {
		return Optional.empty();
	}

	@Override
	public boolean isRoutable(InetAddress address) {
		return REAL.isRoutable(address);
	}

	@Override
	public List<InetAddress> broadcastAddresses() {
		return List.of();
	}

}
