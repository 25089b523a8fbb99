package io.membership.test;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The network between the members, with the faults that it has at the moment. Of several
 * {@link Link}s that fit a datagram, the most special counts: the one between its two
 * members, then the recipient's, then the sender's, then that of everybody. Cuts and
 * partitions come on top.
 * <p>
 * Whoever has a link of his own, is cut or partitioned off counts as faulty, until the
 * fault is over for a while; see {@link Invariant#NO_FALSE_DEATHS}. A flaw of all links
 * makes nobody faulty.
 */
public final class Network {

	private final IntConsumer touched;

	private Link everywhere;

	private final Map<Integer, Link> into = new HashMap<>();

	private final Map<Integer, Link> outOf = new HashMap<>();

	private final Map<Way, Link> between = new HashMap<>();

	private final Set<Way> cuts = new HashSet<>();

	private final Map<Integer, Integer> islands = new HashMap<>();

	private final BitSet unresolvable = new BitSet();

	Network(Link everywhere, IntConsumer touched) {
		this.everywhere = everywhere;
		this.touched = touched;
	}

	/**
	 * Sets the link of all who have no other.
	 * @param link the link
	 * @return this network
	 */
	public Network everywhere(Link link) {
		this.everywhere = link;
		return this;
	}

	/**
	 * Returns the link of all who have no other, to derive others from.
	 * @return the link
	 */
	public Link everywhere() {
		return this.everywhere;
	}

	/**
	 * Sets the link of all datagrams to one member.
	 * @param member the recipient
	 * @param link the link, or {@code null} for none in particular
	 * @return this network
	 */
	public Network into(int member, @Nullable Link link) {
		set(this.into, member, link);
		this.touched.accept(member);
		return this;
	}

	/**
	 * Sets the link of all datagrams from one member.
	 * @param member the sender
	 * @param link the link, or {@code null} for none in particular
	 * @return this network
	 */
	public Network outOf(int member, @Nullable Link link) {
		set(this.outOf, member, link);
		this.touched.accept(member);
		return this;
	}

	/**
	 * Sets the link from one member to another; the way back is another link.
	 * @param from the sender
	 * @param to the recipient
	 * @param link the link, or {@code null} for none in particular
	 * @return this network
	 */
	public Network between(int from, int to, @Nullable Link link) {
		set(this.between, new Way(from, to), link);
		touch(from, to);
		return this;
	}

	private static <K> void set(Map<K, Link> links, K key, @Nullable Link link) {
		if (link != null) {
			links.put(key, link);
		}
		else {
			links.remove(key);
		}
	}

	/**
	 * Loses all datagrams from one member to another, but not those the other way.
	 * @param from the sender
	 * @param to the recipient
	 * @return this network
	 */
	public Network cut(int from, int to) {
		this.cuts.add(new Way(from, to));
		touch(from, to);
		return this;
	}

	/**
	 * Ends a cut.
	 * @param from the sender
	 * @param to the recipient
	 * @return this network
	 */
	public Network mend(int from, int to) {
		this.cuts.remove(new Way(from, to));
		touch(from, to);
		return this;
	}

	/**
	 * Separates some members from all others, who still reach each other. Called again,
	 * it makes one more island out of those that it is given.
	 * @param members who is on the island
	 * @return this network
	 */
	public Network isolate(Collection<Integer> members) {
		int island = this.islands.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
		members.forEach((member) -> this.islands.put(member, island));
		this.touched.accept(World.EVERYBODY);
		return this;
	}

	/**
	 * Ends all cuts and partitions, and gives all the same flawless links again.
	 * @return this network
	 */
	public Network heal() {
		this.cuts.clear();
		this.islands.clear();
		this.into.clear();
		this.outOf.clear();
		this.between.clear();
		this.everywhere = new Link(this.everywhere.latency(), 0, 0, 0, this.everywhere.holdUp(), 0,
				this.everywhere.mtu());
		this.touched.accept(World.EVERYBODY);
		return this;
	}

	/**
	 * Sets whether a member's name can be resolved; it can unless this is called.
	 * @param member the member
	 * @param resolvable whether it can
	 * @return this network
	 */
	public Network setResolvable(int member, boolean resolvable) {
		this.unresolvable.set(member, !resolvable);
		this.touched.accept(member);
		return this;
	}

	boolean isResolvable(int member) {
		return !this.unresolvable.get(member);
	}

	private void touch(int one, int other) {
		this.touched.accept(one);
		this.touched.accept(other);
	}

	/** Whether a fault of its own troubles a member. */
	boolean troubles(int member) {
		return !this.islands.isEmpty() || this.into.containsKey(member) || this.outOf.containsKey(member)
				|| this.unresolvable.get(member) || this.cuts.stream().anyMatch((way) -> way.touches(member))
				|| this.between.keySet().stream().anyMatch((way) -> way.touches(member));
	}

	boolean isCut(int from, int to) {
		if (this.cuts.isEmpty() && this.islands.isEmpty()) {
			return false;
		}
		return this.cuts.contains(new Way(from, to))
				|| !this.islands.getOrDefault(from, 0).equals(this.islands.getOrDefault(to, 0));
	}

	Link link(int from, int to) {
		if (this.between.isEmpty() && this.into.isEmpty() && this.outOf.isEmpty()) {
			return this.everywhere;
		}
		Link link = this.between.get(new Way(from, to));
		link = (link != null) ? link : this.into.get(to);
		link = (link != null) ? link : this.outOf.get(from);
		return (link != null) ? link : this.everywhere;
	}

	private record Way(int from, int to) {

		boolean touches(int member) {
			return this.from == member || this.to == member;
		}

	}

}
