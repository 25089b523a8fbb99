package io.membership;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Members of other meshes that spoke to this node. All of it is counted, and each is
 * logged once. Not thread-safe.
 */
final class ForeignPeers {

	private static final Logger logger = LoggerFactory.getLogger(ForeignPeers.class);

	/** A log line each for more of them would tell no more. */
	private static final int MOST = 100;

	private final String clusterName;

	private final MembershipObserver observer;

	private final Set<MemberUri> logged = new HashSet<>();

	ForeignPeers(String clusterName, MembershipObserver observer) {
		this.clusterName = clusterName;
		this.observer = observer;
	}

	void heard(@Nullable MemberUri peer) {
		this.observer.dropped(DropReason.OTHER_CLUSTER);
		if (peer != null && this.logged.size() < MOST && this.logged.add(peer)) {
			logger.warn(
					"{} is a member of another mesh, and stays that: this node is one of '{}'. Is it a seed here, or"
							+ " this node one there, or has it another 'membership.cluster-name' by mistake?",
					peer, this.clusterName);
		}
	}

}
