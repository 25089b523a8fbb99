package io.membership.swim;

import java.util.function.IntFunction;

import io.membership.MemberUri;

/**
 * Tells where in an array a URI is. A hash table of nothing but places, because the array
 * has the URIs (open addressing with linear probing): 4 bytes where a {@code HashMap}
 * takes about 40.
 */
final class UriIndex {

	static final int ABSENT = -1;

	private static final int FIRST_CAPACITY = 16;

	/**
	 * Spreads what is similar (Knuth, multiplicative hashing): 2^32 by the golden ratio.
	 */
	private static final int SPREAD = 0x9E3779B9;

	private final IntFunction<MemberUri> uriAt;

	/** Places plus one, 0 where there is none. The length is a power of two. */
	private int[] slots = new int[FIRST_CAPACITY];

	private int size;

	/**
	 * Creates an empty index.
	 * @param uriAt returns the URI at a place of the array
	 */
	UriIndex(IntFunction<MemberUri> uriAt) {
		this.uriAt = uriAt;
	}

	/** Returns the place of a URI, or {@link #ABSENT}. */
	int find(MemberUri uri) {
		return this.slots[slotOf(uri)] - 1;
	}

	/**
	 * Adds a URI that is at its place in the array already, and not yet in this index.
	 */
	void add(MemberUri uri, int place) {
		if ((this.size + 1) * 4 > this.slots.length * 3) {
			grow();
		}
		this.slots[slotOf(uri)] = place + 1;
		this.size++;
	}

	/**
	 * Notes that a URI moves to another place of the array, and is still at the old one.
	 */
	void move(MemberUri uri, int place) {
		this.slots[slotOf(uri)] = place + 1;
	}

	/** Removes a URI that is in this index and still in the array. */
	void remove(MemberUri uri) {
		int hole = slotOf(uri);
		int slot = next(hole);
		while (this.slots[slot] != 0) {
			if (distance(homeOf(uriIn(slot)), slot) >= distance(hole, slot)) {
				this.slots[hole] = this.slots[slot];
				hole = slot;
			}
			slot = next(slot);
		}
		this.slots[hole] = 0;
		this.size--;
	}

	private void grow() {
		int[] before = this.slots;
		this.slots = new int[before.length * 2];
		for (int place : before) {
			if (place != 0) {
				this.slots[slotOf(this.uriAt.apply(place - 1))] = place;
			}
		}
	}

	/** Returns the slot that has a URI, or the free one where it belongs. */
	private int slotOf(MemberUri uri) {
		int slot = homeOf(uri);
		while (this.slots[slot] != 0 && !uriIn(slot).equals(uri)) {
			slot = next(slot);
		}
		return slot;
	}

	private MemberUri uriIn(int slot) {
		return this.uriAt.apply(this.slots[slot] - 1);
	}

	private int homeOf(MemberUri uri) {
		return (uri.hashCode() * SPREAD) >>> (Integer.numberOfLeadingZeros(this.slots.length) + 1);
	}

	private int next(int slot) {
		return (slot + 1) & (this.slots.length - 1);
	}

	/** Returns how many steps of probing it is from one slot to another. */
	private int distance(int from, int to) {
		return (to - from) & (this.slots.length - 1);
	}

}
