package io.membership.swim;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * The elements of an array in random order, each once (Fisher and Yates). The array stays
 * as it is, and only those that were drawn cost anything: a few of many are few. Not to
 * be used any more when the array changed.
 *
 * @param <T> the elements
 */
final class Sample<T> implements Iterator<T> {

	private final RandomGenerator random;

	private final int size;

	private final IntFunction<T> at;

	/** What a shuffle in place would have moved to where something was drawn. */
	private final Moves moves = new Moves();

	private int drawn;

	/**
	 * Begins to draw.
	 * @param size how many elements there are
	 * @param at returns the element at a place, 0 to {@code size} exclusively
	 */
	Sample(RandomGenerator random, int size, IntFunction<T> at) {
		this.random = random;
		this.size = size;
		this.at = at;
	}

	@Override
	public boolean hasNext() {
		return this.drawn < this.size;
	}

	@Override
	public T next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		int chosen = this.random.nextInt(this.drawn, this.size);
		int place = this.moves.placeAt(chosen);
		this.moves.put(chosen, this.moves.placeAt(this.drawn));
		this.drawn++;
		return this.at.apply(place);
	}

	/**
	 * A map of positions to places, those that are not in it to themselves. Without
	 * objects, because every datagram is filled with dozens of draws.
	 */
	private static final class Moves {

		private static final int FIRST_CAPACITY = 32;

		/** Positions plus one, 0 where there is none. The length is a power of two. */
		private int[] positions = new int[FIRST_CAPACITY];

		private int[] places = new int[FIRST_CAPACITY];

		private int size;

		int placeAt(int position) {
			int slot = slotOf(position);
			return (this.positions[slot] != 0) ? this.places[slot] : position;
		}

		void put(int position, int place) {
			int slot = slotOf(position);
			if (this.positions[slot] == 0) {
				this.positions[slot] = position + 1;
				this.size++;
			}
			this.places[slot] = place;
			if (this.size * 2 > this.positions.length) {
				grow();
			}
		}

		private void grow() {
			int[] oldPositions = this.positions;
			int[] oldPlaces = this.places;
			this.positions = new int[oldPositions.length * 2];
			this.places = new int[oldPositions.length * 2];
			for (int i = 0; i < oldPositions.length; i++) {
				if (oldPositions[i] != 0) {
					int slot = slotOf(oldPositions[i] - 1);
					this.positions[slot] = oldPositions[i];
					this.places[slot] = oldPlaces[i];
				}
			}
		}

		/** Returns the slot of a position, or the free one where it belongs. */
		private int slotOf(int position) {
			int mask = this.positions.length - 1;
			int slot = position & mask;
			while (this.positions[slot] != 0 && this.positions[slot] != position + 1) {
				slot = (slot + 1) & mask;
			}
			return slot;
		}

	}

}
