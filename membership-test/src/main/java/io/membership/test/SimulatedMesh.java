package io.membership.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.membership.Encryption;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.swim.Rumor;
import io.membership.swim.SwimProtocol;
import io.membership.wire.DatagramCodec;
import io.membership.wire.Sealing;
import org.jspecify.annotations.Nullable;

/**
 * A mesh in memory and virtual time: the real protocol, the real datagrams, and a network
 * that does what a test wants. Members have numbers from 1. Everything that happens
 * follows from the seed, which the text of the mesh and of each failure shows.
 * <p>
 * Time passes only in {@link #run(Duration)} and {@link #runUntil(Condition)}; all other
 * methods act at the moment at which the mesh stands. Not thread-safe.
 */
public final class SimulatedMesh {

	private final SimulatedMeshBuilder setup;

	private final World world;

	private final Views views;

	private final Beginning beginning;

	SimulatedMesh(SimulatedMeshBuilder setup) {
		this.setup = setup;
		SplittableRandom random = new SplittableRandom(setup.seed);
		this.world = new World(setup, random.split());
		this.views = new Views(this.world);
		this.beginning = new Beginning(setup, this.world, random);
	}

	/**
	 * Returns a builder of a mesh.
	 * @return a new builder
	 */
	public static SimulatedMeshBuilder builder() {
		return new SimulatedMeshBuilder();
	}

	// Life of members

	/**
	 * Starts a member that knows nobody but its seeds.
	 * @param member the member
	 * @param seeds whom it greets until they are alive
	 * @return this mesh
	 */
	public SimulatedMesh start(int member, int... seeds) {
		this.beginning.of(member, seeds);
		return this;
	}

	/**
	 * Starts all members within a protocol period, each at a random moment and with the
	 * first one as its seed.
	 * @return this mesh
	 */
	public SimulatedMesh startAll() {
		this.beginning.ofAll();
		return this;
	}

	/**
	 * Starts all members, each of which knows all others. Takes the protocol period in
	 * which each begins to probe at a random moment.
	 * @return this mesh
	 */
	public SimulatedMesh startJoined() {
		this.beginning.ofAllJoined();
		run(this.setup.options.protocolPeriod());
		return this;
	}

	/**
	 * Ends a member without a word. Its host lives on, and refuses what is sent there.
	 * @param member the member
	 * @return this mesh
	 */
	public SimulatedMesh crash(int member) {
		SimulatedMember crashing = this.world.life(member);
		crashing.end();
		this.world.remove(crashing);
		return this;
	}

	/**
	 * Ends a member together with its host, which is silent until the member starts anew.
	 * @param member the member
	 * @return this mesh
	 */
	public SimulatedMesh crashHost(int member) {
		crash(member);
		this.world.crashHost(member);
		return this;
	}

	/**
	 * Starts a member anew, without memory, with the first three that run as its seeds.
	 * @param member the member
	 * @return this mesh
	 */
	public SimulatedMesh restart(int member) {
		int[] seeds = IntStream.rangeClosed(1, size())
			.filter((other) -> other != member && isRunning(other))
			.limit(3)
			.toArray();
		return start(member, seeds);
	}

	/**
	 * Lets a member say goodbye and end.
	 * @param member the member
	 * @return this mesh
	 */
	public SimulatedMesh leave(int member) {
		return call(member, SwimProtocol::leave).crash(member);
	}

	/**
	 * Pauses a member: it neither reads nor sends, its timers run late, and what arrives
	 * waits in its receive buffer.
	 * @param member the member
	 * @return this mesh
	 */
	public SimulatedMesh freeze(int member) {
		this.world.life(member).worker().freeze();
		this.world.touch(member);
		return this;
	}

	/**
	 * Pauses a member for some time.
	 * @param member the member
	 * @param duration how long
	 * @return this mesh
	 */
	public SimulatedMesh freeze(int member, Duration duration) {
		SimulatedMember frozen = this.world.life(member);
		freeze(member);
		return after(duration, (mesh) -> {
			if (this.world.member(member) == frozen) {
				thaw(member);
			}
		});
	}

	/**
	 * Ends a pause. The member reads what waits, then runs the timers that are due.
	 * @param member the member
	 * @return this mesh
	 */
	public SimulatedMesh thaw(int member) {
		this.world.life(member).worker().thaw();
		this.world.touch(member);
		return this;
	}

	/**
	 * Makes a member slow.
	 * @param member the member
	 * @param cost how long it takes for each datagram and each timer, 0 to be fast again
	 * @return this mesh
	 */
	public SimulatedMesh slow(int member, Duration cost) {
		this.world.life(member).worker().setCost(cost);
		this.world.touch(member);
		return this;
	}

