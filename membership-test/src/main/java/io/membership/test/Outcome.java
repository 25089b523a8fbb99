package io.membership.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

import io.membership.MemberStatus;

/**
 * What happened during one run of a mesh. All times are virtual and count from the
 * beginning of the run.
 */
public final class Outcome {

	private final Duration begin;

	private final Duration took;

	private final Traffic traffic;

	private final ChangeLog changes;

	private final String mesh;

	Outcome(Duration begin, Duration took, Traffic traffic, ChangeLog changes, String mesh) {
		this.begin = begin;
		this.took = took;
		this.traffic = traffic;
		this.changes = changes;
		this.mesh = mesh;
	}

	/**
	 * Returns how long the run took.
	 * @return virtual time
	 */
	public Duration took() {
		return this.took;
	}

	/**
	 * Returns what went over the network.
	 * @return the traffic of this run
	 */
	public Traffic traffic() {
		return this.traffic;
	}

	/**
	 * Returns when members began to believe something of one of them.
	 * @param subject of whom
	 * @param status what
	 * @return the time at each observer that did, by its number
	 */
	public Map<Integer, Duration> times(int subject, MemberStatus status) {
		Map<Integer, Duration> times = new TreeMap<>();
		changes((change) -> change.subject() == subject && change.status() == status && change.observer() != subject)
			.forEach((change) -> times.putIfAbsent(change.observer(), change.at()));
		return times;
	}

	/**
	 * Returns when the first member began to believe something of another.
	 * @param subject of whom
	 * @param status what
	 * @return the time, or empty if nobody did
	 */
	public Optional<Duration> first(int subject, MemberStatus status) {
		return times(subject, status).values().stream().min(Duration::compareTo);
	}

	/**
	 * Returns when the last of those members that did began to believe something of
	 * another.
	 * @param subject of whom
	 * @param status what
	 * @return the time, or empty if nobody did
	 */
	public Optional<Duration> last(int subject, MemberStatus status) {
		return times(subject, status).values().stream().max(Duration::compareTo);
	}

	/**
	 * Returns changes of status during this run.
	 * @param condition which changes; their times count from the beginning of the run
	 * @return the changes that fit, in order
	 */
	public List<Change> changes(Predicate<Change> condition) {
		return this.changes.select((change) -> condition.test(relative(change))).stream().map(this::relative).toList();
	}

	private Change relative(Change change) {
		return new Change(change.at().minus(this.begin), change.observer(), change.subject(), change.status());
	}

	@Override
	public String toString() {
		return this.took.toMillis() + " ms, " + this.traffic.totalDatagrams() + " datagrams (" + this.mesh + ")";
	}

}
