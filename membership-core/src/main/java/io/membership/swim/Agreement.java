package io.membership.swim;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * Whether others see the mesh as this node does, by the digests of their views. As long
 * as they do, nobody needs to be told what all know.
 */
final class Agreement {

	private final MemberTable table;

	private final Peers peers;

	/** This node's digest when somebody last had the same, and nobody since another. */
	private @Nullable Long agreed;

	Agreement(MemberTable table, Peers peers) {
		this.table = table;
		this.peers = peers;
	}

	/** Takes in the digest of somebody's view. */
	void heard(MemberUri peer, long digest) {
		if (!this.table.isSelf(peer)) {
			this.agreed = isMine(digest) ? digest : null;
		}
	}

	/**
	 * Whether the last of the others that was heard of sees the mesh as this node does.
	 */
	boolean holds() {
		return this.agreed != null && isMine(this.agreed);
	}

	/** Whether this node compares its view with others at all. */
	boolean isPossible() {
		return this.peers.digest() != null;
	}

	/** Whether a view is equal to this node's. */
	boolean isMine(long digest) {
		Long mine = this.peers.digest();
		return mine != null && mine == digest;
	}

}
