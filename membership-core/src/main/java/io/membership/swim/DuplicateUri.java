package io.membership.swim;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out that another process uses this node's URI, as a copied configuration makes it
 * do. Each of the two would top what the other says about itself, for ever and as fast as
 * the network is; so once it is sure, this node tops less and less often.
 * <p>
 * What is left of an earlier process with this URI looks the same at first. But it does
 * not rise when it is topped, except where another part of a split mesh knew a later
 * incarnation; a living process rises each time. Only a living one sends datagrams.
 */
final class DuplicateUri {

	private static final Logger logger = LoggerFactory.getLogger(DuplicateUri.class);

	/**
	 * How many signs of life of one other process are proof. A predecessor gives as many
	 * as there were parts of the mesh that knew different incarnations of it.
	 */
	static final int PROOF = 5;

	/** More processes than that are a restart loop, or somebody who guesses. */
	private static final int MOST_SUSPECTS = 16;

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

	/** Without a sign of life for so long the other process is gone. */
	static final Duration QUIET = Duration.ofMinutes(10);

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final long ownBootId;

	/** Signs of life by boot id. */
	private final Map<Long, Integer> signs = new HashMap<>();

	private boolean found;

	private long lastSignNanos;

	private Duration pause = Duration.ZERO;

	private long lastToppedNanos;

	DuplicateUri(Environment environment, Supplier<MembershipOptions> options, MemberTable table, long ownBootId) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.ownBootId = ownBootId;
	}

	/** Whether there is another process with this node's URI. */
	boolean isFound() {
		if (!this.options.get().uses(MembershipExtension.IDENTITY) || sinceLastSign().compareTo(QUIET) > 0) {
			forget();
		}
		return this.found;
	}

	private Duration sinceLastSign() {
		return Duration.ofNanos(this.environment.nanoTime() - this.lastSignNanos);
	}

	private void forget() {
		if (this.found) {
			logger.info("No other process with the URI {} was heard of for {}", this.table.selfUri(), QUIET);
		}
		this.found = false;
		this.signs.clear();
		this.pause = Duration.ZERO;
	}

	/** Takes in a datagram, which is a sign of life if another process wrote it. */
	void hear(Message message) {
		if (this.table.isSelf(message.sender())) {
			message.events()
				.stream()
				.filter((event) -> this.table.isSelf(event.uri()) && isForeign(event))
				.findFirst()
				.ifPresent((event) -> noteSign(event.bootId(), message.sender()));
		}
	}

	/**
	 * Takes in a rumor that this node is alive in an incarnation that it never had.
	 * @return whether to top it now; otherwise it will be heard again
	 */
	boolean mayTop(Rumor rumor, @Nullable MemberUri reporter) {
		if (isFound()) {
			this.lastSignNanos = this.environment.nanoTime();
			return isPauseOver();
		}
		if (isForeign(rumor) && !this.table.isSelf(reporter)) {
			noteSign(rumor.bootId(), reporter);
		}
		return true;
	}

	private boolean isForeign(Rumor aboutMyself) {
		long bootId = aboutMyself.bootId();
		return bootId != Supplement.UNKNOWN && bootId != this.ownBootId;
	}

	private boolean isPauseOver() {
		long now = this.environment.nanoTime();
		if (now - this.lastToppedNanos < this.pause.toNanos()) {
			return false;
		}
		this.lastToppedNanos = now;
		Duration doubled = this.pause.multipliedBy(2);
		this.pause = (doubled.compareTo(LONGEST_PAUSE) < 0) ? doubled : LONGEST_PAUSE;
		return true;
	}

	private void noteSign(long bootId, @Nullable MemberUri reporter) {
		boolean before = isFound();
		if (!this.options.get().uses(MembershipExtension.IDENTITY)) {
			return;
		}
		this.lastSignNanos = this.environment.nanoTime();
		if (this.signs.size() >= MOST_SUSPECTS) {
			this.signs.clear();
		}
		if (this.signs.merge(bootId, 1, Integer::sum) >= PROOF && !before) {
			this.found = true;
			this.pause = this.options.get().protocolPeriod();
			this.lastToppedNanos = this.lastSignNanos;
			logger.error(
					"Another process uses this node's URI {}: its boot id is {}, this one's {}, and it was heard of"
							+ " from {}. Each process needs a URI of its own",
					this.table.selfUri(), bootId, this.ownBootId, reporter);
		}
	}

}
