package io.membership.test;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * What is going to happen, earliest first; what is due at the same time happens in the
 * order in which it was added. A binary heap over arrays of primitive times, because a
 * large mesh keeps some hundred thousand entries.
 */
final class EventQueue {

	private static final int FIRST_CAPACITY = 1024;

	private long[] due = new long[FIRST_CAPACITY];

	private long[] order = new long[FIRST_CAPACITY];

	private @Nullable Runnable[] events = new Runnable[FIRST_CAPACITY];

	private int size;

	private long added;

	int size() {
		return this.size;
	}

	/** Returns when the next event is due, {@link Long#MAX_VALUE} if there is none. */
	long nextDue() {
		return (this.size > 0) ? this.due[0] : Long.MAX_VALUE;
	}

	void add(long dueNanos, Runnable event) {
		if (this.size == this.due.length) {
			grow();
		}
		long number = this.added++;
		int hole = this.size++;
		while (hole > 0) {
			int parent = (hole - 1) >>> 1;
			if (!isBefore(dueNanos, number, parent)) {
				break;
			}
			move(parent, hole);
			hole = parent;
		}
		put(hole, dueNanos, number, event);
	}

	/** Removes the next event. There must be one. */
	Runnable remove() {
		Runnable first = this.events[0];
		if (first == null) {
			throw new IllegalStateException("Nothing is going to happen");
		}
		this.size--;
		Runnable last = this.events[this.size];
		this.events[this.size] = null;
		if (this.size > 0 && last != null) {
			sink(this.due[this.size], this.order[this.size], last);
		}
		return first;
	}

	private void sink(long dueNanos, long number, Runnable event) {
		int hole = 0;
		int child = 1;
		while (child < this.size) {
			if (child + 1 < this.size && isBefore(this.due[child + 1], this.order[child + 1], child)) {
				child++;
			}
			if (isBefore(dueNanos, number, child)) {
				break;
			}
			move(child, hole);
			hole = child;
			child = 2 * hole + 1;
		}
		put(hole, dueNanos, number, event);
	}

	private boolean isBefore(long dueNanos, long number, int other) {
		long otherDue = this.due[other];
		return dueNanos < otherDue || (dueNanos == otherDue && number < this.order[other]);
	}

	private void move(int from, int to) {
		this.due[to] = this.due[from];
		this.order[to] = this.order[from];
		this.events[to] = this.events[from];
	}

	private void put(int index, long dueNanos, long number, Runnable event) {
		this.due[index] = dueNanos;
		this.order[index] = number;
		this.events[index] = event;
	}

	private void grow() {
		int capacity = this.size * 2;
		this.due = Arrays.copyOf(this.due, capacity);
		this.order = Arrays.copyOf(this.order, capacity);
		this.events = Arrays.copyOf(this.events, capacity);
	}

}
