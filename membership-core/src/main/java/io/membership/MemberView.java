package io.membership;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * What readers see of the members, without waiting for the protocol. Written by one
 * thread at a time.
 */
final class MemberView {

	private final Map<MemberUri, Member> members = new ConcurrentHashMap<>();

	private final Map<MemberUri, List<Integer>> keys = new ConcurrentHashMap<>();

	private volatile Member self;

	/** Creates a view that holds only this node. */
	MemberView(Member self) {
		this.self = self;
		this.members.put(self.uri(), self);
	}

	Member self() {
		return this.self;
	}

	@Nullable Member get(MemberUri uri) {
		return this.members.get(uri);
	}

	/** Returns a consistent-enough copy: each member as it was during the call. */
	Map<MemberUri, Member> snapshot() {
		return Collections.unmodifiableMap(new HashMap<>(this.members));
	}

	/** Makes another URI this node's own. */
	void renameSelf(MemberUri uri) {
		this.self = new Member(uri, this.self.status(), this.self.incarnation(), this.self.payload(),
				this.self.timestamp(), null, null, null);
	}

	/** Returns the fingerprints of the keys of each member that tells them. */
	Map<MemberUri, List<String>> keyFingerprints() {
		Map<MemberUri, List<String>> fingerprints = new TreeMap<>();
		this.keys
			.forEach((uri, known) -> fingerprints.put(uri, known.stream().map(EncryptionKey::fingerprint).toList()));
		return Collections.unmodifiableMap(fingerprints);
	}

	void putKeys(MemberUri uri, List<Integer> fingerprints) {
		if (!fingerprints.isEmpty()) {
			this.keys.put(uri, fingerprints);
		}
		else if (!this.keys.isEmpty()) {
			this.keys.remove(uri);
		}
	}

	void put(Member member) {
		this.members.put(member.uri(), member);
		if (member.uri().equals(this.self.uri())) {
			this.self = member;
		}
	}

	void remove(MemberUri uri) {
		this.members.remove(uri);
		this.keys.remove(uri);
	}

	/** Forgets everybody but this node. */
	void keepOnly(Member newSelf) {
		this.self = newSelf;
		this.members.put(newSelf.uri(), newSelf);
		this.members.keySet().removeIf((uri) -> !uri.equals(newSelf.uri()));
		this.keys.clear();
	}

}
