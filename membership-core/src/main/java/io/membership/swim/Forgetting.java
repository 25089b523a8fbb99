package io.membership.swim;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * Forgets members that are dead, non-decryptable or left for long, but never a seed: two
 * halves of a mesh that forgot each other meet again where their seeds are.
 * Non-decryptable ones are no exception, although they live, because there is no way from
 * there to dead: they would stay for ever. But each datagram of theirs counts as a sign
 * of life.
 */
final class Forgetting {

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

	/** How late, at most, a member is forgotten, as a share of the time that it takes. */
	private static final int DELAY_SHARE = 16;

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Gossip gossip;

	private final Predicate<MemberUri> isSeed;

	private final Inquiry inquiry;

	private @Nullable Cancellable next;

	/**
	 * Creates the forgetting of one node.
	 * @param isSeed whether to forget somebody never
	 * @param greet pings one URI
	 */
	Forgetting(Environment environment, Supplier<MembershipOptions> options, MemberTable table, Gossip gossip,
			Predicate<MemberUri> isSeed, Consumer<MemberUri> greet) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.gossip = gossip;
		this.isSeed = isSeed;
		this.inquiry = new Inquiry(environment, options, table.tombstones(), greet);
		table.tombstones().whenDoubted(this.inquiry::doubt);
	}

	/** Begins, or goes on with other options. */
	void begin() {
		stopWaiting();
		if (this.options.get().uses(MembershipExtension.FORGETTING)) {
			try {
				forget(this.options.get().forgetAfter());
			}
			finally {
				this.next = this.environment.schedule(pause(), this::begin);
			}
		}
		else {
			this.table.tombstones().clear();
		}
	}

	void stop() {
		stopWaiting();
		this.inquiry.stop();
	}

	private void stopWaiting() {
		if (this.next != null) {
			this.next.cancel();
		}
	}

	private Duration pause() {
		Duration wanted = this.options.get().forgetAfter().dividedBy(DELAY_SHARE);
		Duration limited = (wanted.compareTo(LONGEST_PAUSE) < 0) ? wanted : LONGEST_PAUSE;
		Duration period = this.options.get().protocolPeriod();
		return (limited.compareTo(period) < 0) ? period : limited;
	}

	private void forget(Duration after) {
		long now = this.environment.nanoTime();
		for (MemberUri uri : this.table.gone().over(now, after)) {
			Rumor last = this.table.get(uri);
			if (last == null || this.isSeed.test(uri) || this.table.isSelf(uri)) {
				this.table.gone().heardFrom(uri, now);
			}
			else {
				this.gossip.forget(uri, Evidence.own(Cause.FORGOTTEN));
				this.table.tombstones().add(last, now);
			}
		}
		this.table.tombstones().expire(now, after);
	}

}
