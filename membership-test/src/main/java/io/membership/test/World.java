package io.membership.test;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import io.membership.MemberStatus;
import io.membership.MembershipEvent;
import io.membership.wire.DatagramCodec;
import io.membership.wire.Sealing;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of a mesh share.
 */
final class World {

	/** Stands for all members. */
	static final int EVERYBODY = 0;

	private final long seed;

	private final String replay;

	private final int size;

	private final VirtualTime time = new VirtualTime();

	private final Census census;

	private final Network network;

	private final Post post;

	private final DatagramCodec plain = new DatagramCodec(Sealing.none());

	private final TrafficCounters counters = new TrafficCounters();

	private final Invariants invariants;

	private final MemberHealth health;

	private final MemberClock[] clocks;

	private final @Nullable SimulatedMember[] members;

	private final BitSet deadHosts = new BitSet();

	private final List<EventListener> listeners = new ArrayList<>();

	private final List<Wiretap> wiretaps = new ArrayList<>();

	private ChangeLog changes = new ChangeLog();

	private boolean touched;

	private int running;

	World(SimulatedMeshBuilder setup, SplittableRandom random) {
		this.seed = setup.seed;
		this.replay = setup.replay.apply(setup.seed);
		this.size = setup.size + setup.newcomers;
		this.census = new Census(this.size, setup.uriLength);
		this.network = new Network(setup.link, this::touch);
		this.post = new Post(this, random);
		this.invariants = new Invariants(this);
		this.members = new SimulatedMember[this.size + 1];
		this.clocks = new MemberClock[this.size + 1];
		for (int member = 1; member <= this.size; member++) {
			int number = member;
			this.clocks[member] = new MemberClock(this.time, member, () -> touch(number));
		}
		this.health = new MemberHealth(this, this.size, setup.grace);
	}

	int size() {
		return this.size;
	}

	/** Returns the encoding of all who do not encrypt. */
	DatagramCodec plain() {
		return this.plain;
	}

	VirtualTime time() {
		return this.time;
	}

	Census census() {
		return this.census;
	}

	Network network() {
		return this.network;
	}

	Post post() {
		return this.post;
	}

	TrafficCounters counters() {
		return this.counters;
	}

	Invariants invariants() {
		return this.invariants;
	}

	MemberHealth health() {
		return this.health;
	}

	List<EventListener> listeners() {
		return this.listeners;
	}

	List<Wiretap> wiretaps() {
		return this.wiretaps;
	}

	MemberClock clock(int member) {
		return this.clocks[member];
	}

	// Members

	/** Returns a member that runs, or {@code null}. */
	@Nullable SimulatedMember member(int member) {
		return (member < this.members.length) ? this.members[member] : null;
	}

	/** Returns a member that must run. */
	SimulatedMember life(int member) {
		SimulatedMember running = member(member);
		if (running == null) {
			throw new IllegalStateException("Member " + member + " does not run");
		}
		return running;
	}

	/** Returns how many members run. */
	int running() {
		return this.running;
	}

	/** Whether the host of a member lives, which a member that does not run has too. */
	boolean hostLives(int member) {
		return !this.deadHosts.get(member);
	}

	void crashHost(int member) {
		this.deadHosts.set(member);
	}

	void put(SimulatedMember member) {
		if (member(member.number()) != null) {
			throw new IllegalStateException("Member " + member.number() + " runs already");
		}
		this.deadHosts.clear(member.number());
		this.members[member.number()] = member;
		this.running++;
		touch(member.number());
	}

	void remove(SimulatedMember member) {
		this.members[member.number()] = null;
		this.running--;
		touch(member.number());
	}

	// Changes

	/** Notes that something was done to a member, or to {@link #EVERYBODY}. */
	void touch(int member) {
		this.touched = true;
		if (member != EVERYBODY) {
			this.health.touched(member);
			return;
		}
		for (int each = 1; each <= this.size; each++) {
			this.health.touched(each);
		}
	}

	/** Notes that a view changed, but no status. */
	void changed() {
		this.touched = true;
	}

	void changed(int observer, int subject, @Nullable MemberStatus status) {
		this.touched = true;
		this.changes.add(this.time.nanos(), observer, subject, status);
	}

	/** Returns whether anything changed since the last call. */
	boolean takeTouched() {
		boolean was = this.touched;
		this.touched = false;
		return was;
	}

	/** Returns the changes from now on. */
	ChangeLog newChanges() {
		this.changes = new ChangeLog();
		return this.changes;
	}

	void publish(int observer, Supplier<MembershipEvent> event) {
		if (!this.listeners.isEmpty()) {
			MembershipEvent happened = event.get();
			this.listeners.forEach((listener) -> listener.onEvent(observer, happened));
		}
	}

	SimulationError failure(String what, @Nullable Throwable cause) {
		return new SimulationError(what + "\n  in " + this + "\n  replay: " + this.replay, cause);
	}

	@Override
	public String toString() {
		return "mesh of " + this.size + " with seed " + this.seed + " after " + this.time.elapsed();
	}

}
