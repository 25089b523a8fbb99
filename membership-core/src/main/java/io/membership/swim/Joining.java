package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the way into a mesh, and keeps the mesh in one piece: greets the seeds at the
 * start, and again for ever those that are not alive, less and less often up to every 30
 * seconds, with jitter so that nodes that were started together do not greet together. To
 * stop at the first other member would leave islands: two nodes that found each other
 * would never look for the seed that was not yet up.
 * <p>
 * As long as nobody is missing, that is looked at when a protocol period begins, for
 * which no thread has to wake up. Seeds that have to be looked up are looked up again
 * each time, and every 30 seconds when nobody is missing. They may be very many, so only
 * then it is looked who of them is missing, and some of those are greeted.
 */
final class Joining {

	/**
	 * Enough for all who look for each other to be one mesh even if each picks others: a
	 * random graph is connected from about ln(N) links per node on.
	 */
	static final int MOST_GREETED = 16;

	private static final Logger logger = LoggerFactory.getLogger(Joining.class);

	/** After so many rounds, some seconds, seeds that run have answered. */
	private static final int ROUNDS_WITHOUT_WARNING = 3;

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	/**
	 * So much of a pause is left to chance that the many members on either side of a long
	 * partition never all pause at once.
	 */
	private static final double JITTER = 0.5;

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Collection<MemberUri> seeds;

	private final Runnable broadcast;

	private final Consumer<MemberUri> greet;

	private Set<MemberUri> found = Set.of();

	private Duration pause = Duration.ZERO;

	private boolean isSearching = true;

	private long searchedNanos;

	private int roundsAlone;

	private boolean running;

	/** Until when whoever is missing has time to answer. */
	private @Nullable Cancellable next;

	/**
	 * Creates the joining of one node.
	 * @param seeds whom to greet, beside those that the environment finds
	 * @param broadcast greets the networks, or does nothing
	 * @param greet pings one URI
	 */
	Joining(Environment environment, Supplier<MembershipOptions> options, MemberTable table,
			Collection<MemberUri> seeds, Runnable broadcast, Consumer<MemberUri> greet) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.seeds = seeds;
		this.broadcast = broadcast;
		this.greet = greet;
	}

	/** Looks whether somebody is missing by now. */
	void periodBegins() {
		if (this.running && this.next == null && !isComplete()) {
			begin();
		}
	}

	private boolean isComplete() {
		for (MemberUri seed : this.seeds) {
			if (!isAlive(seed)) {
				return false;
			}
		}
		return this.table.hasCompany() && !isSearchDue();
	}

	void begin() {
		this.running = true;
		List<MemberUri> missing = this.seeds.stream().filter((seed) -> !isAlive(seed)).toList();
		boolean lonely = !this.table.hasCompany();
		boolean dueForMany = lonely || this.isSearching || isSearchDue();
		List<MemberUri> missingFound = dueForMany ? missing(this.found) : List.of();
		this.isSearching = lonely || !missing.isEmpty() || !missingFound.isEmpty();
		try {
			if (this.isSearching || dueForMany) {
				this.searchedNanos = this.environment.nanoTime();
				this.environment.findSeeds(this::found);
			}
			missing.forEach(this.greet);
			someOf(missingFound).forEach(this.greet);
			if (lonely) {
				this.broadcast.run();
			}
		}
		finally {
			goOn();
		}
		countRounds(lonely, missing, missingFound);
	}

	/** Says once why a node may be alone, until it is alone the next time. */
	private void countRounds(boolean lonely, List<MemberUri> missing, List<MemberUri> missingFound) {
		this.roundsAlone = lonely ? this.roundsAlone + 1 : 0;
		boolean isWaiting = !missing.isEmpty() || !missingFound.isEmpty();
		if (isWaiting && this.roundsAlone == ROUNDS_WITHOUT_WARNING + 1) {
			logger.warn(
					"no seed answers, so this node is alone: {}. If they run, UDP does not pass both ways, or they drop"
							+ " what this node sends, because of its key or the name of its mesh, and their logs say so."
							+ " They are greeted for ever",
					Stream.concat(missing.stream(), missingFound.stream().limit(MOST_GREETED)).distinct().toList());
		}
	}

	private boolean isSearchDue() {
		return this.environment.nanoTime() - this.searchedNanos >= LONGEST_PAUSE.toNanos();
	}

	/** Whoever is new is greeted at once, and all of them from the next time on. */
	private void found(Collection<MemberUri> uris) {
		List<MemberUri> fresh = uris.stream().filter((uri) -> !this.found.contains(uri)).toList();
		this.found = new LinkedHashSet<>(uris);
		someOf(missing(fresh)).forEach(this.greet);
	}

	private List<MemberUri> someOf(List<MemberUri> many) {
		Sample<MemberUri> sample = new Sample<>(this.environment.random(), many.size(), many::get);
		List<MemberUri> some = new ArrayList<>();
		while (sample.hasNext() && some.size() < MOST_GREETED) {
			some.add(sample.next());
		}
		return some;
	}

	private void goOn() {
		if (!this.isSearching) {
			this.pause = this.options.get().protocolPeriod();
			this.next = null;
			return;
		}
		this.pause = longer(this.pause);
		double jitter = 1 - JITTER * this.environment.random().nextDouble();
		this.next = this.environment.schedule(Duration.ofNanos((long) (this.pause.toNanos() * jitter)), this::begin);
	}

	boolean isSeed(MemberUri uri) {
		return this.seeds.contains(uri) || this.found.contains(uri);
	}

	/** Whoever was found by an address may be a member by a name. */
	private List<MemberUri> missing(Collection<MemberUri> wanted) {
		return wanted.stream()
			.filter((uri) -> !isAlive(uri) && this.environment.at(uri).stream().noneMatch(this::isAlive))
			.toList();
	}

	private boolean isAlive(MemberUri uri) {
		Rumor known = this.table.get(uri);
		return known != null && known.isAlive();
	}

	private Duration longer(Duration before) {
		Duration period = this.options.get().protocolPeriod();
		Duration doubled = before.multipliedBy(2);
		Duration limited = (doubled.compareTo(LONGEST_PAUSE) < 0) ? doubled : LONGEST_PAUSE;
		return (limited.compareTo(period) < 0) ? period : limited;
	}

	void stop() {
		this.running = false;
		if (this.next != null) {
			this.next.cancel();
		}
	}

}
