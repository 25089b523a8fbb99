package io.membership.net;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A few threads that do the work of many nodes of one process, instead of a thread for
 * each. Nodes take turns, so a group with enough threads for their work serves hundreds;
 * one alone is served best by a thread of its own. Thread-safe.
 *
 * <pre>
 * try (EventLoopGroup group = new EventLoopGroup(2)) {
 *     Membership one = Membership.builder().platform(group).port(3301).start();
 *     Membership other = Membership.builder().platform(group).port(3302).start();
 * }
 * </pre>
 */
public final class EventLoopGroup extends RealPlatform implements AutoCloseable {

	private final List<EventLoop> loops;

	private final AtomicInteger tenants = new AtomicInteger();

	/**
	 * Creates a group and starts its threads, which are daemons.
	 * @param threads how many, 1 or more; more than there are processors are of no use
	 * @throws IllegalArgumentException if there is not even one
	 */
	public EventLoopGroup(int threads) {
		super(REAL.names());
		if (threads < 1) {
			throw new IllegalArgumentException("A group of " + threads + " threads: use at least one");
		}
		this.loops = IntStream.rangeClosed(1, threads)
			.mapToObj((number) -> new EventLoop("membership-loop-" + number))
			.toList();
		this.loops.forEach(EventLoop::start);
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * It is one of the threads of this group, whose name remains as it is.
	 */
	@Override
	public ProtocolThread createProtocolThread(String name, Runnable afterEachTurn, Consumer<Throwable> onError) {
		int number = Math.floorMod(this.tenants.getAndIncrement(), this.loops.size());
		return EventLoopTenant.of(this.loops.get(number), afterEachTurn, onError);
	}

	/**
	 * Ends the threads and waits for that. Nodes should be stopped before: those that are
	 * not fall silent.
	 */
	@Override
	public void close() {
		this.loops.forEach(EventLoop::close);
	}

}
