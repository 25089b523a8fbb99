package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * Passes rumors on between the probes, to a few random members in each round, for as long
 * as there are any (memberlist: {@code GossipInterval}, {@code GossipNodes}). News after
 * silence are told at once: a rumor travels as fast as the network is, and a busy node
 * still collects what it hears until its next round.
 */
final class GossipRounds {

	private static final int RECIPIENTS = 3;

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Dissemination dissemination;

	private final Messenger messenger;

	private final Peers peers;

	private final Awakening awakening;

	private @Nullable Cancellable next;

	private boolean running;

	/** When the next round may be. */
	private long dueNanos;

	GossipRounds(Environment environment, Supplier<MembershipOptions> options, MemberTable table,
			Dissemination dissemination, Messenger messenger, Peers peers, Awakening awakening) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.dissemination = dissemination;
		this.messenger = messenger;
		this.peers = peers;
		this.awakening = awakening;
	}

	void begin() {
		this.running = true;
		this.dueNanos = this.environment.nanoTime();
		wake();
	}

	void stop() {
		this.running = false;
		if (this.next != null) {
			this.next.cancel();
			this.next = null;
		}
	}

	/** Goes on if there is something to say. */
	void wake() {
		if (this.running && this.next == null && this.dissemination.isEven() && this.dissemination.size() > 0) {
			Duration delay = Duration.ofNanos(Math.max(0, this.dueNanos - this.environment.nanoTime()));
			this.next = this.environment.schedule(delay, this::round);
		}
	}

	/**
	 * Whoever is alone has nobody to tell until somebody comes, which is news in itself.
	 */
	private void round() {
		this.next = null;
		if (!this.dissemination.isEven()) {
			return;
		}
		this.awakening.check();
		this.dueNanos = this.environment.nanoTime() + this.options.get().gossipPeriod().toNanos();
		List<MemberUri> recipients = recipients();
		try {
			recipients.forEach(this::tell);
		}
		finally {
			if (!recipients.isEmpty()) {
				wake();
			}
		}
	}

	private List<MemberUri> recipients() {
		List<MemberUri> recipients = new ArrayList<>();
		Sample<Rumor> members = this.table.sample();
		while (members.hasNext() && recipients.size() < RECIPIENTS) {
			Rumor member = members.next();
			if (!this.table.isSelf(member.uri()) && listens(member)) {
				recipients.add(member.uri());
			}
		}
		return recipients;
	}

	/**
	 * Who has just been declared dead shall hear of it, so that it can refute, for as
	 * long as others hear of it (memberlist: {@code GossipToTheDeadTime}).
	 */
	private boolean listens(Rumor member) {
		return member.isAlive() || member.status() == MemberStatus.SUSPECT
				|| (member.status() == MemberStatus.DEAD && this.dissemination.about(member.uri()) != null);
	}

	private void tell(MemberUri recipient) {
		if (this.dissemination.size() > 0) {
			this.messenger.gossip(recipient, envelope(recipient));
		}
	}

	/** Whoever does not know GOSSIP takes the rumors of a LEAVE from anybody. */
	private Function<List<Rumor>, Message> envelope(MemberUri recipient) {
		MemberUri self = this.table.selfUri();
		return this.peers.can(recipient, Ability.GOSSIP) ? (rumors) -> new Message.Gossip(self, rumors)
				: (rumors) -> new Message.Leave(self, rumors);
	}

}
