package io.membership.swim;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * Who is suspected at the moment: exactly the members with the status suspect, in the
 * order in which that began. Only {@link MemberTable} begins and ends a suspicion.
 */
final class Suspicions {

	private final Map<MemberUri, Suspicion> bySuspect = new LinkedHashMap<>();

	void begin(MemberUri suspect, long nowNanos) {
		this.bySuspect.put(suspect, new Suspicion(nowNanos));
	}

	void end(MemberUri suspect) {
		this.bySuspect.remove(suspect);
	}

	/** Notes that somebody, suspected or not, gave a sign of life. */
	void heardFrom(MemberUri member, long nowNanos) {
		this.bySuspect.replace(member, new Suspicion(nowNanos));
	}

	/** Gives all suspects more time. */
	void extend(Duration more) {
		this.bySuspect.replaceAll((suspect, suspicion) -> suspicion.extended(more));
	}

	/** Returns whose time to refute is over. */
	List<MemberUri> over(long nowNanos, Duration timeout) {
		return this.bySuspect.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().isOver(nowNanos, timeout))
			.map(Map.Entry::getKey)
			.toList();
	}

	@Nullable Suspicion of(MemberUri member) {
		return this.bySuspect.get(member);
	}

	int size() {
		return this.bySuspect.size();
	}

}
