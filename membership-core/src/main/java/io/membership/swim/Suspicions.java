package io.membership.swim;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * Who is suspected at the moment: exactly the members with the status suspect, in the
 * order in which that began. Only {@link MemberTable} changes that.
 */
final class Suspicions {

	private final Predicate<MemberUri> members;

	private final Map<MemberUri, Suspicion> bySuspect = new LinkedHashMap<>();

	private Consumer<MemberUri> listener = (suspect) -> {
	};

	/**
	 * Creates suspicions of nobody.
	 * @param members whose accusations count
	 */
	Suspicions(Predicate<MemberUri> members) {
		this.members = members;
	}

	/** Tells somebody of each suspicion that begins, ends or is confirmed from now on. */
	void whenChanged(Consumer<MemberUri> newListener) {
		this.listener = newListener;
	}

	/**
	 * Begins a suspicion, or begins it anew.
	 * @param accusation who accuses the suspect, as far as that is told
	 */
	void begin(MemberUri suspect, long nowNanos, Supplement accusation) {
		this.bySuspect.put(suspect, accused(suspect, Suspicion.begin(nowNanos), accusation));
		this.listener.accept(suspect);
	}

	/**
	 * Adds accusers to a suspicion. When enough of them were refused, little time is left
	 * to refute that, and all of it counts from now, however old the suspicion is: a
	 * process that restarts refuses for a moment.
	 * @return the suspicion with all accusers, or {@code null} if there is nothing new
	 */
	@Nullable Suspicion confirm(MemberUri suspect, long nowNanos, Supplement accusation) {
		Suspicion before = this.bySuspect.get(suspect);
		if (before == null) {
			return null;
		}
		Suspicion after = accused(suspect, before, accusation);
		if (after.equals(before)) {
			return null;
		}
		if (after.isRefused() && !before.isRefused()) {
			after = after.since(nowNanos);
		}
		this.bySuspect.put(suspect, after);
		this.listener.accept(suspect);
		return after;
	}

	/** Nobody accuses itself, and whoever is no member accuses nobody. */
	private Suspicion accused(MemberUri suspect, Suspicion before, Supplement accusation) {
		return before.accusedBy(accusation.accusers(), accusation.refused(),
				(accuser) -> !accuser.equals(suspect) && this.members.test(accuser));
	}

	void end(MemberUri suspect) {
		if (this.bySuspect.remove(suspect) != null) {
			this.listener.accept(suspect);
		}
	}

	/** Notes that somebody, suspected or not, gave a sign of life. */
	void heardFrom(MemberUri member, long nowNanos) {
		this.bySuspect.computeIfPresent(member, (suspect, suspicion) -> suspicion.renewed(nowNanos));
	}

	/**
	 * Gives all suspects more time: the length of a pause, but nobody more than all the
	 * time that it had.
	 */
	void extend(Duration pause, Function<Suspicion, Duration> timeout) {
		this.bySuspect.replaceAll((suspect, suspicion) -> suspicion.extended(shorter(pause, timeout.apply(suspicion))));
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	/** Returns whose time to refute is over. */
	List<MemberUri> over(long nowNanos, Function<Suspicion, Duration> timeout) {
		return this.bySuspect.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().isOver(nowNanos, timeout.apply(entry.getValue())))
			.map(Map.Entry::getKey)
			.toList();
	}

	/** Returns all suspects. */
	List<MemberUri> suspects() {
		return List.copyOf(this.bySuspect.keySet());
	}

	@Nullable Suspicion of(MemberUri member) {
		return this.bySuspect.get(member);
	}

	int size() {
		return this.bySuspect.size();
	}

}
