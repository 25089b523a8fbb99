package io.membership.test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.membership.MemberUri;
import io.membership.Membership;
import org.jspecify.annotations.Nullable;

/**
 * A network in memory and virtual time on whose hosts whole nodes run, as
 * {@link Membership}: the real engine with its real datagrams, but no sockets.
 * {@link SimulatedMesh} is for the study of large meshes; this is for tests of what
 * listens to a node.
 * <p>
 * Time passes only in {@link #run} and {@link #runUntil}, and while somebody waits for
 * the result of {@link Membership#probeUri}. It begins with the real time of day. Any
 * name is known to the network unless {@link #name} says otherwise, and whatever is sent
 * to somebody who never existed is lost.
 * <p>
 * Thread-safe. Nodes may be used while time passes, and wait meanwhile.
 */
public final class VirtualNetwork {

	private final ReentrantLock lock = new ReentrantLock();

	private final VirtualTime time = new VirtualTime();

	private final long beginMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());

	private final SplittableRandom random;

	private final Network faults = new Network(Link.LAN, (host) -> {
	});

	private final VirtualNames names = new VirtualNames();

	private final Map<InetSocketAddress, VirtualPort> ports = new HashMap<>();

	private int hosts;

	private int losses;

	private @Nullable VirtualThread current;

	/**
	 * Creates a network without hosts.
	 * @param seed what chance follows from: the same seed and the same calls, the same
	 * course of things
	 */
	public VirtualNetwork(long seed) {
		this.random = new SplittableRandom(seed);
	}

	/**
	 * Creates a host for one node. Several of them may share a name, as processes do.
	 * @param name a host name or an IP address
	 * @return a host, for
	 * {@link io.membership.MembershipBuilder#platform(io.membership.net.Platform)}
	 */
	public VirtualHost host(String name) {
		return locked(() -> new VirtualHost(this, ++this.hosts, name, this.random.split()));
	}

	/**
	 * Lets a name lead to hosts, from the next look-up on.
	 * @param name any name; without this it is that of one host
	 * @param hosts the hosts; none: the name does not resolve
	 */
	public void name(String name, VirtualHost... hosts) {
		locked(() -> {
			this.names.give(name, Stream.of(hosts).map(VirtualHost::address).toList());
			return true;
		});
	}

	/**
	 * Lets a service be somewhere, from the next look-up on, as SRV records in DNS do.
	 * @param name the full name of the service; without this it is nowhere
	 * @param members where it is
	 */
	public void service(String name, MemberUri... members) {
		locked(() -> {
			this.names.serve(name, List.of(members));
			return true;
		});
	}

	/**
	 * Separates some hosts from all others; they still reach each other.
	 * @param island the hosts
	 */
	public void isolate(Collection<VirtualHost> island) {
		locked(() -> this.faults.isolate(island.stream().map(VirtualHost::number).toList()));
	}

	/** Loses all datagrams that are under way. */
	public void loseDatagrams() {
		locked(() -> this.losses++);
	}

	/** Ends all separations. */
	public void heal() {
		locked(this.faults::heal);
	}

	/**
	 * Sets the quality of all links.
	 * @param link the link, {@link Link#LAN} unless set
	 */
	public void links(Link link) {
		locked(() -> this.faults.everywhere(link));
	}

	/**
	 * Returns the virtual time since the network exists.
	 * @return the time
	 */
	public Duration elapsed() {
		return locked(this.time::elapsed);
	}

	/**
	 * Lets time pass.
	 * @param duration how much
	 */
	public void run(Duration duration) {
		runUntil(() -> false, duration);
	}

	/**
	 * Lets time pass until something is the case.
	 * @param condition what; asked after everything that happens
	 * @param limit how much time may pass
	 * @return whether it was the case before that
	 */
	public boolean runUntil(BooleanSupplier condition, Duration limit) {
		return locked(() -> {
			long end = this.time.nanos() + limit.toNanos();
			boolean reached = condition.getAsBoolean();
			while (!reached && this.time.step(end)) {
				reached = condition.getAsBoolean();
			}
			if (!reached) {
				this.time.skipTo(end);
			}
			return reached;
		});
	}

	// For hosts

	<T extends @Nullable Object> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Tells which of the nodes' threads the caller is at the moment, if any. */
	@Nullable VirtualThread current() {
		return this.lock.isHeldByCurrentThread() ? this.current : null;
	}

	/** Becomes a thread of a node, or none; to be called with the lock. */
	void become(@Nullable VirtualThread thread) {
		this.current = thread;
	}

	long nanos() {
		return locked(this.time::nanos);
	}

	long wallMicros() {
		return this.beginMicros + nanos() / 1000;
	}

	/** Does something later; to be called with the lock. */
	void after(long delayNanos, Runnable event) {
		this.time.at(this.time.nanos() + delayNanos, event);
	}

	/** Returns the names; to be used with the lock. */
	VirtualNames names() {
		return this.names;
	}

	boolean isFree(InetSocketAddress address) {
		VirtualPort port = this.ports.get(address);
		return port == null || port.isClosed();
	}

	void bind(InetSocketAddress address, VirtualPort port) {
		this.ports.put(address, port);
	}

	/**
	 * Sends a datagram; to be called with the lock.
	 * @param whenRefused called later if nobody listens there any more
	 */
	void send(InetSocketAddress from, InetSocketAddress to, byte[] datagram, Runnable whenRefused) {
		Link link = way(from, to);
		if (link != null && datagram.length + Link.HEADERS <= link.mtu() && !Link.strikes(link.loss(), this.random)) {
			int lossesBefore = this.losses;
			after(link.way(this.random), () -> {
				if (this.losses == lossesBefore) {
					arrive(from, to, datagram, whenRefused);
				}
			});
		}
	}

	private void arrive(InetSocketAddress from, InetSocketAddress to, byte[] datagram, Runnable whenRefused) {
		VirtualPort recipient = this.ports.get(to);
		if (recipient == null) {
			return;
		}
		if (!recipient.isClosed()) {
			recipient.arrive(datagram, from);
			return;
		}
		Link back = way(to, from);
		if (back != null) {
			after(back.way(this.random), whenRefused);
		}
	}

	/** Returns the link to somebody, or {@code null} if there is none. */
	private @Nullable Link way(InetSocketAddress from, InetSocketAddress to) {
		VirtualPort sender = this.ports.get(from);
		VirtualPort recipient = this.ports.get(to);
		if (sender == null || recipient == null || this.faults.isCut(sender.host(), recipient.host())) {
			return null;
		}
		return this.faults.link(sender.host(), recipient.host());
	}

}
