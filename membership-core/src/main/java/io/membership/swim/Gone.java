package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * Since when members are dead, non-decryptable or left. Only {@link MemberTable} begins
 * and ends this.
 * <p>
 * Whoever was gone already when this node first heard of it counts for a shorter time.
 * Otherwise each newcomer would remember it anew for the full time and tell the next, and
 * in a mesh where somebody joins every day nobody would ever be forgotten.
 */
final class Gone {

	/** What a member counts for that was never seen otherwise. */
	private static final int HEARSAY_SHARE = 8;

	/** In the order in which they were last heard of, as are the others. */
	private final Map<MemberUri, Long> seen = new LinkedHashMap<>();

	private final Map<MemberUri, Long> hearsay = new LinkedHashMap<>();

	/**
	 * Notes that a member is gone, or that there is news of it and it still is.
	 * @param wasKnown whether it was a member before
	 */
	void begin(MemberUri uri, boolean wasKnown, long nowNanos) {
		boolean isHearsay = this.hearsay.containsKey(uri) || !wasKnown;
		end(uri);
		(isHearsay ? this.hearsay : this.seen).put(uri, nowNanos);
	}

	void end(MemberUri uri) {
		this.seen.remove(uri);
		this.hearsay.remove(uri);
	}

	/** Notes that a member, gone or not, gave a sign of life. */
	void heardFrom(MemberUri uri, long nowNanos) {
		if (this.seen.containsKey(uri) || this.hearsay.containsKey(uri)) {
			begin(uri, true, nowNanos);
		}
	}

	/** Returns who is gone for so long. */
	List<MemberUri> over(long nowNanos, Duration time) {
		List<MemberUri> over = new ArrayList<>();
		addOver(this.seen, nowNanos, time.toNanos(), over);
		addOver(this.hearsay, nowNanos, time.toNanos() / HEARSAY_SHARE, over);
		return over;
	}

	/**
	 * Returns who is gone for the longest time, first of those that were never seen
	 * otherwise.
	 * @param condition who counts
	 */
	@Nullable MemberUri longest(Predicate<MemberUri> condition) {
		return Stream.concat(this.hearsay.keySet().stream(), this.seen.keySet().stream())
			.filter(condition)
			.findFirst()
			.orElse(null);
	}

	private static void addOver(Map<MemberUri, Long> oldestFirst, long nowNanos, long nanos, List<MemberUri> over) {
		for (Map.Entry<MemberUri, Long> entry : oldestFirst.entrySet()) {
			if (nowNanos - entry.getValue() < nanos) {
				return;
			}
			over.add(entry.getKey());
		}
	}

	int size() {
		return this.seen.size() + this.hearsay.size();
	}

}
