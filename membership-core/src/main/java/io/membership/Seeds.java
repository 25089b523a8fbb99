package io.membership;

import java.util.List;
import java.util.Set;

/**
 * Whom a node greets at the start, and how it finds more of them later.
 *
 * @param listed the members and names that were given
 * @param providers who is asked for others
 * @param broadcastPort the UDP port to broadcast to, or 0
 */
record Seeds(Set<Seed> listed, List<SeedProvider> providers, int broadcastPort) {

	Seeds {
		listed = Set.copyOf(listed);
		providers = List.copyOf(providers);
	}

	/** Returns the members that were given. */
	List<MemberUri> members() {
		return this.listed.stream().filter(MemberUri.class::isInstance).map(MemberUri.class::cast).toList();
	}

	/** Returns the names that were given. */
	List<Seed> names() {
		return this.listed.stream().filter((seed) -> !(seed instanceof MemberUri)).toList();
	}

}
