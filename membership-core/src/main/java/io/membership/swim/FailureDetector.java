package io.membership.swim;

import java.time.Duration;
import java.util.List;
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

	private final SuspicionExpiry expiry;

	private @Nullable Probe current;

	private @Nullable Cancellable nextPeriod;

	private long periodBegunNanos;

	FailureDetector(Environment environment, Supplier<MembershipOptions> options, MemberTable table, Gossip gossip,
			Messenger messenger, ShortForm shortForm, Probes probes, LocalHealth health, Peers peers) {
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
		SuspectTimeout suspectTimeout = new SuspectTimeout(options, table);
		this.deadlines = new Deadlines(environment, options, table.suspicions(), suspectTimeout, health);
		this.expiry = new SuspicionExpiry(environment, options, table, gossip, this.deadlines, suspectTimeout);
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
		this.nextPeriod = this.deadlines.schedule(period, this::beginPeriod);
		probeNext();
	}

	/** Returns when the current period began. */
	long periodBegunNanos() {
		return this.periodBegunNanos;
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
		SendResult sent = this.shortForm.ping(probe);
		Duration timeout = this.ackTimeout.of(target);
		// No timeout means no answer in time, not one that is quicker than a timer
		if (sent == SendResult.SENT && !timeout.isZero()) {
			this.deadlines.schedule(timeout, () -> repeat(probe, timeout));
		}
		else {
			askHelpers(probe);
		}
		return probe;
	}

	/** The target was silent for the ack timeout. */
	private void repeat(Probe probe, Duration timeout) {
		if (this.refusalProbe.repeat(probe, () -> refused(probe))) {
			Duration patience = RefusalProbe.patience(timeout,
					this.health.stretch(this.options.get().protocolPeriod()));
			this.deadlines.schedule(patience, () -> askHelpers(probe));
		}
		else {
			askHelpers(probe);
		}
	}

	private void refused(Probe probe) {
		if (probe.isDone()) {
			return;
		}
		probe.refused();
		if (this.table.suspicions().of(probe.target()) != null) {
			accuse(probe);
		}
		askHelpers(probe);
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
		boolean askedAgain = !probe.isRefused() && this.shortForm.insist(probe);
		Sample<Rumor> others = this.table.sample();
		while (others.hasNext() && probe.helpersAsked() < this.options.get().indirectProbes()) {
			Rumor other = others.next();
			if (canHelp(other, probe) && this.messenger.ping(other.uri(), probe.data()) == SendResult.SENT) {
				probe.helperAsked();
			}
		}
		if (probe.isDirect() && !askedAgain) {
			giveUp(probe);
		}
	}

	private boolean canHelp(Rumor other, Probe probe) {
		return other.isAlive() && !this.table.isSelf(other.uri()) && !other.uri().equals(probe.target());
	}

	/** Nobody answered until the end of the period. */
	private void giveUp(Probe probe) {
		if (probe.isDone()) {
			return;
		}
		this.probes.conclude(probe, false, SendResult.SENT);
		Rumor known = this.table.get(probe.target());
		if (known != null && !this.table.isSelf(probe.target())) {
			this.health.worse();
		}
		accuse(probe);
	}

	/** Who is suspected already is accused by one more. */
	private void accuse(Probe probe) {
		Rumor known = this.table.get(probe.target());
		if (known == null || known.status().compareTo(MemberStatus.SUSPECT) > 0 || !this.table.self().isAlive()
				|| !this.options.get().suspicionEnabled()) {
			return;
		}
		List<MemberUri> myself = List.of(this.table.selfUri());
		Supplement accusation = this.peers.tellAccusers() && !this.table.isSelf(known.uri())
				? Supplement.ofAccusers(myself, probe.isRefused() ? myself : List.of()) : Supplement.NONE;
		this.gossip.accuse(known, accusation, probe.evidence());
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
