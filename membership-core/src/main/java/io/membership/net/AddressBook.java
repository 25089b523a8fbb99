package io.membership.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses behind URIs. Looking up a name blocks, so that happens on threads of its
 * own; everything else happens on the owner's thread. An address is kept while a name
 * server fails. Of several addresses of a name one is in use until there are doubts about
 * it; then it is the next one's turn. A URI with an IPv4 address says itself where it is,
 * and takes no room here.
 */
public final class AddressBook implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(AddressBook.class);

	/** The reference speaks IPv4 to names. */
	private static final Comparator<InetAddress> IPV4_FIRST = Comparator
		.comparing((address) -> !(address instanceof Inet4Address));

	/** One hanging name must not hold up all others. */
	private static final int THREADS = 3;

	/** Bounds what strangers can make this node remember. */
	private static final int MAX_ENTRIES = 65_536;

	/**
	 * Messages that may wait for one name: all answers to a burst of messages from a peer
	 * that is new, because those are read before the look-up of its name is done.
	 */
	private static final int MAX_WAITING = 256;

	/** Messages that may wait for all names together, some megabytes. */
	private static final int MAX_WAITING_IN_ALL = 8192;

	private final Executor owner;

	private final Lookup lookup;

	private final BiConsumer<String, Throwable> onError;

	private final LongSupplier nanoTime;

	private final LookupThreads threads;

	private final Map<MemberUri, Listing> entries = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<MemberUri, Listing> eldest) {
			if (size() <= MAX_ENTRIES) {
				return false;
			}
			unlist(eldest.getKey(), eldest.getValue().choice.current());
			return true;
		}

	};

	private final Map<InetSocketAddress, Set<MemberUri>> uris = new HashMap<>();

	private int waitingInAll;

	/**
	 * Creates an empty address book.
	 * @param threadName the name of the threads that look up names
	 * @param owner runs tasks on the owner's thread
	 * @param lookup looks up a name, and may block
	 * @param onError called on any thread with what went on and what was thrown, if that
	 * was not to be expected
	 */
	public AddressBook(String threadName, Executor owner, Lookup lookup, BiConsumer<String, Throwable> onError) {
		this(threadName, owner, lookup, onError, System::nanoTime);
	}

	AddressBook(String threadName, Executor owner, Lookup lookup, BiConsumer<String, Throwable> onError,
			LongSupplier nanoTime) {
		this.owner = owner;
		this.lookup = lookup;
		this.onError = onError;
		this.nanoTime = nanoTime;
		this.threads = LookupThreads.withQueue(threadName, THREADS, MAX_ENTRIES);
	}

	/**
	 * Hands over the address of a URI, now if it is known.
	 * @param uri the URI
	 * @param refresh whether there are doubts about the address, see {@link #doubt}
	 * @param whenKnown receives the address, or {@code null} if the name does not resolve
	 * or too many wait for it
	 */
	public void find(MemberUri uri, boolean refresh, Consumer<@Nullable InetSocketAddress> whenKnown) {
		InetSocketAddress ipv4 = ipv4(uri);
		if (ipv4 != null) {
			whenKnown.accept(ipv4);
			return;
		}
		Listing entry = this.entries.computeIfAbsent(uri, (key) -> new Listing());
		if (entry.choice.current() == null) {
			InetSocketAddress literal = literal(uri);
			if (literal != null) {
				change(uri, entry, (choice, now) -> choice.found(List.of(literal), now));
			}
		}
		if (refresh) {
			doubt(uri);
		}
		if (entry.choice.current() != null) {
			whenKnown.accept(entry.choice.current());
			return;
		}
		if (entry.waiting.size() == MAX_WAITING || this.waitingInAll == MAX_WAITING_IN_ALL) {
			whenKnown.accept(null);
			return;
		}
		entry.await(whenKnown);
		this.waitingInAll++;
		if (!entry.isLookedUp) {
			lookUp(uri, entry);
		}
	}

	/**
	 * Takes in that nobody seems to be at the address of a URI. If its name has other
	 * addresses as well, the next one of them may be used from now on, and the name is
	 * looked up again for the next time. Does nothing where no address is known or there
	 * is no name.
	 * @param uri the URI
	 */
	public void doubt(MemberUri uri) {
		Listing entry = this.entries.get(uri);
		if (entry != null && entry.choice.current() != null && !HostLiteral.is(uri.host())) {
			change(uri, entry, AddressChoice::doubt);
			if (!entry.isLookedUp) {
				lookUp(uri, entry);
			}
		}
	}

	/**
	 * Takes in that whoever is at the address of a URI answered. Doubts about it count
	 * less from now on.
	 * @param uri the URI
	 * @param roundTrip how long ago it was asked
	 */
	public void answered(MemberUri uri, Duration roundTrip) {
		Listing entry = this.entries.get(uri);
		if (entry != null) {
			entry.choice.answered(this.nanoTime.getAsLong() - roundTrip.toNanos());
		}
	}

	/**
	 * Returns the address of a URI without looking it up.
	 * @param uri the URI
	 * @return the address, or {@code null} if nobody has asked for it, or without success
	 */
	public @Nullable InetSocketAddress known(MemberUri uri) {
		InetSocketAddress ipv4 = ipv4(uri);
		Listing entry = (ipv4 == null) ? this.entries.get(uri) : null;
		return (entry != null) ? entry.choice.current() : ipv4;
	}

	private void lookUp(MemberUri uri, Listing entry) {
		entry.isLookedUp = true;
		try {
			Executor lookups = this.lookup.isImmediate() ? Runnable::run : this.threads;
			lookups.execute(() -> {
				List<InetSocketAddress> addresses = resolve(uri, entry);
				handBack(() -> lookedUp(uri, entry, addresses));
			});
		}
		catch (RejectedExecutionException ex) {
			lookedUp(uri, entry, List.of());
		}
		catch (Throwable ex) {
			// There is no memory for a thread, for example
			this.onError.accept("the start of the look-up of " + uri, ex);
			lookedUp(uri, entry, List.of());
		}
	}

	private void handBack(Runnable result) {
		try {
			this.owner.execute(result);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The owner is gone, so nobody needs the result of this look-up any more", ex);
		}
	}

	private List<InetSocketAddress> resolve(MemberUri uri, Listing entry) {
		try {
			InetAddress[] addresses = this.lookup.allByName(uri.host());
			entry.failureLogged = false;
			return Stream.of(addresses)
				.sorted(IPV4_FIRST)
				.map((address) -> new InetSocketAddress(address, uri.port()))
				.toList();
		}
		catch (UnknownHostException | RuntimeException ex) {
			if (!entry.failureLogged) {
				entry.failureLogged = true;
				logger.warn("The host name of {} does not resolve: {}", uri, ex.getMessage());
			}
			return List.of();
		}
		catch (Throwable ex) {
			this.onError.accept("the look-up of " + uri, ex);
			return List.of();
		}
	}

	private void lookedUp(MemberUri uri, Listing entry, List<InetSocketAddress> addresses) {
		entry.isLookedUp = false;
		if (!addresses.isEmpty()) {
			change(uri, entry, (choice, now) -> choice.found(addresses, now));
		}
		List<Consumer<@Nullable InetSocketAddress>> waiting = entry.waiting;
		entry.waiting = List.of();
		this.waitingInAll -= waiting.size();
		waiting.forEach((whenKnown) -> whenKnown.accept(entry.choice.current()));
	}

	private void change(MemberUri uri, Listing entry, ObjLongConsumer<AddressChoice> change) {
		InetSocketAddress before = entry.choice.current();
		change.accept(entry.choice, this.nanoTime.getAsLong());
		InetSocketAddress after = entry.choice.current();
		if (after != null && !after.equals(before) && this.entries.get(uri) == entry) {
			unlist(uri, before);
			this.uris.compute(after, (key, sharing) -> with(sharing, uri));
		}
	}

	/** Few addresses are shared, so most sets are as small as can be. */
	private static Set<MemberUri> with(@Nullable Set<MemberUri> sharing, MemberUri uri) {
		if (sharing == null) {
			return Set.of(uri);
		}
		Set<MemberUri> more = (sharing instanceof HashSet) ? sharing : new HashSet<>(sharing);
		more.add(uri);
		return more;
	}

	private void unlist(MemberUri uri, @Nullable InetSocketAddress address) {
		Set<MemberUri> sharing = this.uris.get(address);
		if (sharing == null || !sharing.contains(uri)) {
			return;
		}
		if (sharing.size() > 1) {
			sharing.remove(uri);
		}
		else {
			this.uris.remove(address);
		}
	}

	/**
	 * Returns the URIs that were found to have an address.
	 * @param address the address
	 * @return the URIs, usually one or none
	 */
	public Set<MemberUri> at(InetSocketAddress address) {
		return Set.copyOf(this.uris.getOrDefault(address, Set.of()));
	}

	/**
	 * Returns the URIs that were found to have an address, and the one that says so.
	 * @param address the address
	 * @return the URIs, usually one or two
	 */
	public Set<MemberUri> allAt(InetSocketAddress address) {
		Set<MemberUri> all = new HashSet<>(at(address));
		all.add(MemberUri.of(address));
		return all;
	}

	/**
	 * Returns the URIs that have the same address as another one.
	 * @param uri the other one, which may be unknown
	 * @return the URIs, among which it is itself if its address is known
	 */
	public Set<MemberUri> sharing(MemberUri uri) {
		InetSocketAddress address = known(uri);
		InetSocketAddress shared = (address != null) ? address : literal(uri);
		return (shared != null) ? allAt(shared) : Set.of();
	}

	/**
	 * Forgets a URI.
	 * @param uri the URI
	 */
	public void forget(MemberUri uri) {
		Listing entry = this.entries.remove(uri);
		if (entry != null) {
			unlist(uri, entry.choice.current());
		}
	}

	/**
	 * Stops looking up names, and waits briefly for the threads. One that is looking up a
	 * name cannot be interrupted, and ends when the name server answers or fails.
	 */
	@Override
	public void close() {
		this.threads.close();
	}

	private static @Nullable InetSocketAddress ipv4(MemberUri uri) {
		InetAddress address = uri.ipv4Address();
		return (address != null) ? new InetSocketAddress(address, uri.port()) : null;
	}

	/** Returns the address of a URI that needs no look-up. */
	private static @Nullable InetSocketAddress literal(MemberUri uri) {
		InetAddress address = HostLiteral.address(uri.host());
		return (address != null) ? new InetSocketAddress(address, uri.port()) : null;
	}

	/** Looks up a name. */
	@FunctionalInterface
	public interface Lookup {

		/**
		 * Returns all addresses of a name.
		 * @param host the name
		 * @return one address or more
		 * @throws UnknownHostException if the name does not resolve
		 */
		InetAddress[] allByName(String host) throws UnknownHostException;

		/**
		 * Returns where a service is, by its records of type SRV.
		 * @param service the full name of the service
		 * @return hosts and ports, maybe none
		 * @throws UnknownHostException if there is no such service
		 */
		default List<MemberUri> byService(String service) throws UnknownHostException {
			throw new UnknownHostException(service);
		}

		/**
		 * Tells whether a look-up takes no time, so that it needs no thread.
		 * @return {@code false} unless names are simulated
		 */
		default boolean isImmediate() {
			return false;
		}

	}

	private static final class Listing {

		/** Replaced by a list that can grow when somebody waits. */
		private List<Consumer<@Nullable InetSocketAddress>> waiting = List.of();

		private final AddressChoice choice = new AddressChoice();

		private boolean isLookedUp;

		/** Written by the thread that looks up, of which there is one at a time. */
		private volatile boolean failureLogged;

		void await(Consumer<@Nullable InetSocketAddress> whenKnown) {
			if (this.waiting.isEmpty()) {
				this.waiting = new ArrayList<>();
			}
			this.waiting.add(whenKnown);
		}

	}

}
