package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.membership.Evidence;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * Probes one member in each protocol period: directly, then with the help of others (SWIM
 * §4.1). Who stays silent is suspected, and who stays suspected is dead (SWIM §4.2).
 */
final class FailureDetector {

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Gossip gossip;

	private final Messenger messenger;

	private final ShortForm shortForm;

	private final Probes probes;

	private final ProbeSchedule schedule;

	private final LocalHealth health;

	private final AckTimeout ackTimeout;

	private final RefusalProbe refusalProbe;

	private final Deadlines deadlines;

	private final Peers peers;

	private final Arrival arrival;

	private final SuspicionExpiry expiry;

	private @Nullable Probe current;

	private @Nullable Cancellable nextPeriod;

	private long periodBegunNanos;

	private long periodNanos;

	FailureDetector(Environment environment, Supplier<MembershipOptions> options, MemberTable table, Gossip gossip,
			Messenger messenger, ShortForm shortForm, Probes probes, LocalHealth health, Peers peers,
			Deadlines deadlines, Arrival arrival) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.gossip = gossip;
		this.messenger = messenger;
		this.shortForm = shortForm;
		this.probes = probes;
		this.health = health;
		this.peers = peers;
		this.ackTimeout = new AckTimeout(options, table, peers, health);
		this.refusalProbe = new RefusalProbe(options, table, messenger);
		this.deadlines = deadlines;
		this.arrival = arrival;
		this.expiry = new SuspicionExpiry(environment, options, table, gossip, deadlines);
		this.schedule = new ProbeSchedule(environment.random(), options, table);
		table.whenNew(this.schedule::join);
	}

	/**
	 * Begins a period now, and all others from there. Probes in flight are abandoned: a
	 * node that moved is answered under its old URI, and nobody is to blame for that.
	 */
	void begin() {
		stop();
		this.probes.abandon();
		this.expiry.reconsiderAll();
		beginPeriod();
	}

	/** Judges those who are suspected already by the new options, too. */
	void optionsChanged() {
		this.expiry.reconsiderAll();
	}

	void stop() {
		this.expiry.stop();
		if (this.nextPeriod != null) {
			this.nextPeriod.cancel();
		}
	}

	/**
	 * Begins a period. The next one begins a full period later, not on a grid that a late
	 * timer would fall behind: no period is too short for an answer, and a suspicion that
	 * began with a period is over when the suspect timeout's last period begins.
	 */
	private void beginPeriod() {
		this.periodBegunNanos = this.environment.nanoTime();
		Duration period = this.health.stretch(this.options.get().protocolPeriod());
		this.periodNanos = period.toNanos();
		this.nextPeriod = this.deadlines.schedule(period, this::beginPeriod);
		probeNext();
		this.arrival.periodBegins();
	}

	/** Returns when the current period began. */
	long periodBegunNanos() {
		return this.periodBegunNanos;
	}

	/** Returns how long the current period shall last. */
	long periodNanos() {
		return this.periodNanos;
	}

	/** Ends the last probe and begins the next. */
	private void probeNext() {
		if (this.current != null) {
			giveUp(this.current);
		}
		this.expiry.periodBegins();
		MemberUri target = this.schedule.next();
		this.current = (target != null) ? probe(target) : null;
	}

	private Probe probe(MemberUri target) {
		Probe probe = this.probes.begin(this.table.selfUri(), target, null);
		probe.concerns(Objects.requireNonNull(this.table.get(target)));
		SendResult sent = this.shortForm.ping(probe);
		Duration timeout = this.ackTimeout.of(target);
		// No timeout means no answer in time, not one that is quicker than a timer
		if (sent == SendResult.SENT && !timeout.isZero()) {
			probe.waitsFor(this.deadlines.schedule(timeout, () -> repeat(probe, timeout)));
		}
		else {
			askHelpers(probe);
		}
		return probe;
	}

	/** The target was silent for the ack timeout. */
	private void repeat(Probe probe, Duration timeout) {
		if (!probe.isDone() && this.refusalProbe.repeat(probe.data(), () -> refused(probe))) {
			probe.repeated();
			Duration patience = RefusalProbe.patience(timeout,
					this.health.stretch(this.options.get().protocolPeriod()));
			probe.waitsFor(this.deadlines.schedule(patience, () -> askHelpers(probe)));
		}
		else {
			askHelpers(probe);
		}
	}

	/** The target's host refused the second PING. */
	private void refused(Probe probe) {
		if (!probe.isDone()) {
			probe.helpers().refused(this.table.selfUri());
			askHelpers(probe);
			reconsider(probe);
		}
	}

	/** The target was silent for too long, refused, or cannot be reached at all. */
	private void askHelpers(Probe probe) {
		if (probe.isDone() || !probe.isDirect()) {
			return;
		}
		Rumor known = this.table.get(probe.target());
		if (known == null || known.status().compareTo(MemberStatus.DEAD) >= 0) {
			this.probes.conclude(probe, false, SendResult.SENT);
			return;
		}
		// As long as helpers reach the target, nobody else finds out that it has moved
		this.environment.doubtAddress(probe.target());
		boolean askedAgain = !probe.isRefused() && this.shortForm.insist(probe);
		askHelpers(probe, new HelperChoice(this.table, this.peers, probe.target()));
		if (probe.isDirect() && !askedAgain) {
			giveUp(probe);
		}
	}

	private void askHelpers(Probe probe, HelperChoice choice) {
		while (probe.helpers().count() < this.options.get().indirectProbes()) {
			MemberUri helper = choice.next();
			if (helper == null) {
				return;
			}
			if (this.messenger.ping(helper, probe.data()) == SendResult.SENT) {
				probe.helpers().ask(helper, choice.isCapable(helper), this.environment.nanoTime());
			}
		}
	}

	/** Takes in that a helper hears nothing either. */
	void receive(Message.Nack nack) {
		Probe probe = this.probes.answeredBy(nack.data());
		if (probe != null && nack.sender() != null) {
			probe.helpers().nack(nack.sender(), nack.refused());
			reconsider(probe);
		}
	}

	/**
	 * When no helper hears the target, or enough were refused, there is nothing to wait
	 * for before the target is suspected, and may begin to refute. Should it answer
	 * within the period all the same, it has more time for that. If it is suspected
	 * already, every refusal counts.
	 */
	private void reconsider(Probe probe) {
		if (probe.helpers().leaveNoHope()) {
			blame(probe);
		}
		if (probe.isRefused() && this.table.suspicions().of(probe.target()) != null) {
			accuse(probe);
		}
	}

	/** Nobody answered until the end of the period. */
	private void giveUp(Probe probe) {
		if (!probe.isDone()) {
			this.probes.conclude(probe, false, SendResult.SENT);
			blame(probe);
		}
	}

	/** Doubts the target of a probe, and itself. */
	private void blame(Probe probe) {
		Rumor known = this.table.get(probe.target());
		if (known == null || probe.isOvertakenBy(known) || !probe.takeBlame()) {
			return;
		}
		if (!this.table.isSelf(probe.target()) && !speaksUnderAnotherKey(probe.target())) {
			this.health.worse(probe.helpers().blame(this.environment.nanoTime(), this.options.get().ackTimeout()));
		}
		accuse(probe);
	}

	/** Who is heard but not understood shows that this node is not deaf. */
	private boolean speaksUnderAnotherKey(MemberUri target) {
		return this.table.unreadable()
			.isHeard(target, this.environment.nanoTime(), this.options.get().antiEntropyPeriod());
	}

	/** Who is suspected already is accused by one more. */
	private void accuse(Probe probe) {
		Rumor known = this.table.get(probe.target());
		if (known != null && known.status().compareTo(MemberStatus.DEAD) < 0 && !probe.isOvertakenBy(known)
				&& this.table.self().isAlive() && this.options.get().suspicionEnabled()) {
			this.gossip.accuse(known, accusation(probe), probe.evidence());
		}
	}

	/** A helper that hears nothing accuses the target, too. */
	private Supplement accusation(Probe probe) {
		if (!this.peers.tellAccusers() || this.table.isSelf(probe.target())) {
			return Supplement.NONE;
		}
		List<MemberUri> accusers = new ArrayList<>(probe.helpers().hearingNothing());
		accusers.add(0, this.table.selfUri());
		return Supplement.ofAccusers(List.copyOf(accusers), probe.helpers().refused());
	}

	/**
	 * A probe's first PING turned out to be undeliverable: its target is not even asked.
	 */
	void undeliverable(Probe probe, SendResult why) {
		if (probe.isRequested()) {
			this.probes.conclude(probe, false, why);
		}
		else {
			askHelpers(probe);
		}
	}

}
