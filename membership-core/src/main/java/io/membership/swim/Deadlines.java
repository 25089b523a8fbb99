package io.membership.swim;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.membership.MembershipExtension;
import io.membership.MembershipOptions;

/**
 * Timers that judge others by their silence. A pause of this process (a collection of
 * garbage, a suspended virtual machine, a starved processor) looks from the inside as if
 * all others had gone silent. So when a deadline comes late by more than half an ack
 * timeout, all that are pending are put off once, by the length of the pause or by their
 * own length, whichever is shorter, and suspicions likewise.
 */
final class Deadlines {

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final Suspicions suspicions;

	private final SuspectTimeout suspectTimeout;

	private final LocalHealth health;

	private final Set<Deadline> pending = new LinkedHashSet<>();

	private Runnable listener = () -> {
	};

	Deadlines(Environment environment, Supplier<MembershipOptions> options, MemberTable table, LocalHealth health) {
		this.environment = environment;
		this.options = options;
		this.suspicions = table.suspicions();
		this.suspectTimeout = new SuspectTimeout(options, table);
		this.health = health;
	}

	/** Tells somebody of each deadline that arrives, before it counts. */
	void whenArriving(Runnable newListener) {
		this.listener = newListener;
	}

	Cancellable schedule(Duration delay, Runnable task) {
		Deadline deadline = new Deadline(delay, this.environment.nanoTime() + delay.toNanos(), task);
		this.pending.add(deadline);
		deadline.timer = this.environment.schedule(delay, () -> arrive(deadline));
		return deadline;
	}

	private void arrive(Deadline deadline) {
		this.listener.run();
		Duration late = Duration.ofNanos(this.environment.nanoTime() - deadline.dueNanos);
		if (!deadline.putOff && isPause(late)) {
			notice(late);
		}
		else {
			this.pending.remove(deadline);
			deadline.task.run();
		}
	}

	private boolean isPause(Duration late) {
		MembershipOptions current = this.options.get();
		return current.uses(MembershipExtension.PAUSE_AWARENESS) && 2 * late.toNanos() > current.ackTimeout().toNanos()
				&& !current.ackTimeout().isZero();
	}

	private void notice(Duration pause) {
		this.environment.observer().paused(pause);
		this.health.worse();
		this.suspicions.extend(pause, this.suspectTimeout::of);
		List.copyOf(this.pending)
			.stream()
			.filter((deadline) -> !deadline.putOff)
			.forEach((deadline) -> putOff(deadline, pause));
	}

	private void putOff(Deadline deadline, Duration pause) {
		long now = this.environment.nanoTime();
		Duration left = Duration.ofNanos(Math.max(deadline.dueNanos - now, 0));
		deadline.putOff = true;
		deadline.timer.cancel();
		deadline.timer = this.environment.schedule(left.plus(shorter(pause, deadline.delay)), () -> arrive(deadline));
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	private final class Deadline implements Cancellable {

		private final Duration delay;

		private final long dueNanos;

		private final Runnable task;

		private Cancellable timer = () -> {
		};

		private boolean putOff;

		Deadline(Duration delay, long dueNanos, Runnable task) {
			this.delay = delay;
			this.dueNanos = dueNanos;
			this.task = task;
		}

		@Override
		public void cancel() {
			Deadlines.this.pending.remove(this);
			this.timer.cancel();
		}

	}

}
