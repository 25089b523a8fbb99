package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.membership.DropReason;
import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipEvent;
import io.membership.MembershipObserver;
import io.membership.wire.DatagramCodec;
import io.membership.wire.Sealing;
import org.jspecify.annotations.Nullable;

/**
 * The world as one protocol sees it, without threads: virtual time, seeded randomness,
 * messages that are really encoded. Remembers everything that the protocol tells it.
 */
final class VirtualEnvironment implements Environment {

	private final VirtualTime time;

	private final RandomGenerator random;

	private final Post post;

	private final Map<MemberUri, Member> view = new LinkedHashMap<>();

	private final List<MembershipEvent> events = new ArrayList<>();

	private final Counts counts = new Counts();

	private final List<MemberUri> broadcastAddresses = new ArrayList<>();

	private DatagramCodec codec = new DatagramCodec(Sealing.none());

	private final List<@Nullable MemberUri> foreign = new ArrayList<>();

	private final List<MemberUri> doubted = new ArrayList<>();

	private final List<MemberUri> confirmed = new ArrayList<>();

	private final List<MemberUri> seeds = new ArrayList<>();

	private int searches;

	private final Map<MemberUri, List<MemberUri>> sharing = new HashMap<>();

	private long cluster;

	private Duration clockAhead = Duration.ZERO;

	VirtualEnvironment(VirtualTime time, RandomGenerator random, Post post) {
		this.time = time;
		this.random = random;
		this.post = post;
	}

	/** Returns an environment in which every message is on its way for ever. */
	static VirtualEnvironment lonely() {
		return new VirtualEnvironment(new VirtualTime(), new SplittableRandom(1),
				(to, message, datagram) -> SendResult.SENT);
	}

	VirtualTime time() {
		return this.time;
	}

	/** Returns the members as readers see them. */
	Map<MemberUri, Member> view() {
		return this.view;
	}

	/** Returns all that was published, oldest first. */
	List<MembershipEvent> events() {
		return this.events;
	}

	Counts counts() {
		return this.counts;
	}

	DatagramCodec codec() {
		return this.codec;
	}

	/** Changes how datagrams are sealed, as a change of the key does. */
	void seal(Sealing sealing) {
		this.codec = new DatagramCodec(sealing);
	}

	/** Makes this one of a mesh with another name. */
	void setCluster(long cluster) {
		this.cluster = cluster;
	}

	List<@Nullable MemberUri> foreign() {
		return this.foreign;
	}

	@Override
	public long cluster() {
		return this.cluster;
	}

	@Override
	public void foreign(@Nullable MemberUri peer) {
		this.foreign.add(peer);
	}

	/** Returns whose addresses were doubted, once for each time. */
	List<MemberUri> doubted() {
		return this.doubted;
	}

	@Override
	public void doubtAddress(MemberUri member) {
		this.doubted.add(member);
	}

	/** Returns whose addresses were confirmed by an answer, once for each time. */
	List<MemberUri> confirmed() {
		return this.confirmed;
	}

	@Override
	public void confirmAddress(MemberUri member, Duration roundTrip) {
		this.confirmed.add(member);
	}

	/** Lets the next search for seeds find these and no others. */
	void setSeeds(Collection<MemberUri> found) {
		this.seeds.clear();
		this.seeds.addAll(found);
	}

	/** Returns how often seeds were searched for. */
	int searches() {
		return this.searches;
	}

	@Override
	public void findSeeds(Consumer<Collection<MemberUri>> whenFound) {
		this.searches++;
		this.time.schedule(Duration.ofMillis(1), () -> whenFound.accept(List.copyOf(this.seeds)));
	}

	/** Makes a member known to be where somebody else is looked for. */
	void setAt(MemberUri uri, MemberUri member) {
		this.sharing.put(uri, List.of(member));
	}

	@Override
	public Collection<MemberUri> at(MemberUri uri) {
		return this.sharing.getOrDefault(uri, List.of());
	}

	/** Sets the wall clock fast, or slow if negative. */
	void setClockAhead(Duration clockAhead) {
		this.clockAhead = clockAhead;
	}

	/** Attaches this host to one more network. */
	void addNetwork(MemberUri broadcastAddress) {
		this.broadcastAddresses.add(broadcastAddress);
	}

	@Override
	public long nowMicros() {
		return this.time.micros() + this.clockAhead.toNanos() / 1000;
	}

	@Override
	public long nanoTime() {
		return this.time.nanoTime();
	}

	@Override
	public RandomGenerator random() {
		return this.random;
	}

	@Override
	public SendResult send(MemberUri to, Message message) {
		return this.post.send(to, message, this.codec.encode(message));
	}

	@Override
	public void probeRefusal(MemberUri to, Message message, Runnable onRefused) {
		this.post.probeRefusal(to, message, this.codec.encode(message), onRefused);
	}

	@Override
	public Cancellable schedule(Duration delay, Runnable task) {
		return this.time.schedule(delay, task);
	}

	@Override
	public WireFormat format() {
		return this.codec;
	}

	@Override
	public List<MemberUri> broadcastAddresses(int port) {
		return this.broadcastAddresses;
	}

	@Override
	public void show(Sighting member) {
		this.view.put(member.known().uri(), member.toMember());
	}

	@Override
	public void hide(MemberUri uri) {
		this.view.remove(uri);
	}

	@Override
	public void publish(Supplier<MembershipEvent> event) {
		this.events.add(event.get());
	}

	@Override
	public MembershipObserver observer() {
		return this.counts;
	}

	/** Takes datagrams to wherever they go. */
	@FunctionalInterface
	interface Post {

		SendResult send(MemberUri to, Message message, byte[] datagram);

		/** Sends as well; here nobody refuses. */
		default void probeRefusal(MemberUri to, Message message, byte[] datagram, Runnable onRefused) {
			send(to, message, datagram);
		}

	}

	/** What an observer was told. */
	static final class Counts implements MembershipObserver {

		private final List<Duration> pauses = new ArrayList<>();

		private int multiplier = 1;

		@Override
		public void paused(Duration duration) {
			this.pauses.add(duration);
		}

		@Override
		public void healthChanged(int newMultiplier) {
			this.multiplier = newMultiplier;
		}

		List<Duration> pauses() {
			return this.pauses;
		}

		int multiplier() {
			return this.multiplier;
		}

		private final List<DropReason> dropped = new ArrayList<>();

		private final List<ProbeOutcome> probed = new ArrayList<>();

		private final List<Transition> transitions = new ArrayList<>();

		List<DropReason> dropped() {
			return this.dropped;
		}

		List<ProbeOutcome> probed() {
			return this.probed;
		}

		List<Transition> transitions() {
			return this.transitions;
		}

		@Override
		public void dropped(DropReason reason) {
			this.dropped.add(reason);
		}

		@Override
		public void probed(ProbeOutcome outcome, Duration elapsed) {
			this.probed.add(outcome);
		}

		@Override
		public void statusChanged(@Nullable MemberStatus from, MemberStatus to) {
			this.transitions.add(new Transition(from, to));
		}

	}

	/** A change of some member's status. */
	record Transition(@Nullable MemberStatus from, MemberStatus to) {

	}

}
