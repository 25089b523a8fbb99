package io.membership.swim;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * Finds the way into a mesh, and keeps the mesh in one piece: greets the seeds at the
 * start, and again for ever those that are not alive, less and less often up to every 30
 * seconds, with jitter so that nodes that were started together do not greet together. To
 * stop at the first other member would leave islands: two nodes that found each other
 * would never look for the seed that was not yet up.
 */
final class Joining {

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

	private Duration pause = Duration.ZERO;

	private @Nullable Cancellable next;

	/**
	 * Creates the joining of one node.
	 * @param seeds whom to greet
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

	void begin() {
		List<MemberUri> missing = this.seeds.stream().filter(this::isMissing).toList();
		boolean lonely = !this.table.hasCompany();
		try {
			missing.forEach(this.greet);
			if (lonely) {
				this.broadcast.run();
			}
		}
		finally {
			goOn(lonely || !missing.isEmpty());
		}
	}

	private void goOn(boolean isSearching) {
		this.pause = isSearching ? longer(this.pause) : this.options.get().protocolPeriod();
		double jitter = 1 - JITTER * this.environment.random().nextDouble();
		this.next = this.environment.schedule(Duration.ofNanos((long) (this.pause.toNanos() * jitter)), this::begin);
	}

	boolean isSeed(MemberUri uri) {
		return this.seeds.contains(uri);
	}

	private boolean isMissing(MemberUri seed) {
		Rumor known = this.table.get(seed);
		return known == null || !known.isAlive();
	}

	private Duration longer(Duration before) {
		Duration period = this.options.get().protocolPeriod();
		Duration doubled = before.multipliedBy(2);
		Duration limited = (doubled.compareTo(LONGEST_PAUSE) < 0) ? doubled : LONGEST_PAUSE;
		return (limited.compareTo(period) < 0) ? period : limited;
	}

	void stop() {
		if (this.next != null) {
			this.next.cancel();
		}
	}

}
