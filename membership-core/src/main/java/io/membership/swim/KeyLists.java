package io.membership.swim;

import java.util.ArrayList;
import java.util.List;

/**
 * The lists of keys that members tell of themselves. Nearly all members have the same
 * keys, so what is kept of them shares one list, where each list that was read takes 88
 * bytes or more. Only the newest few are kept here, as many as there may be while keys
 * are replaced.
 */
final class KeyLists {

	private static final int MOST = 8;

	/** The newest last. */
	private final List<List<Integer>> lists = new ArrayList<>(1);

	/** Returns an equal rumor that has a list of these. */
	Rumor share(Rumor known) {
		Supplement own = known.supplement();
		if (own.keys().isEmpty()) {
			return known;
		}
		List<Integer> shared = share(own.keys());
		if (shared == own.keys()) {
			return known;
		}
		Supplement sharing = new Supplement(own.abilities(), own.bootId(), own.accusers(), own.refused(), shared);
		return new Rumor(known.uri(), known.status(), known.incarnation(), known.payload(), known.timeToLive(),
				sharing);
	}

	private List<Integer> share(List<Integer> keys) {
		int place = this.lists.indexOf(keys);
		if (place >= 0) {
			return this.lists.get(place);
		}
		if (this.lists.size() == MOST) {
			this.lists.remove(0);
		}
		this.lists.add(keys);
		return keys;
	}

}
