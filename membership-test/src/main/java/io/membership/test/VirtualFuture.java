package io.membership.test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A result that a node on a {@link VirtualNetwork} works on: whoever waits for it lets
 * virtual time pass. So do those who wait for what follows from it.
 */
final class VirtualFuture<T> extends CompletableFuture<T> {

	/** Longer than any probe takes. */
	private static final Duration LIMIT = Duration.ofMinutes(10);

	private final VirtualNetwork network;

	private final Supplier<Boolean> isForeseeable;

	private volatile boolean foreseeable;

	VirtualFuture(VirtualNetwork network) {
		this.network = network;
		this.isForeseeable = () -> this.foreseeable;
	}

	private VirtualFuture(VirtualFuture<?> origin) {
		this.network = origin.network;
		this.isForeseeable = origin.isForeseeable;
	}

	/** The result is there, and only needs a real thread to be handed over. */
	@Override
	public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
		this.foreseeable = true;
		return super.completeAsync(supplier, executor);
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new VirtualFuture<>(this);
	}

	private void letTimePass(Duration limit) {
		this.network.runUntil(() -> isDone() || this.isForeseeable.get(), limit);
	}

	@Override
	public T get() throws InterruptedException, ExecutionException {
		letTimePass(LIMIT);
		return super.get();
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		letTimePass(Duration.of(timeout, unit.toChronoUnit()));
		if (!isDone() && !this.isForeseeable.get()) {
			throw new TimeoutException("Virtual time is over");
		}
		return super.get(timeout, unit);
	}

	@Override
	public T join() {
		letTimePass(LIMIT);
		return super.join();
	}

}
