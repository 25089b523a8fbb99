package io.membership.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;

import io.membership.swim.Hash64;

/**
 * A time for each source of datagrams, in 20 to 40 bytes, where a map takes about 200. It
 * holds sources in sets of eight: a source has its place in either of two sets, the one
 * with more room, which fills all sets evenly. When both are full, the table is doubled,
 * or if it has its full size already, the source with the earliest time gives way.
 */
final class SourceTable {

	/** Stands for a source that is not in the table. */
	static final int ABSENT = -1;

	private static final int SET = 8;

	private static final int FIRST_CAPACITY = 64;

	private static final int PORT_BITS = 16;

	private final int mostSources;

	/** So that nobody can choose sources that share a set. */
	private final long seed = new SecureRandom().nextLong();

	/** Scattered sources, 0 for nobody. */
	private long[] keys = new long[FIRST_CAPACITY];

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

	private int find(long key) {
		int place = find(key, firstSet(key));
		return (place != ABSENT) ? place : find(key, secondSet(key));
	}

	private int find(long key, int set) {
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

	private int add(long key, long time) {
		int place = freePlace(key);
		while (place == ABSENT && this.keys.length < this.mostSources) {
			grow();
			place = freePlace(key);
		}
		return put(place, key, time);
	}

	/** Puts a source on its free place or else on that of another. */
	private int put(int free, long key, long time) {
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
	private int freePlace(long key) {
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

	private void grow() {
		long[] oldKeys = this.keys;
		long[] oldTimes = this.times;
		this.keys = new long[2 * oldKeys.length];
		this.times = new long[2 * oldTimes.length];
		this.size = 0;
		for (int place = 0; place < oldKeys.length; place++) {
			if (oldKeys[place] != 0) {
				put(freePlace(oldKeys[place]), oldKeys[place], oldTimes[place]);
			}
		}
	}

	private int firstSet(long key) {
		return set((int) key);
	}

	private int secondSet(long key) {
		return set((int) (key >>> Integer.SIZE));
	}

	/** Returns the first place of a set. */
	private int set(int hash) {
		return hash & (this.keys.length - 1) & -SET;
	}

	/**
	 * Scatters a source. Addresses of IPv4 and their ports are never taken for each
	 * other; those of IPv6 are by a chance of 1 in 2<sup>64</sup>.
	 */
	private long key(InetSocketAddress source) {
		InetAddress address = source.getAddress();
		long key = (address instanceof Inet4Address)
				? Hash64.mix((((long) address.hashCode() << PORT_BITS) | source.getPort()) ^ this.seed)
				: Hash64.fold(Hash64.fold(this.seed, Hash64.of(address.getAddress())), source.getPort());
		return (key != 0) ? key : 1;
	}

}
