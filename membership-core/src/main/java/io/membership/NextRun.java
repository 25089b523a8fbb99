package io.membership;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

import io.membership.swim.Payload;
import io.membership.swim.SwimProtocol;

/**
 * What a node that does not run keeps for its next run: what it was in the last one, and
 * what was wished since. Guarded by the lock of the facade.
 */
final class NextRun {

	private final Set<MemberUri> added = new LinkedHashSet<>();

	/** Whom the node knew; during a run, whom it knew before. */
	private volatile Set<MemberUri> contacts = Set.of();

	private Set<MemberUri> allowed;

	private Payload payload;

	private long lastIncarnation;

	NextRun(Payload payload, Set<MemberUri> allowed) {
		this.payload = payload;
		this.allowed = allowed;
	}

	Payload payload() {
		return this.payload;
	}

	void setPayload(Payload payload) {
		this.payload = payload;
	}

	void setAllowed(Set<MemberUri> allowed) {
		this.allowed = allowed;
	}

	void add(MemberUri uri) {
		this.added.add(uri);
	}

	void remove(MemberUri uri) {
		this.added.remove(uri);
		Set<MemberUri> others = new HashSet<>(this.contacts);
		others.remove(uri);
		this.contacts = Set.copyOf(others);
	}

	/** Begins the run, with an incarnation that others believe after the last one. */
	void begin(SwimProtocol protocol) {
		protocol.appear(this.lastIncarnation + 1, this.payload);
		protocol.begin();
		protocol.setAllowedMembers(this.allowed);
		this.added.forEach(protocol::addMember);
		this.added.clear();
		protocol.rejoin(this.contacts);
	}

	/**
	 * Remembers the last run of an earlier process, maybe under another URI, unless this
	 * one had a run itself.
	 */
	void recall(SnapshotKeeper snapshots, MemberUri self) {
		Snapshot earlier = (this.lastIncarnation == 0) ? snapshots.read() : null;
		if (earlier != null) {
			if (earlier.self().equals(self)) {
				this.lastIncarnation = earlier.incarnation();
			}
			this.contacts = earlier.members();
			remove(self);
		}
	}

	/** Returns the snapshot of a run. May be called by any thread. */
	Snapshot snapshot(MemberView view) {
		return Snapshot.of(view, this.contacts);
	}

	/** Remembers whom to greet. */
	void rememberContacts(Snapshot last) {
		this.contacts = last.members();
	}

	void rememberIncarnation(MemberView view) {
		this.lastIncarnation = view.self().incarnation();
	}

	/** Returns how a node that does not run shows itself. */
	Member stopped(MemberUri uri) {
		return new Member(uri, MemberStatus.LEFT, Math.max(this.lastIncarnation, 1), this.payload.toMap(),
				Instant.now(), null, null, null);
	}

}
