package io.membership.swim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * All probes in flight. An ACK belongs to the probe with the same target and time stamp,
 * whoever sent it and on whatever path it came; no two probes share a time stamp. One in
 * the short form belongs to the probe of its sender with the same number.
 */
final class Probes {

	/** No number takes more than 3 bytes. */
	private static final int SEQUENCES = 1 << Short.SIZE;

	private final Environment environment;

	private final Peers peers;

	private final Map<Long, Probe> byTimestamp = new HashMap<>();

	/** Those whose first PING is in the short form. */
	private final Map<Integer, Probe> bySequence = new HashMap<>();

	private long lastTimestamp;

	private int lastSequence = Probe.UNNUMBERED;

	Probes(Environment environment, Peers peers) {
		this.environment = environment;
		this.peers = peers;
	}

	/** Begins a probe; its caller sends the PINGs. */
	Probe begin(MemberUri source, MemberUri target, @Nullable Consumer<Probe.Conclusion> whenDone) {
		Probe probe = new Probe(target, this.peers.introduce(stamp(source, target)), this.environment.nanoTime(),
				whenDone);
		this.byTimestamp.put(probe.data().sentAt(), probe);
		return probe;
	}

	/** Returns the data of a PING whose answer nobody waits for. */
	ProbeData stamp(MemberUri source, MemberUri target) {
		this.lastTimestamp = Math.max(this.environment.nowMicros(), this.lastTimestamp + 1);
		return ProbeData.of(source, target, this.lastTimestamp);
	}

	/** Returns the probe that an ACK answers. */
	@Nullable Probe answeredBy(ProbeData data) {
		Probe probe = this.byTimestamp.get(data.sentAt());
		return (probe != null && probe.target().equals(data.target())) ? probe : null;
	}

	/** Gives a probe a number that no other in flight has. */
	int number(Probe probe) {
		if (this.lastSequence == Probe.UNNUMBERED) {
			// An answer to this node's former life should not fit
			this.lastSequence = this.environment.random().nextInt(SEQUENCES);
		}
		do {
			this.lastSequence = (this.lastSequence + 1) % SEQUENCES;
		}
		while (this.bySequence.containsKey(this.lastSequence));
		probe.setSequence(this.lastSequence);
		this.bySequence.put(this.lastSequence, probe);
		return this.lastSequence;
	}

	/** Returns the probe that an answer in the short form is for. */
	@Nullable Probe answeredBy(@Nullable MemberUri target, long sequence) {
		Probe probe = (sequence >= 0 && sequence < SEQUENCES) ? this.bySequence.get((int) sequence) : null;
		return (probe != null && probe.target().equals(target)) ? probe : null;
	}

	/** Returns the probes of one member. */
	List<Probe> of(MemberUri target) {
		return this.byTimestamp.values().stream().filter((probe) -> probe.target().equals(target)).toList();
	}

	/** Ends a probe that is in flight; otherwise does nothing. */
	void conclude(Probe probe, boolean answered, SendResult sent) {
		if (!probe.isDone()) {
			this.byTimestamp.remove(probe.data().sentAt());
			this.bySequence.remove(probe.sequence());
			Probe.Conclusion conclusion = probe.conclude(answered, sent, this.environment.nanoTime());
			this.environment.observer().probed(conclusion.outcome(), conclusion.elapsed());
		}
	}

	/** Ends all probes: nobody will answer any more. */
	void abandon() {
		List.copyOf(this.byTimestamp.values()).forEach((probe) -> conclude(probe, false, SendResult.SENT));
	}

}
