package io.membership.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import io.membership.MemberStatus;
import org.jspecify.annotations.Nullable;

/**
 * All changes of status in all views during one run, 17 bytes each.
 */
final class ChangeLog {

	private long[] nanos = new long[64];

	private int[] observers = new int[64];

	private int[] subjects = new int[64];

	private byte[] statuses = new byte[64];

	private int size;

	void add(long atNanos, int observer, int subject, @Nullable MemberStatus status) {
		if (this.size == this.nanos.length) {
			int capacity = this.size * 2;
			this.nanos = Arrays.copyOf(this.nanos, capacity);
			this.observers = Arrays.copyOf(this.observers, capacity);
			this.subjects = Arrays.copyOf(this.subjects, capacity);
			this.statuses = Arrays.copyOf(this.statuses, capacity);
		}
		this.nanos[this.size] = atNanos;
		this.observers[this.size] = observer;
		this.subjects[this.size] = subject;
		this.statuses[this.size] = StatusCodes.of(status);
		this.size++;
	}

	/** Returns the changes that fit, in order. */
	List<Change> select(Predicate<Change> condition) {
		List<Change> selected = new ArrayList<>();
		for (int i = 0; i < this.size; i++) {
			Change change = get(i);
			if (condition.test(change)) {
				selected.add(change);
			}
		}
		return selected;
	}

	private Change get(int index) {
		return new Change(Duration.ofNanos(this.nanos[index]), this.observers[index], this.subjects[index],
				StatusCodes.status(this.statuses[index]));
	}

}
