package io.membership.swim;

import java.util.ArrayList;
import java.util.List;

/**
 * What members tell of themselves beyond the reference, but for their boot ids. Nearly
 * all members understand the same and have the same keys, so what is kept of them shares
 * one supplement, where each that was read takes 32 bytes, and its keys 88 or more. Only
 * the newest few are kept here, as many as there may be while members are replaced.
 */
final class SharedSupplements {

	private static final int MOST = 8;

	/** The newest last. */
	private final List<Supplement> supplements = new ArrayList<>(1);

	/** Returns one of these that says the same but for the boot id, and has none. */
	Supplement share(Supplement said) {
		if (said.isLike(Supplement.NONE)) {
			return Supplement.NONE;
		}
		for (int i = 0; i < this.supplements.size(); i++) {
			if (this.supplements.get(i).isLike(said)) {
				return this.supplements.get(i);
			}
		}
		if (this.supplements.size() == MOST) {
			this.supplements.remove(0);
		}
		Supplement shared = said.withoutBootId();
		this.supplements.add(shared);
		return shared;
	}

}
