package io.membership.test.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.membership.MemberStatus;
import io.membership.test.Change;

/**
 * Who stood still when, and how soon the others saw that it was over. All times count
 * from the same moment.
 */
final class PauseLog {

	/** So long after a pause the others must have seen that it is over. */
	static final Duration WINDOW = Duration.ofSeconds(20);

	private final int members;

	private final List<Pause> pauses = new ArrayList<>();

	private final Map<Integer, List<Pause>> byMember = new HashMap<>();

	PauseLog(int members) {
		this.members = members;
	}

	void add(int member, Duration from, Duration to) {
		Pause pause = new Pause(member, from, to);
		this.pauses.add(pause);
		this.byMember.computeIfAbsent(member, (each) -> new ArrayList<>()).add(pause);
	}

	int size() {
		return this.pauses.size();
	}

	/** Whether a member stood still at some moment of a time. */
	boolean wasPaused(int member, Duration from, Duration to) {
		return this.byMember.getOrDefault(member, List.of())
			.stream()
			.anyMatch((pause) -> pause.from.compareTo(to) <= 0 && pause.to.compareTo(from) >= 0);
	}

	/**
	 * Returns for each pause the seconds from its end until all others saw its member
	 * alive for good; infinite if they did not within the window.
	 * @param changes all changes, in order
	 * @param end when the observation ended
	 */
	List<Double> recoveries(List<Change> changes, Duration end) {
		Map<Integer, List<Change>> bySubject = new HashMap<>();
		changes
			.forEach((change) -> bySubject.computeIfAbsent(change.subject(), (each) -> new ArrayList<>()).add(change));
		List<Double> recoveries = new ArrayList<>();
		for (Pause pause : this.pauses) {
			Duration until = pause.to.plus(WINDOW);
			boolean again = wasPaused(pause.member, pause.to.plusNanos(1), until);
			if (!again && until.compareTo(end) <= 0) {
				recoveries.add(recovery(pause, until, bySubject.getOrDefault(pause.member, List.of())));
			}
		}
		return recoveries;
	}

	private double recovery(Pause pause, Duration until, List<Change> changes) {
		boolean[] otherwise = new boolean[this.members + 1];
		double last = 0;
		for (Change change : changes) {
			if (change.at().compareTo(until) > 0) {
				break;
			}
			boolean before = otherwise[change.observer()];
			boolean after = change.status() != MemberStatus.ALIVE && change.observer() != pause.member;
			otherwise[change.observer()] = after;
			boolean over = before && !after && change.at().compareTo(pause.to) >= 0;
			if (over && !wasPaused(change.observer(), pause.to, until)) {
				last = Measuring.seconds(change.at().minus(pause.to));
			}
		}
		for (int observer = 1; observer <= this.members; observer++) {
			if (otherwise[observer] && !wasPaused(observer, pause.to, until)) {
				return Double.POSITIVE_INFINITY;
			}
		}
		return last;
	}

	private record Pause(int member, Duration from, Duration to) {

	}

}
