package io.membership;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.membership.swim.Sighting;
import org.jspecify.annotations.Nullable;

/**
 * What readers see of the members, without waiting for the protocol. Written by the
 * protocol's thread, and before the start and after the end of a run by others. What the
 * protocol shows is kept as it is, and made a {@link Member} when somebody looks.
 */
final class MemberView {

	private final SightingTable members = new SightingTable();

	private volatile Member self;

	/** Creates a view that holds only this node. */
	MemberView(Member self) {
		this.self = self;
	}

	Member self() {
		return this.self;
	}

	@Nullable Member get(MemberUri uri) {
		Member own = this.self;
		if (uri.equals(own.uri())) {
			return own;
		}
		Sighting other = this.members.get(uri);
		return (other != null) ? other.toMember() : null;
	}

	/** Whether somebody is a member. */
	boolean contains(MemberUri uri) {
		return uri.equals(this.self.uri()) || this.members.get(uri) != null;
	}

	/** Whether somebody is a member, and alive. */
	boolean isAlive(MemberUri uri) {
		Member own = this.self;
		if (uri.equals(own.uri())) {
			return own.status() == MemberStatus.ALIVE;
		}
		Sighting other = this.members.get(uri);
		return other != null && other.known().status() == MemberStatus.ALIVE;
	}

	/** Returns a consistent-enough copy: each member as it was during the call. */
	Map<MemberUri, Member> snapshot() {
		Map<MemberUri, Member> copy = new HashMap<>();
		this.members.forEach((sighting) -> copy.put(sighting.known().uri(), sighting.toMember()));
		Member own = this.self;
		copy.put(own.uri(), own);
		return Collections.unmodifiableMap(copy);
	}

	/** Makes another URI this node's own; the old one stays a member. */
	void renameSelf(MemberUri uri) {
		this.self = new Member(uri, this.self.status(), this.self.incarnation(), this.self.payload(),
				this.self.timestamp(), null, null, null);
	}

	/** Returns the fingerprints of the keys of each member that tells them. */
	Map<MemberUri, List<String>> keyFingerprints() {
		Map<MemberUri, List<String>> fingerprints = new TreeMap<>();
		this.members.forEach((sighting) -> {
			List<Integer> keys = sighting.known().supplement().keys();
			if (!keys.isEmpty()) {
				fingerprints.put(sighting.known().uri(), keys.stream().map(EncryptionKey::fingerprint).toList());
			}
		});
		return Collections.unmodifiableMap(fingerprints);
	}

	void put(Sighting sighting) {
		this.members.put(sighting);
		if (sighting.known().uri().equals(this.self.uri())) {
			this.self = sighting.toMember();
		}
	}

	void remove(MemberUri uri) {
		this.members.remove(uri);
	}

	/** Forgets everybody but this node. */
	void keepOnly(Member newSelf) {
		this.self = newSelf;
		this.members.clear();
	}

}
