package io.membership.swim;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * What is left of members that were forgotten. A tombstone refuses rumors that are not
 * newer than it, so that nobody comes back who is gone. It lasts as long as there are
 * such rumors: members without this extension never forget, and never cease to tell.
 */
final class Tombstones {

	/** Beyond that many the one that was of no use for the longest time gives way. */
	static final int MOST = 10_000;

	/** In the order in which they were last of use. */
	private final Map<MemberUri, Tombstone> byUri = new LinkedHashMap<>();

	private Consumer<MemberUri> onDoubt = (uri) -> {
	};

	/** Tells somebody of each refused rumor that its subject is alive, or suspected. */
	void whenDoubted(Consumer<MemberUri> listener) {
		this.onDoubt = listener;
	}

	/**
	 * Leaves a tombstone.
	 * @param last what was last known of the member
	 */
	void add(Rumor last, long nowNanos) {
		put(new Rumor(last.uri(), last.status(), last.incarnation(), null, 0), nowNanos);
		if (this.byUri.size() > MOST) {
			Iterator<MemberUri> oldest = this.byUri.keySet().iterator();
			oldest.next();
			oldest.remove();
		}
	}

	private void put(Rumor last, long nowNanos) {
		this.byUri.remove(last.uri());
		this.byUri.put(last.uri(), new Tombstone(last, nowNanos));
	}

	void remove(MemberUri uri) {
		this.byUri.remove(uri);
	}

	void clear() {
		this.byUri.clear();
	}

	/** Returns what was last known of somebody who was forgotten. */
	@Nullable Rumor of(MemberUri uri) {
		Tombstone tombstone = this.byUri.get(uri);
		return (tombstone != null) ? tombstone.last : null;
	}

	/** Returns the tombstone that a rumor would have to be newer than, if it is not. */
	@Nullable Rumor refusing(Rumor rumor) {
		Rumor last = of(rumor.uri());
		return (last != null
				&& !Rumor.supersedes(rumor.status(), rumor.incarnation(), last.status(), last.incarnation())) ? last
						: null;
	}

	/** Refuses a rumor that is not newer; the tombstone lasts the longer for it. */
	boolean refuse(Rumor rumor, long nowNanos) {
		Rumor last = refusing(rumor);
		if (last != null) {
			put(last, nowNanos);
			if (rumor.isAlive() || rumor.status() == MemberStatus.SUSPECT) {
				this.onDoubt.accept(rumor.uri());
			}
		}
		return last != null;
	}

	/** Removes those that were of no use for a time. */
	void expire(long nowNanos, Duration lifetime) {
		Iterator<Tombstone> oldestFirst = this.byUri.values().iterator();
		while (oldestFirst.hasNext() && nowNanos - oldestFirst.next().lastUseNanos >= lifetime.toNanos()) {
			oldestFirst.remove();
		}
	}

	int size() {
		return this.byUri.size();
	}

	private record Tombstone(Rumor last, long lastUseNanos) {

	}

}
