package io.membership.wire;

import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * The processes from which authentic datagrams came, each with its key and the numbers of
 * its datagrams. Bounded: the process that was silent for the longest is forgotten first.
 * A node keeps them when its keys change, so that nothing can be replayed after that. Not
 * thread-safe.
 */
public final class Senders {

	/** More than a mesh has members, and restarts of them within a while. */
	private static final int MOST = 1 << 14;

	private final Map<Id, Sender> senders = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Id, Sender> eldest) {
			return size() > MOST;
		}

	};

	/** Returns a process that is known, or {@code null}. */
	@Nullable Sender find(Id id) {
		return this.senders.get(id);
	}

	/** Notes that the datagrams of a process are authentic. */
	void add(Id id, Sender sender) {
		this.senders.put(id, sender);
	}

	/**
	 * What tells processes apart.
	 *
	 * @param key the fingerprint of the key that it uses
	 * @param saltHigh the first 8 bytes of its salt
	 * @param saltLow the last 2 bytes
	 */
	record Id(int key, long saltHigh, short saltLow) {

	}

	/**
	 * A process.
	 *
	 * @param key the key that only this process uses
	 * @param window the numbers of its datagrams
	 */
	record Sender(SecretKeySpec key, ReplayWindow window) {

	}

}
