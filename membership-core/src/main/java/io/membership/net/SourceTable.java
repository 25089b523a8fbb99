package io.membership.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;

import io.membership.swim.Hash64;

/**
 * A time for each source of datagrams, in 13 to 20 bytes, where a map takes about 200. It
 * holds sources in sets of sixteen: a source has its place in either of two sets, the one
 * with more room, which fills all sets evenly. When both are full, the table grows, or if
 * it has its full size already, the source with the earliest time gives way.
 */
final class SourceTable {

	/** Stands for a source that is not in the table. */
	static final int ABSENT = -1;

	/** So many keys are a line of the processor's cache. */
	private static final int SET = 16;

	private static final int FIRST_CAPACITY = 64;

	private static final int PORT_BITS = 16;

	private final int mostSources;

	/** So that nobody can choose sources that share a set. */
	private final long seed = new SecureRandom().nextLong();

	/** Scattered sources, 0 for nobody. */
	private int[] keys = new int[FIRST_CAPACITY];

	private long[] times = new long[FIRST_CAPACITY];

	private int size;

	/**
	 * Creates an empty table.
	 * @param mostSources how many sources it holds at most, a power of two from 64
	 */
	SourceTable(int mostSources) {
		this.mostSources = mostSources;
	}

	int size() {
		return this.size;
	}

	/** Returns how many places there are. */
	int capacity() {
		return this.keys.length;
	}

	/** Returns the place of a source, or {@link #ABSENT}. */
	int find(InetSocketAddress source) {
		return find(key(source));
	}

	private int find(int key) {
		int place = find(key, firstSet(key));
		return (place != ABSENT) ? place : find(key, secondSet(key));
	}

	private int find(int key, int set) {
		for (int place = set; place < set + SET; place++) {
			if (this.keys[place] == key) {
				return place;
			}
		}
		return ABSENT;
	}

	long timeAt(int place) {
		return this.times[place];
	}

	void setTimeAt(int place, long time) {
		this.times[place] = time;
	}

	/** Adds a source that is not in the table, and returns its place. */
	int add(InetSocketAddress source, long time) {
		return add(key(source), time);
	}

	private int add(int key, long time) {
		int place = freePlace(key);
		while (place == ABSENT && this.keys.length < this.mostSources) {
			grow();
			place = freePlace(key);
		}
		return put(place, key, time);
	}

	/** Puts a source on its free place or else on that of another. */
	private int put(int free, int key, long time) {
		int place = free;
		if (place == ABSENT) {
			place = earlier(earliest(firstSet(key)), earliest(secondSet(key)));
		}
		else {
			this.size++;
		}
		this.keys[place] = key;
		this.times[place] = time;
		return place;
	}

	/** Returns where there is more room. Sets are filled from their beginnings. */
	private int freePlace(int key) {
		int one = find(0, firstSet(key));
		int other = find(0, secondSet(key));
		if (one == ABSENT || other == ABSENT) {
			return Math.max(one, other);
		}
		return (one % SET <= other % SET) ? one : other;
	}

	private int earliest(int set) {
		int earliest = set;
		for (int place = set + 1; place < set + SET; place++) {
			earliest = earlier(earliest, place);
		}
		return earliest;
	}

	private int earlier(int place, int other) {
		return (this.times[other] - this.times[place] < 0) ? other : place;
	}

	/**
	 * By a half and by a third in turns, so that little of a full table is empty, until
	 * there is a place for all.
	 */
	private void grow() {
		int[] oldKeys = this.keys;
		long[] oldTimes = this.times;
		int oldSize = this.size;
		do {
			int capacity = this.keys.length + Integer.highestOneBit(this.keys.length) / 2;
			this.keys = new int[capacity];
			this.times = new long[capacity];
			this.size = 0;
			putAll(oldKeys, oldTimes);
		}
		while (this.size < oldSize && this.keys.length < this.mostSources);
	}

	private void putAll(int[] oldKeys, long[] oldTimes) {
		for (int place = 0; place < oldKeys.length; place++) {
			if (oldKeys[place] != 0) {
				put(freePlace(oldKeys[place]), oldKeys[place], oldTimes[place]);
			}
		}
	}

	private int firstSet(int key) {
		return set(key);
	}

	private int secondSet(int key) {
		return set(Integer.rotateLeft(key, Integer.SIZE / 2));
	}

	/** Returns the first place of a set. */
	private int set(int hash) {
		long sets = this.keys.length / SET;
		return (int) ((Integer.toUnsignedLong(hash) * sets) >>> Integer.SIZE) * SET;
	}

	/**
	 * Scatters a source. Two of them are taken for each other by a chance of 1 in
	 * 2<sup>32</sup>, and then share a limit.
	 */
	private int key(InetSocketAddress source) {
		InetAddress address = source.getAddress();
		long hash = (address instanceof Inet4Address)
				? Hash64.mix((((long) address.hashCode() << PORT_BITS) | source.getPort()) ^ this.seed)
				: Hash64.fold(Hash64.fold(this.seed, Hash64.of(address.getAddress())), source.getPort());
		int key = (int) hash;
		return (key != 0) ? key : 1;
	}

}
