package io.membership;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a node must know to find its mesh again and to be believed there. What it knew
 * <em>about</em> the others is not part of it: they know better by then. Immutable.
 *
 * @param self the node's URI
 * @param incarnation the node's incarnation
 * @param members the URIs of others
 */
record Snapshot(MemberUri self, long incarnation, Set<MemberUri> members) {

	/** Many more than a node greets, so that enough of them come back. */
	static final int MOST_MEMBERS = 1000;

	Snapshot {
		members = Set.copyOf(members);
	}

	/**
	 * Returns the snapshot of a view. A node that is alone has not found its mesh yet, so
	 * it goes on to remember whom it knew earlier.
	 */
	static Snapshot of(MemberView view, Collection<MemberUri> earlier) {
		Map<MemberUri, Member> known = view.snapshot();
		Member self = view.self();
		List<Member> others = known.values()
			.stream()
			.filter((member) -> !member.uri().equals(self.uri()) && member.status() != MemberStatus.LEFT)
			.toList();
		Set<MemberUri> members = others.stream()
			.sorted(Comparator.comparing(Member::status).thenComparing((member) -> mixed(self, member)))
			.limit(MOST_MEMBERS)
			.map(Member::uri)
			.collect(Collectors.toCollection(TreeSet::new));
		if (others.stream().noneMatch((member) -> member.status() == MemberStatus.ALIVE)) {
			earlier.stream()
				.filter((uri) -> !known.containsKey(uri))
				.limit(MOST_MEMBERS - members.size())
				.forEach(members::add);
		}
		return new Snapshot(self.uri(), self.incarnation(), members);
	}

	/** Each node keeps others if there are too many, but always the same ones. */
	private static int mixed(Member self, Member member) {
		int hash = self.uri().hashCode() * 31 + member.uri().hashCode();
		return (hash ^ (hash >>> 16)) * 0x45d9f3b;
	}

}
