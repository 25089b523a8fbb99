package io.membership.swim;

import java.time.Duration;
import java.util.function.Consumer;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberUri;
import io.membership.MembershipObserver.ProbeOutcome;
import io.membership.ProbeResult;
import org.jspecify.annotations.Nullable;

/**
 * One probe in flight. It begins with a direct PING; the failure detector may go on to
 * ask helpers; an ACK on whatever path ends it.
 */
final class Probe {

	/** The sequence of a probe whose first PING is in the full form. */
	static final int UNNUMBERED = -1;

	private final MemberUri target;

	private final ProbeData data;

	private final long startedNanos;

	private final @Nullable Consumer<Conclusion> whenDone;

	private final Helpers helpers = new Helpers();

	private Cancellable timeout = () -> {
	};

	private int sequence = UNNUMBERED;

	private long incarnation;

	private boolean triedTwice;

	private boolean repeated;

	private boolean blamed;

	private boolean done;

	/**
	 * Creates a probe.
	 * @param whenDone called once with the outcome of a probe that somebody asked for, or
	 * {@code null} if it is the failure detector's
	 */
	Probe(MemberUri target, ProbeData data, long startedNanos, @Nullable Consumer<Conclusion> whenDone) {
		this.target = target;
		this.data = data;
		this.startedNanos = startedNanos;
		this.whenDone = whenDone;
	}

	MemberUri target() {
		return this.target;
	}

	ProbeData data() {
		return this.data;
	}

	/** Returns the number of its short form, or {@link #UNNUMBERED}. */
	int sequence() {
		return this.sequence;
	}

	void setSequence(int sequence) {
		this.sequence = sequence;
	}

	/** Whether the full form is still to be tried after the short one; true only once. */
	boolean takeSecondTry() {
		boolean due = this.sequence != UNNUMBERED && !this.triedTwice;
		this.triedTwice |= due;
		return due;
	}

	/** Notes what was known of the target when the probe began. */
	void concerns(Rumor known) {
		this.incarnation = known.incarnation();
	}

	/**
	 * Whether the target told something of itself since the probe began: it lived, or
	 * lives anew, whatever its silence meant.
	 */
	boolean isOvertakenBy(Rumor known) {
		return known.incarnation() > this.incarnation;
	}

	/** Sets what is to be prevented as soon as the probe has ended. */
	void waitsFor(Cancellable newTimeout) {
		this.timeout = newTimeout;
	}

	/** Returns who was asked to probe as well. */
	Helpers helpers() {
		return this.helpers;
	}

	/** Whether somebody is still to be blamed for the silence; true only once. */
	boolean takeBlame() {
		boolean due = !this.blamed;
		this.blamed = true;
		return due;
	}

	boolean isDone() {
		return this.done;
	}

	/**
	 * Whether the application asked for this probe, and helpers are none of its business.
	 */
	boolean isRequested() {
		return this.whenDone != null;
	}

	/** Whether nobody but the target was asked yet. */
	boolean isDirect() {
		return this.helpers.count() == 0;
	}

	/**
	 * Returns the time from the PING to its answer, or {@code null} if there was more
	 * than one PING, because nobody knows which one was answered (Karn's algorithm, RFC
	 * 6298 §3).
	 */
	@Nullable Duration roundTrip(long nowNanos) {
		boolean once = isDirect() && !this.triedTwice && !this.repeated;
		return once ? Duration.ofNanos(nowNanos - this.startedNanos) : null;
	}

	/** Notes that the target was sent the PING once more. */
	void repeated() {
		this.repeated = true;
	}

	/** Whether somebody found that nothing listens at the target's address. */
	boolean isRefused() {
		return !this.helpers.refused().isEmpty();
	}

	/** Returns what this probe tells of its target, if nobody answers it. */
	Evidence evidence() {
		return Evidence.ofProbe(isRefused() ? Cause.REFUSED : Cause.PROBE_FAILED, this.helpers.count(),
				this.helpers.hearingNothing().size(), this.helpers.silent());
	}

	/** Ends the probe. Later answers mean nothing. */
	Conclusion conclude(boolean answered, SendResult sent, long nowNanos) {
		this.done = true;
		this.timeout.cancel();
		ProbeOutcome outcome = !answered ? ProbeOutcome.FAILED
				: isDirect() ? ProbeOutcome.DIRECT : ProbeOutcome.INDIRECT;
		Conclusion conclusion = new Conclusion(outcome, Duration.ofNanos(nowNanos - this.startedNanos), sent);
		if (this.whenDone != null) {
			this.whenDone.accept(conclusion);
		}
		return conclusion;
	}

	/**
	 * How a probe ended.
	 *
	 * @param outcome whether and how it was answered
	 * @param elapsed the time from the first PING
	 * @param sent whether the first PING could be sent
	 */
	record Conclusion(ProbeOutcome outcome, Duration elapsed, SendResult sent) {

		/** Returns the same for the application. */
		ProbeResult toResult() {
			if (this.outcome != ProbeOutcome.FAILED) {
				return new ProbeResult.Alive(this.elapsed);
			}
			return (this.sent == SendResult.SENT) ? new ProbeResult.NoResponse()
					: new ProbeResult.NotSent(this.sent.reason());
		}

	}

}
