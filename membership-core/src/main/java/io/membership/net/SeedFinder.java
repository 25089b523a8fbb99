package io.membership.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.membership.AddressSeed;
import io.membership.MemberUri;
import io.membership.Seed;
import io.membership.SeedProvider;
import io.membership.ServiceSeed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which members are behind names, and who is told by providers. Each of these
 * sources is asked on a thread of its own, so one that hangs delays no other; everything
 * else happens on the owner's thread. What a source said last stays in use until it says
 * something else.
 */
public final class SeedFinder implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SeedFinder.class);

	/**
	 * So many may hang at once; whoever finds no thread is asked the next time.
	 */
	static final int MOST_THREADS = 32;

	private final Executor owner;

	private final AddressBook.Lookup names;

	private final Runnable onFailure;

	private final BiConsumer<String, Throwable> onError;

	private final LookupThreads threads;

	private final List<Seed> given;

	private final List<Source> providers;

	/** The names in use, given or provided. */
	private final Map<Seed, Source> lookedUp = new HashMap<>();

	/**
	 * Creates a finder that has asked nobody.
	 * @param threadName the name of the threads that ask
	 * @param owner runs tasks on the owner's thread
	 * @param names looks up names, and may block
	 * @param given the names that are always asked for
	 * @param providers tell others, and may block
	 * @param onFailure called on any thread when somebody had no answer
	 * @param onError called on any thread with what went on and what was thrown, if that
	 * was not to be expected
	 */
	public SeedFinder(String threadName, Executor owner, AddressBook.Lookup names, Collection<? extends Seed> given,
			Collection<? extends SeedProvider> providers, Runnable onFailure, BiConsumer<String, Throwable> onError) {
		this.owner = owner;
		this.names = names;
		this.onFailure = onFailure;
		this.onError = onError;
		this.threads = LookupThreads.withoutQueue(threadName, MOST_THREADS);
		this.given = List.copyOf(given);
		this.providers = providers.stream()
			.map((provider) -> new Source("the seed provider " + provider, provider))
			.toList();
	}

	/**
	 * Asks all who are not being asked already, and returns at once. To be called on the
	 * owner's thread.
	 * @param whenFound receives, after each answer and on the owner's thread, all members
	 * that are known by then
	 */
	public void find(Consumer<Collection<MemberUri>> whenFound) {
		this.providers.forEach((provider) -> ask(provider, whenFound));
		askForNames(listed(), whenFound);
	}

	private void askForNames(Collection<Seed> seeds, Consumer<Collection<MemberUri>> whenFound) {
		for (Seed seed : seeds) {
			if (!(seed instanceof MemberUri)) {
				ask(this.lookedUp.computeIfAbsent(seed, (name) -> new Source(name.toString(), () -> resolve(name))),
						whenFound);
			}
		}
	}

	private void ask(Source source, Consumer<Collection<MemberUri>> whenFound) {
		if (source.isAsked) {
			return;
		}
		source.isAsked = true;
		try {
			Executor executor = this.names.isImmediate() ? Runnable::run : this.threads;
			executor.execute(() -> {
				Collection<Seed> answer = answer(source);
				handBack(() -> answered(source, answer, whenFound));
			});
		}
		catch (RejectedExecutionException ex) {
			source.isAsked = false;
			logger.debug("{} is asked later, because so many do not answer", source.name);
		}
		catch (Throwable ex) {
			// There is no memory for a thread, for example
			source.isAsked = false;
			this.onError.accept("the start of the search for seeds", ex);
		}
	}

	/** Returns what a source says, or what it said before if that fails. */
	private Collection<Seed> answer(Source source) {
		try {
			List<Seed> answer = List.copyOf(source.provider.seeds());
			source.failure = null;
			return answer;
		}
		catch (Exception ex) {
			failed(source, ex);
		}
		catch (Throwable ex) {
			this.onError.accept("the search for seeds by " + source.name, ex);
		}
		return source.answer;
	}

	/** Logs one of a kind until there is an answer again; to be interrupted is none. */
	private void failed(Source source, Exception failure) {
		if (this.threads.isClosed()) {
			logger.debug("{} is not asked any more", source.name, failure);
			return;
		}
		this.onFailure.run();
		if (failure.getClass() == source.failure) {
			return;
		}
		source.failure = failure.getClass();
		if (failure instanceof UnknownHostException) {
			logger.warn("No seeds from {}, which is asked again: {}", source.name, failure.getMessage());
		}
		else {
			logger.warn("No seeds from {}, which is asked again", source.name, failure);
		}
	}

	private void handBack(Runnable result) {
		try {
			this.owner.execute(result);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The owner is gone, so nobody needs the result of this search any more", ex);
		}
	}

	private void answered(Source source, Collection<Seed> answer, Consumer<Collection<MemberUri>> whenFound) {
		source.isAsked = false;
		source.answer = answer;
		Set<Seed> listed = listed();
		this.lookedUp.keySet().retainAll(listed);
		askForNames(listed.stream().filter((seed) -> !this.lookedUp.containsKey(seed)).toList(), whenFound);
		Set<MemberUri> found = new LinkedHashSet<>();
		for (Seed seed : listed) {
			if (seed instanceof MemberUri uri) {
				found.add(uri);
			}
			else {
				Source name = this.lookedUp.get(seed);
				((name != null) ? name.answer : List.<Seed>of()).forEach((member) -> found.add((MemberUri) member));
			}
		}
		whenFound.accept(found);
	}

	private Set<Seed> listed() {
		Set<Seed> listed = new LinkedHashSet<>(this.given);
		this.providers.forEach((provider) -> listed.addAll(provider.answer));
		return listed;
	}

	/** Returns the members behind a name. */
	private List<MemberUri> resolve(Seed name) throws UnknownHostException {
		if (name instanceof AddressSeed host) {
			return Stream.of(this.names.allByName(host.name()))
				.map(InetAddress::getHostAddress)
				.map((address) -> MemberUri.of(address, host.port()))
				.toList();
		}
		return this.names.byService(((ServiceSeed) name).name());
	}

	/** Stops asking, and waits briefly for the threads. */
	@Override
	public void close() {
		this.threads.close();
	}

	/** Somebody to ask, and what it said last. */
	private static final class Source {

		private final String name;

		private final SeedProvider provider;

		private boolean isAsked;

		/** Written by the owner's thread while nobody asks. */
		private volatile Collection<Seed> answer = List.of();

		/** Written by the thread that asks, of which there is one at a time. */
		private volatile @Nullable Class<?> failure;

		Source(String name, SeedProvider provider) {
			this.name = name;
			this.provider = provider;
		}

	}

}
