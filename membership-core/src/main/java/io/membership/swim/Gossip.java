package io.membership.swim;

import java.util.Collection;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does with a rumor: it believes what is newer and passes that on, and it
 * contradicts what is wrong about itself (SWIM §4.2).
 */
final class Gossip {

	private static final Logger logger = LoggerFactory.getLogger(Gossip.class);

	private final MemberTable table;

	private final Dissemination dissemination;

	private final LocalHealth health;

	private final Peers peers;

	private final Identity identity;

	private final DuplicateUri duplicate;

	private boolean defenselessLogged;

	Gossip(MemberTable table, Dissemination dissemination, LocalHealth health, Peers peers, Identity identity,
			DuplicateUri duplicate) {
		this.table = table;
		this.dissemination = dissemination;
		this.health = health;
		this.peers = peers;
		this.identity = identity;
		this.duplicate = duplicate;
	}

	/** Takes in a rumor that somebody else sent. */
	void hear(Rumor rumor, Evidence evidence) {
		if (this.identity.refuses(rumor)) {
			return;
		}
		if (this.table.isSelf(rumor.uri())) {
			hearAboutMyself(rumor, evidence);
		}
		else {
			spread(this.peers.understood(rumor), evidence);
		}
	}

	/**
	 * Takes in what somebody else knows, maybe for long: an entry of an exchange of full
	 * state, which says nothing of how far it has spread.
	 */
	void hearKnown(Rumor entry, Evidence evidence) {
		hear(entry.withTimeToLive(this.dissemination.timeToLiveOfFullState()), evidence);
	}

	/**
	 * Refutes a rumor that this node is not alive, and a rumor that it is alive in an
	 * incarnation that it never had: that one is left over from before a restart. The
	 * rumor's payload is never taken.
	 */
	private void hearAboutMyself(Rumor rumor, Evidence evidence) {
		Rumor self = this.table.self();
		boolean newer = rumor.incarnation() > self.incarnation();
		boolean wrong = rumor.status() != MemberStatus.ALIVE && rumor.incarnation() == self.incarnation();
		if (!newer && !wrong) {
			return;
		}
		if (rumor.incarnation() >= Rumor.MAX_INCARNATION) {
			logDefenseless(rumor, evidence);
			return;
		}
		if (rumor.status() != MemberStatus.ALIVE) {
			this.health.worse();
		}
		else if (!this.duplicate.mayTop(rumor, evidence.reporter())) {
			return;
		}
		spread(new Rumor(self.uri(), MemberStatus.ALIVE, rumor.incarnation() + 1, self.payload(), this.table.size(),
				this.peers.ownSupplement()),
				Evidence.reported(Cause.REFUTED, evidence.reporter())
					.accusedBy(rumor.supplement().accusers(), rumor.supplement().refused()));
	}

	/** Once, because from now on every datagram may repeat the rumor. */
	private void logDefenseless(Rumor rumor, Evidence evidence) {
		if (!this.defenselessLogged) {
			this.defenselessLogged = true;
			logger.error(
					"A rumor from {} says that this node is {} with the highest incarnation, which cannot be refuted",
					evidence.reporter(), rumor.status());
		}
	}

	/** Starts a rumor. */
	void start(MemberUri about, MemberStatus status, long incarnation, @Nullable Payload payload, Evidence evidence) {
		int timeToLive = Dissemination.initialTimeToLive(this.table.size());
		Supplement supplement = this.table.isSelf(about) ? this.peers.ownSupplement() : Supplement.NONE;
		spread(new Rumor(about, status, Math.min(incarnation, Rumor.MAX_INCARNATION), payload, timeToLive, supplement),
				evidence);
	}

	/**
	 * Accuses a member that is alive, or already suspected.
	 * @param known what is known of it
	 * @param accusation who accuses it, if that is told at all
	 */
	void accuse(Rumor known, Supplement accusation, Evidence evidence) {
		spread(new Rumor(known.uri(), MemberStatus.SUSPECT, known.incarnation(), null,
				Dissemination.initialTimeToLive(this.table.size()), accusation), evidence);
	}

	/** Believes a rumor if it is news, and passes it on. */
	void spread(Rumor rumor, Evidence evidence) {
		if (this.table.adopt(rumor, evidence)) {
			this.dissemination.add(rumor);
		}
		else if (rumor.status() == MemberStatus.SUSPECT && this.peers.tellAccusers()) {
			confirm(rumor);
		}
	}

	/**
	 * A suspicion that is known already is news all the same if it names somebody new who
	 * confirms it, as long as that makes a difference (Lifeguard §IV.B).
	 */
	private void confirm(Rumor rumor) {
		Rumor known = this.table.get(rumor.uri());
		if (known != null && known.status() == MemberStatus.SUSPECT && known.incarnation() == rumor.incarnation()) {
			Suspicion confirmed = this.table.confirm(rumor.uri(), rumor.supplement());
			if (confirmed != null) {
				this.dissemination.add(rumor.with(Supplement.ofAccusers(confirmed.accusers(), confirmed.refused())));
			}
		}
	}

	/**
	 * Forgets a member and what was to be told of it, which this node would otherwise
	 * hear from itself, with its next ping to itself, and believe.
	 */
	void forget(MemberUri uri, Evidence evidence) {
		this.table.remove(uri, evidence);
		this.dissemination.keepOnly((other) -> !other.equals(uri) || this.table.isSelf(uri));
	}

	/** Adds a member without asking it, or revives one that left. */
	void add(MemberUri uri) {
		Rumor known = this.table.get(uri);
		Rumor last = (known != null) ? known : this.table.tombstones().of(uri);
		if (last == null) {
			start(uri, MemberStatus.ALIVE, 1, null, Evidence.own(Cause.REQUESTED));
		}
		else if (known == null || known.status() == MemberStatus.LEFT) {
			start(uri, MemberStatus.ALIVE, last.incarnation() + 1, null, Evidence.own(Cause.REQUESTED));
		}
	}

	/** Restricts the members, and forgets the others as well. */
	void allow(Collection<MemberUri> uris) {
		this.table.allow(uris);
		this.dissemination.keepOnly((uri) -> this.table.get(uri) != null);
	}

}
