package io.membership.benchmark.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * All that the nodes of all processes saw. Thread-safe.
 */
public final class Sights {

	private final LongSupplier clock;

	private final List<Seen> history = new ArrayList<>();

	private final Map<Integer, Set<Integer>> views = new HashMap<>();

	private final List<String> answers = new ArrayList<>();

	private final List<String> failures = new ArrayList<>();

	/**
	 * Begins with nothing.
	 * @param clock the time of lines that tell none, in nanoseconds
	 */
	public Sights(LongSupplier clock) {
		this.clock = clock;
	}

	/** Takes in a line that a process wrote. */
	public void read(String line) {
		String[] words = line.split(" ", 6);
		if (words[0].equals(Witness.MARK) && words.length >= 5) {
			long nanos = Long.parseLong(words[1]);
			add(new Seen((nanos != 0) ? nanos : this.clock.getAsLong(), Integer.parseInt(words[2]),
					Sight.valueOf(words[3]), Integer.parseInt(words[4]), (words.length > 5) ? words[5] : ""));
		}
		else if (words[0].equals("sample") || words[0].equals("started") || words[0].equals("failed")) {
			answer(line);
		}
	}

	private synchronized void answer(String line) {
		(line.startsWith("failed") ? this.failures : this.answers).add(line);
		notifyAll();
	}

	private synchronized void add(Seen seen) {
		this.history.add(seen);
		Set<Integer> view = this.views.computeIfAbsent(seen.observer(), (observer) -> new HashSet<>(Set.of(observer)));
		if (seen.sight() == Sight.UP) {
			view.add(seen.subject());
		}
		else if (seen.sight() == Sight.DOWN) {
			view.remove(seen.subject());
		}
		notifyAll();
	}

	/** Takes the answers that came since the last time. */
	public synchronized List<String> takeAnswers() {
		List<String> taken = List.copyOf(this.answers);
		this.answers.clear();
		return taken;
	}

	/** Returns how many answers wait. */
	public synchronized int answers() {
		return this.answers.size();
	}

	/** Whether all of these see all of them, and nobody else. */
	public synchronized boolean seeEachOther(Collection<Integer> ports) {
		return ports.stream()
			.allMatch((port) -> this.views.getOrDefault(port, Set.of()).size() == ports.size()
					&& this.views.get(port).containsAll(ports));
	}

	/** Returns how many of these see all of them. */
	public synchronized long complete(Collection<Integer> ports) {
		return ports.stream().filter((port) -> this.views.getOrDefault(port, Set.of()).containsAll(ports)).count();
	}

	/**
	 * Returns when these first saw something of somebody, since some time.
	 * @param value the payload that counts, or {@code null} for any
	 */
	public synchronized LongSummaryStatistics times(Collection<Integer> observers, Sight sight, int subject,
			@Nullable String value, long since) {
		Map<Integer, Long> first = new HashMap<>();
		for (Seen seen : this.history) {
			if (seen.nanos() >= since && seen.sight() == sight && seen.subject() == subject
					&& (value == null || value.equals(seen.value())) && observers.contains(seen.observer())) {
				first.merge(seen.observer(), seen.nanos(), Math::min);
			}
		}
		return first.values().stream().mapToLong(Long::longValue).summaryStatistics();
	}

	/** Returns when something was last seen, or done, since some time. */
	public synchronized LongSummaryStatistics times(Sight sight, long since) {
		return this.history.stream()
			.filter((seen) -> seen.sight() == sight && seen.nanos() >= since)
			.mapToLong(Seen::nanos)
			.summaryStatistics();
	}

	/** Returns how often somebody was missed, since some time. */
	public synchronized long missed(Collection<Integer> observers, Collection<Integer> subjects, long since) {
		return this.history.stream()
			.filter((seen) -> seen.sight() == Sight.DOWN && seen.nanos() >= since && observers.contains(seen.observer())
					&& subjects.contains(seen.subject()))
			.count();
	}

	/** Waits until something is the case, and returns whether it is. */
	public synchronized boolean await(Duration patience, BooleanSupplier condition) throws InterruptedException {
		long deadline = System.nanoTime() + patience.toNanos();
		while (!condition.getAsBoolean()) {
			long millis = (deadline - System.nanoTime()) / 1_000_000;
			if (millis <= 0) {
				return false;
			}
			wait(Math.min(millis, 500));
		}
		return true;
	}

	/** Waits until something is the case. */
	public void require(String what, Duration patience, BooleanSupplier condition)
			throws InterruptedException, TimeoutException {
		if (!await(patience, condition)) {
			throw new TimeoutException("Not within " + patience.toSeconds() + " s: " + what + firstFailure());
		}
	}

	private synchronized String firstFailure() {
		return this.failures.isEmpty() ? "" : ", and " + this.failures.get(0);
	}

	private record Seen(long nanos, int observer, Sight sight, int subject, String value) {

	}

}
