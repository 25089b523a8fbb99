package io.membership;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.membership.swim.Payload;
import io.membership.swim.SwimProtocol;

/**
 * What a node that does not run keeps for its next run: what it was in the last one, and
 * what was wished since. Guarded by the lock of the facade.
 */
final class NextRun {

	/** How many of the members it knew a node greets when it comes back. */
	private static final int CONTACTS = 16;

	private final Set<MemberUri> added = new LinkedHashSet<>();

	private final List<MemberUri> contacts = new ArrayList<>();

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
		this.contacts.remove(uri);
	}

	/** Begins the run, with an incarnation that others believe after the last one. */
	void begin(SwimProtocol protocol) {
		protocol.begin(this.lastIncarnation + 1, this.payload);
		protocol.setAllowedMembers(this.allowed);
		this.added.forEach(protocol::addMember);
		this.added.clear();
		this.contacts.forEach(protocol::greet);
		this.contacts.clear();
	}

	/** Remembers whom to greet, as long as the run still knows them. */
	void rememberContacts(MemberView view) {
		view.snapshot()
			.values()
			.stream()
			.filter((member) -> member.status() == MemberStatus.ALIVE)
			.map(Member::uri)
			.filter((uri) -> !uri.equals(view.self().uri()))
			.limit(CONTACTS)
			.forEach(this.contacts::add);
	}

	void rememberIncarnation(MemberView view) {
		this.lastIncarnation = view.self().incarnation();
	}

	/** Returns how a node that does not run shows itself. */
	Member stopped(MemberUri uri) {
		return new Member(uri, MemberStatus.LEFT, Math.max(this.lastIncarnation, 1), this.payload.toMap(),
				Instant.now(), null);
	}

}