	/**
	 * Returns the clock of a member, which goes on from one life to the next.
	 * @param member the member
	 * @return the clock, to change it
	 */
	public MemberClock clock(int member) {
		return this.world.clock(member);
	}

	/**
	 * Changes an entry of a member's payload, now or when it starts.
	 * @param member the member
	 * @param key the entry's name
	 * @param value its value
	 * @return this mesh
	 */
	public SimulatedMesh setPayload(int member, String key, Object value) {
		this.beginning.setPayload(member, key, value);
		SimulatedMember running = this.world.member(member);
		if (running != null) {
			running.setPayload(key, value);
		}
		return this;
	}

	/**
	 * Changes how a running member encrypts.
	 * @param member the member
	 * @param encryption the encryption
	 * @return this mesh
	 */
	public SimulatedMesh setEncryption(int member, Encryption encryption) {
		this.world.life(member).seal(encryption);
		return this;
	}

	/**
	 * Lets the application of a member do something.
	 * @param member the member
	 * @param task what to do
	 * @return this mesh
	 */
	public SimulatedMesh call(int member, Consumer<SwimProtocol> task) {
		SimulatedMember running = this.world.life(member);
		running.guarded(() -> task.accept(running.protocol()));
		return this;
	}

	/**
	 * Delivers any bytes to a member, as if they came from another.
	 * @param from the apparent sender
	 * @param to the recipient
	 * @param datagram the bytes
	 * @return this mesh
	 */
	public SimulatedMesh inject(int from, int to, byte[] datagram) {
		this.world.life(to).worker().receive(new Datagram(from, datagram.clone()));
		return this;
	}

	/**
	 * Returns the network, to change it.
	 * @return the network
	 */
	public Network network() {
		return this.world.network();
	}

	/**
	 * Checks an invariant no longer.
	 * @param invariant what may be violated from now on
	 * @return this mesh
	 */
	public SimulatedMesh allow(Invariant invariant) {
		this.world.invariants().allow(invariant);
		return this;
	}

	/**
	 * Tells somebody of all events of all members.
	 * @param listener whom
	 * @return this mesh
	 */
	public SimulatedMesh listen(EventListener listener) {
		this.world.listeners().add(listener);
		return this;
	}

	/**
	 * Shows somebody all datagrams from now on.
	 * @param wiretap whom
	 * @return this mesh
	 */
	public SimulatedMesh wiretap(Wiretap wiretap) {
		this.world.wiretaps().add(wiretap);
		return this;
	}

	// Questions

	/**
	 * Returns what the members believe.
	 * @return the views, always as they are now
	 */
	public Views views() {
		return this.views;
	}

	/**
	 * Returns how many members there are, whether they run or not, newcomers included.
	 * @return the size
	 */
	public int size() {
		return this.world.size();
	}

	/**
	 * Tells whether a member runs; a frozen one does.
	 * @param member the member
	 * @return whether it does
	 */
	public boolean isRunning(int member) {
		return this.world.member(member) != null;
	}

	/**
	 * Returns what went over the network since the mesh exists.
	 * @return the traffic
	 */
	public Traffic traffic() {
		return this.world.counters().snapshot();
	}

	/**
	 * Returns a number that two meshes share only if the same datagrams were sent at the
	 * same times.
	 * @return the fingerprint of everything that happened
	 */
	public long fingerprint() {
		return this.world.post().fingerprint();
	}

	/**
	 * Returns the virtual time since the mesh exists.
	 * @return the time
	 */
	public Duration elapsed() {
		return this.world.time().elapsed();
	}

	/**
	 * Returns how a member is called.
	 * @param member the member
	 * @return its URI
	 */
	public MemberUri uri(int member) {
		return this.world.census().uri(member);
	}

	World world() {
		return this.world;
	}

	// Time

	/**
	 * Does something later.
	 * @param delay the virtual time from now
	 * @param action what to do with this mesh
	 * @return this mesh
	 */
	public SimulatedMesh after(Duration delay, Consumer<SimulatedMesh> action) {
		this.world.time().at(elapsed().plus(delay).toNanos(), () -> action.accept(this));
		return this;
	}

	/**
	 * Lets time pass.
	 * @param duration how much
	 * @return what happened
	 * @throws SimulationError if an invariant was violated
	 */
	public Outcome run(Duration duration) {
		return new Run(this, this.world, (mesh) -> false).orAtMost(duration);
	}

	/**
	 * Lets time pass until something is the case.
	 * @param condition what
	 * @return a run that begins when it is told how long it may take
	 */
	public Run runUntil(Condition condition) {
		return new Run(this, this.world, condition);
	}

	@Override
	public String toString() {
		return this.world.toString();
	}

}
