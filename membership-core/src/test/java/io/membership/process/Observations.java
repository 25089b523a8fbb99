package io.membership.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import io.membership.MemberStatus;
import io.membership.MemberUri;

/**
 * All that the nodes of all processes saw. Thread-safe.
 */
public final class Observations {

	private final List<Sighting> history = new ArrayList<>();

	private final Map<MemberUri, Map<MemberUri, MemberStatus>> views = new HashMap<>();

	/** Takes in a sighting. */
	public synchronized void add(Sighting sighting) {
		this.history.add(sighting);
		this.views.computeIfAbsent(sighting.observer(), (observer) -> new HashMap<>())
			.put(sighting.subject(), sighting.status());
		notifyAll();
	}

	/** Forgets what somebody saw in an earlier life. */
	public synchronized void forget(MemberUri observer) {
		this.views.remove(observer);
	}

	/** Whether all of these see a member so. */
	public synchronized boolean see(Collection<MemberUri> observers, MemberUri subject, MemberStatus status) {
		return observers.stream()
			.allMatch((observer) -> this.views.getOrDefault(observer, Map.of()).get(subject) == status);
	}

	/** Whether all of these see all of them alive. */
	public synchronized boolean seeEachOther(Collection<MemberUri> members) {
		return members.stream().allMatch((subject) -> see(members, subject, MemberStatus.ALIVE));
	}

	/** Returns when these first saw a member so, since some time. */
	public synchronized LongSummaryStatistics times(Collection<MemberUri> observers, MemberUri subject,
			MemberStatus status, long sinceMicros) {
		Map<MemberUri, Long> first = new HashMap<>();
		this.history.stream()
			.filter((sighting) -> sighting.micros() >= sinceMicros && sighting.subject().equals(subject)
					&& sighting.status() == status && observers.contains(sighting.observer()))
			.forEach((sighting) -> first.merge(sighting.observer(), sighting.micros(), Math::min));
		return first.values().stream().mapToLong(Long::longValue).summaryStatistics();
	}

	/** Returns all that was seen otherwise than alive since some time. */
	public synchronized List<Sighting> doubts(long sinceMicros) {
		return this.history.stream()
			.filter((sighting) -> sighting.micros() >= sinceMicros && sighting.status() != MemberStatus.ALIVE)
			.toList();
	}

	/** Returns all that was ever seen dead. */
	public synchronized List<Sighting> deaths() {
		return this.history.stream().filter((sighting) -> sighting.status() == MemberStatus.DEAD).toList();
	}

	/** Returns how many somebody sees so. */
	public synchronized long count(MemberUri observer, MemberStatus status) {
		return this.views.getOrDefault(observer, Map.of()).values().stream().filter(status::equals).count();
	}

	/** Returns when anybody last saw anything change. */
	public synchronized long lastChange() {
		return this.history.stream().mapToLong(Sighting::micros).max().orElse(0);
	}

	/** Waits until something is the case. */
	public synchronized void await(String what, Duration patience, BooleanSupplier condition)
			throws InterruptedException, TimeoutException {
		long deadline = System.nanoTime() + patience.toNanos();
		while (!condition.getAsBoolean()) {
			long millis = (deadline - System.nanoTime()) / 1_000_000;
			if (millis <= 0) {
				throw new TimeoutException("Not within " + patience + ": " + what);
			}
			wait(millis);
		}
	}

	@Override
	public synchronized String toString() {
		return this.views.toString();
	}

}
