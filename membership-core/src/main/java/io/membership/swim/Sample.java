package io.membership.swim;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
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
	private final Map<Integer, Integer> moved = new HashMap<>();

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
		int place = placeAt(chosen);
		this.moved.put(chosen, placeAt(this.drawn));
		this.moved.remove(this.drawn);
		this.drawn++;
		return this.at.apply(place);
	}

	private int placeAt(int position) {
		return this.moved.getOrDefault(position, position);
	}

}
