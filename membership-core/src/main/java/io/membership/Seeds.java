package io.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whom a node greets at the start, and how it finds more of them later.
 *
 * @param listed the members and names that were given
 * @param sources all who are asked for others, which may change from run to run
 * @param broadcastPort the UDP port to broadcast to, or 0
 */
record Seeds(Set<Seed> listed, List<Iterable<? extends SeedProvider>> sources, int broadcastPort) {

	Seeds {
		listed = Set.copyOf(listed);
		sources = List.copyOf(sources);
	}

	/** Returns the members that were given. */
	List<MemberUri> members() {
		return this.listed.stream().filter(MemberUri.class::isInstance).map(MemberUri.class::cast).toList();
	}

	/** Returns the names that were given. */
	List<Seed> names() {
		return this.listed.stream().filter((seed) -> !(seed instanceof MemberUri)).toList();
	}

	/** Returns who is asked for others in a run that begins now. */
	List<SeedProvider> providers() {
		List<SeedProvider> providers = new ArrayList<>();
		this.sources.forEach((source) -> source.forEach(providers::add));
		return providers;
	}

}
