package io.membership.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;

import io.membership.swim.Hash64;

/**
 * A time for each source of datagrams, in 16 to 80 bytes, where a map takes about 200. It
 * holds sources in sets of eight: a source has its place in one set, and when that is
 * full, the table is doubled, or if it has its full size already, the source of the set
 * with the earliest time gives way.
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

	/** Returns the place of a source, or {@link #ABSENT}. */
	int find(InetSocketAddress source) {
		return find(key(source));
	}

	private int find(long key) {
		int first = firstOfSet(key);
		for (int place = first; place < first + SET; place++) {
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
		if (place == ABSENT) {
			place = earliestOfSet(key);
		}
		else {
			this.size++;
		}
		this.keys[place] = key;
		this.times[place] = time;
		return place;
	}

	private int freePlace(long key) {
		int first = firstOfSet(key);
		for (int place = first; place < first + SET; place++) {
			if (this.keys[place] == 0) {
				return place;
			}
		}
		return ABSENT;
	}

	private int earliestOfSet(long key) {
		int earliest = firstOfSet(key);
		for (int place = earliest + 1; place % SET != 0; place++) {
			if (this.times[place] - this.times[earliest] < 0) {
				earliest = place;
			}
		}
		return earliest;
	}

	/** The sources of a set are parted by one more bit of their keys, so they fit. */
	private void grow() {
		long[] oldKeys = this.keys;
		long[] oldTimes = this.times;
		this.keys = new long[2 * oldKeys.length];
		this.times = new long[2 * oldTimes.length];
		for (int place = 0; place < oldKeys.length; place++) {
			if (oldKeys[place] != 0) {
				int moved = freePlace(oldKeys[place]);
				this.keys[moved] = oldKeys[place];
				this.times[moved] = oldTimes[place];
			}
		}
	}

	private int firstOfSet(long key) {
		return (int) key & (this.keys.length - 1) & -SET;
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
