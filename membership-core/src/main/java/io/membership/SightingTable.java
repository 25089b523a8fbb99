package io.membership;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

import io.membership.swim.Sighting;
import org.jspecify.annotations.Nullable;

/**
 * The sightings of members by their URIs, for readers that never wait. A hash table of
 * nothing but sightings, which have the URIs (open addressing with linear probing): 5 to
 * 11 bytes for each where a {@code ConcurrentHashMap} takes about 40.
 * <p>
 * Thread-safe. Writers take turns; there is one at nearly all times. A sighting never
 * moves within an array, and a removed one leaves a marker that readers go past, so that
 * no reader misses a member that is there all the time. When few slots are free, or few
 * are in use, the sightings are copied to a new array, and who reads the old one sees the
 * members as they were at that moment.
 */
final class SightingTable {

	static final int FIRST_CAPACITY = 16;

	/**
	 * Spreads what is similar (Knuth, multiplicative hashing): 2^32 by the golden ratio.
	 */
	private static final int SPREAD = 0x9E3779B9;

	/** An array is halved when it has this many slots for each sighting. */
	private static final int TOO_MANY_SLOTS = 8;

	private static final int ABSENT = -1;

	/** Takes the place of a sighting that was removed. */
	private static final Object REMOVED = new Object();

	/** Sightings and markers; the length is a power of two, a quarter is always free. */
	private volatile AtomicReferenceArray<@Nullable Object> slots = new AtomicReferenceArray<>(FIRST_CAPACITY);

	/** How many slots have a sighting. */
	private int size;

	/** How many slots have a sighting or a marker. */
	private int used;

	/** Returns the sighting of a member, {@code null} if there is none. */
	@Nullable Sighting get(MemberUri uri) {
		AtomicReferenceArray<@Nullable Object> current = this.slots;
		int slot = homeOf(uri, current);
		Object taken = current.getAcquire(slot);
		while (taken != null) {
			if (isOf(uri, taken)) {
				return (Sighting) taken;
			}
			slot = next(slot, current);
			taken = current.getAcquire(slot);
		}
		return null;
	}

	/**
	 * Passes all sightings on, each as it was at some moment of the call. Who is removed
	 * and added again meanwhile may come twice.
	 */
	void forEach(Consumer<Sighting> action) {
		AtomicReferenceArray<@Nullable Object> current = this.slots;
		for (int slot = 0; slot < current.length(); slot++) {
			if (current.getAcquire(slot) instanceof Sighting sighting) {
				action.accept(sighting);
			}
		}
	}

	/** Adds the sighting of a member, or replaces the one that there is. */
	synchronized void put(Sighting sighting) {
		MemberUri uri = sighting.known().uri();
		int slot = find(uri);
		if (slot == ABSENT) {
			if ((this.used + 1) * 4 > capacity() * 3) {
				rebuild((this.size * 2 > capacity()) ? capacity() * 2 : capacity());
			}
			slot = freeSlotFor(uri, this.slots);
			this.size++;
			if (this.slots.getPlain(slot) == null) {
				this.used++;
			}
		}
		this.slots.setRelease(slot, sighting);
	}

	/** Removes the sighting of a member, if there is one. */
	synchronized void remove(MemberUri uri) {
		int slot = find(uri);
		if (slot == ABSENT) {
			return;
		}
		this.slots.setRelease(slot, REMOVED);
		this.size--;
		if (capacity() > FIRST_CAPACITY && this.size * TOO_MANY_SLOTS <= capacity()) {
			rebuild(capacity() / 2);
		}
	}

	/** Removes all sightings. */
	synchronized void clear() {
		this.slots = new AtomicReferenceArray<>(FIRST_CAPACITY);
		this.size = 0;
		this.used = 0;
	}

	/** Returns how many slots there are. */
	int capacity() {
		return this.slots.length();
	}

	/** Returns the slot that has the sighting of a member, or {@link #ABSENT}. */
	private int find(MemberUri uri) {
		int slot = homeOf(uri, this.slots);
		Object taken = this.slots.getPlain(slot);
		while (taken != null && !isOf(uri, taken)) {
			slot = next(slot, this.slots);
			taken = this.slots.getPlain(slot);
		}
		return (taken != null) ? slot : ABSENT;
	}

	private void rebuild(int capacity) {
		AtomicReferenceArray<@Nullable Object> rebuilt = new AtomicReferenceArray<>(capacity);
		forEach((sighting) -> rebuilt.setPlain(freeSlotFor(sighting.known().uri(), rebuilt), sighting));
		this.used = this.size;
		this.slots = rebuilt;
	}

	/** Returns the first slot where a member belongs that has no sighting. */
	private static int freeSlotFor(MemberUri uri, AtomicReferenceArray<@Nullable Object> slots) {
		int slot = homeOf(uri, slots);
		while (slots.getPlain(slot) instanceof Sighting) {
			slot = next(slot, slots);
		}
		return slot;
	}

	private static boolean isOf(MemberUri uri, Object taken) {
		return taken instanceof Sighting sighting && sighting.known().uri().equals(uri);
	}

	private static int homeOf(MemberUri uri, AtomicReferenceArray<@Nullable Object> slots) {
		return (uri.hashCode() * SPREAD) >>> (Integer.numberOfLeadingZeros(slots.length()) + 1);
	}

	private static int next(int slot, AtomicReferenceArray<@Nullable Object> slots) {
		return (slot + 1) & (slots.length() - 1);
	}

}
