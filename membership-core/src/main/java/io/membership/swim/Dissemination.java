package io.membership.swim;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * The rumors that are still worth passing on, at most one about each member. Every copy
 * that is sent, to whomever, uses up one unit of a rumor's time to live; a rumor is sent
 * at least once (reference: {@code events.lua}).
 */
final class Dissemination {

	private final Map<MemberUri, Rumor> pending = new LinkedHashMap<>();

	/** Passes a rumor on from now on, instead of any older one about the same member. */
	void add(Rumor rumor) {
		this.pending.remove(rumor.uri());
		this.pending.put(rumor.uri(), rumor);
	}

	/**
	 * Lets all others go first: a rumor that does not fit now may never fit, and must not
	 * hold them up.
	 */
	void postpone(Rumor rumor) {
		add(rumor);
	}

	/** Forgets the rumors about all others. */
	void keepOnly(Predicate<MemberUri> members) {
		this.pending.keySet().removeIf(members.negate());
	}

	/** Passes on no more than the reference would. */
	void forgetSupplements() {
		this.pending.replaceAll((uri, rumor) -> rumor.with(Supplement.NONE));
	}

	@Nullable Rumor about(MemberUri uri) {
		return this.pending.get(uri);
	}

	/** Returns all pending rumors in their order. Not to be kept over a change. */
	Collection<Rumor> pending() {
		return this.pending.values();
	}

	/** Returns a pending rumor as it is written into a datagram. */
	static Rumor copyOf(Rumor pending) {
		return pending.withTimeToLive(pending.timeToLive() - 1);
	}

	/** Notes that a copy was sent. */
	void sent(Rumor copy) {
		if (copy.timeToLive() > 0) {
			this.pending.replace(copy.uri(), copy);
		}
		else {
			this.pending.remove(copy.uri());
		}
	}

	/**
	 * Returns the time to live of a rumor that this node starts.
	 * @param members how many members are known
	 */
	static int initialTimeToLive(int members) {
		return floorLog2(Math.max(members, 1)) + 2;
	}

	private static int floorLog2(int value) {
		return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value);
	}

	int size() {
		return this.pending.size();
	}

}
