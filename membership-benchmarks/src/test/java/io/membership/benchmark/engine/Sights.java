package io.membership.benchmark.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * What the nodes of all processes saw: whom each one sees now, and all that was seen of
 * each member since this was told to forget. It must need little of the processors that
 * it shares with whom it watches: so conditions are not looked at with each of a million
 * lines. Thread-safe.
 */
public final class Sights {

	/** Milliseconds after which a condition is looked at again if anything came. */
	private static final long PAUSE = 50;

	private static final BitSet NOBODY = new BitSet();

	private final LongSupplier clock;

	/** By kind and subject; that somebody is there is only in the views. */
	private final Map<Sight, Map<Integer, List<Seen>>> history = new EnumMap<>(Sight.class);

	private final Map<Integer, BitSet> views = new HashMap<>();

	private final List<String> answers = new ArrayList<>();

	private final List<String> failures = new ArrayList<>();

	private long lastUp;

	private long changes;

	/**
	 * Begins with nothing.
	 * @param clock the time of lines that tell none, in nanoseconds
	 */
	public Sights(LongSupplier clock) {
		this.clock = clock;
	}

	/** Takes in a line that a process wrote. */
	public void read(String line) {
		if (line.startsWith(Witness.MARK + " ")) {
			String[] words = line.split(" ", 6);
			if (words.length >= 5) {
				long nanos = Long.parseLong(words[1]);
				add(new Seen((nanos != 0) ? nanos : this.clock.getAsLong(), Integer.parseInt(words[2]),
						(words.length > 5) ? words[5] : ""), Sight.valueOf(words[3]), Integer.parseInt(words[4]));
			}
		}
		else if (line.startsWith("sample ") || line.startsWith("started ") || line.startsWith("failed ")) {
			answer(line);
		}
	}

	private synchronized void answer(String line) {
		(line.startsWith("failed") ? this.failures : this.answers).add(line);
		this.changes++;
	}

	private synchronized void add(Seen seen, Sight sight, int subject) {
		BitSet view = this.views.computeIfAbsent(seen.observer(), Sights::only);
		if (sight == Sight.UP) {
			view.set(subject);
			this.lastUp = Math.max(this.lastUp, seen.nanos());
		}
		else {
			if (sight == Sight.DOWN) {
				view.clear(subject);
			}
			this.history.computeIfAbsent(sight, (kind) -> new HashMap<>())
				.computeIfAbsent(subject, (member) -> new ArrayList<>())
				.add(seen);
		}
		this.changes++;
	}

	private static BitSet only(int port) {
		BitSet view = new BitSet();
		view.set(port);
		return view;
	}

	private static BitSet all(Collection<Integer> ports) {
		BitSet all = new BitSet();
		ports.forEach(all::set);
		return all;
	}

	/** Forgets all that was seen but whom each one sees now. */
	public synchronized void forget() {
		this.history.clear();
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
		BitSet all = all(ports);
		return ports.stream().allMatch((port) -> this.views.getOrDefault(port, NOBODY).equals(all));
	}

	/** Returns how many of these see all of them. */
	public synchronized long complete(Collection<Integer> ports) {
		BitSet all = all(ports);
		return ports.stream().filter((port) -> {
			BitSet seen = (BitSet) this.views.getOrDefault(port, NOBODY).clone();
			seen.and(all);
			return seen.equals(all);
		}).count();
	}

	/** Returns when somebody was last seen to be there. */
	public synchronized long lastUp() {
		return this.lastUp;
	}

	/**
	 * Returns when these first saw something of somebody, since some time.
	 * @param sight what, but not that it is there
	 * @param value the payload that counts, or {@code null} for any
	 */
	public synchronized LongSummaryStatistics times(Collection<Integer> observers, Sight sight, int subject,
			@Nullable String value, long since) {
		BitSet counted = all(observers);
		Map<Integer, Long> first = new HashMap<>();
		for (Seen seen : seen(sight).getOrDefault(subject, List.of())) {
			if (seen.nanos() >= since && counted.get(seen.observer())
					&& (value == null || value.equals(seen.value()))) {
				first.merge(seen.observer(), seen.nanos(), Math::min);
			}
		}
		return first.values().stream().mapToLong(Long::longValue).summaryStatistics();
	}

	/**
	 * Returns when something was last seen, or done, since some time.
	 * @param sight what, but not that somebody is there
	 */
	public synchronized LongSummaryStatistics times(Sight sight, long since) {
		return seen(sight).values()
			.stream()
			.flatMap(List::stream)
			.mapToLong(Seen::nanos)
			.filter((nanos) -> nanos >= since)
			.summaryStatistics();
	}

	/** Returns how often somebody was missed, since some time. */
	public synchronized long missed(Collection<Integer> observers, Collection<Integer> subjects, long since) {
		BitSet counted = all(observers);
		return subjects.stream()
			.flatMap((subject) -> seen(Sight.DOWN).getOrDefault(subject, List.of()).stream())
			.filter((seen) -> seen.nanos() >= since && counted.get(seen.observer()))
			.count();
	}

	private Map<Integer, List<Seen>> seen(Sight sight) {
		return this.history.getOrDefault(sight, Map.of());
	}

	/** Waits until something is the case, and returns whether it is. */
	public boolean await(Duration patience, BooleanSupplier condition) throws InterruptedException {
		long deadline = System.nanoTime() + patience.toNanos();
		long known = -1;
		while (true) {
			long now = changes();
			if (now != known && condition.getAsBoolean()) {
				return true;
			}
			if (System.nanoTime() >= deadline) {
				return false;
			}
			known = now;
			// Nobody notifies, that is the point
			Thread.sleep(PAUSE);
		}
	}

	private synchronized long changes() {
		return this.changes;
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

	private record Seen(long nanos, int observer, String value) {

	}

}
