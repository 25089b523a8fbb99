package io.membership.spring.boot.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipBuilder;
import io.membership.test.VirtualHost;
import io.membership.test.VirtualNetwork;
import org.jspecify.annotations.Nullable;

/**
 * The mesh in memory to which the application under test belongs, as a bean of tests with
 * {@link AutoConfigureTestMembership}.
 * <p>
 * All members are the real engine, so statuses, evidence, incarnations, events and their
 * order are those of a real mesh, but the network is in memory and time is virtual. It
 * passes only in the methods of this class and of {@link TestPeer}, and while the
 * application waits for a probe; a method that lets something happen returns when the
 * application knows of it and its listeners have been called. So tests need neither wait
 * nor sleep, and always go the same way.
 * <p>
 * Each test method begins with nobody but the application: after it all members are
 * removed from the application's view, which its listeners are told of, its payload is
 * what it was before, and a node that the test stopped is started. Not thread-safe: test
 * methods that share a context run one after the other.
 */
public final class TestMesh {

	/** The host of the application. */
	static final String APPLICATION = "app";

	/** Virtual time, of which there is enough. */
	private static final Duration LIMIT = Duration.ofMinutes(10);

	private static final int PERIODS = 100;

	/** Steps in which time passes where listeners may have a say in what happens next. */
	private static final Duration STEP = Duration.ofMillis(100);

	/** Real time, which listeners take. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final VirtualNetwork network;

	private final VirtualHost host;

	private final Membership application;

	private final String clusterName;

	private final Map<MemberUri, TestPeer> peers = new LinkedHashMap<>();

	private Map<String, Object> payloadBefore = Map.of();

	private boolean wasRunning;

	TestMesh(VirtualNetwork network, VirtualHost host, Membership application, String clusterName) {
		this.network = network;
		this.host = host;
		this.application = application;
		this.clusterName = clusterName;
	}

	/**
	 * Returns the URI of the application.
	 * @return the URI, {@code app:3301} unless configured
	 */
	public MemberUri applicationUri() {
		return this.application.myself().uri();
	}

	// Members

	/**
	 * Lets a new process join that says nothing of itself, see
	 * {@link #addPeer(String, Map)}.
	 * @param uri its URI
	 * @return the member
	 */
	public TestPeer addPeer(String uri) {
		return addPeer(uri, Map.of());
	}

	/**
	 * Lets a new process join, which has the application's options, key and cluster name,
	 * until all members know each other. It may be the successor of one that has ended.
	 * @param uri its URI, with a host name or an address of any kind
	 * @param payload what it says of itself, see {@link Membership#setPayload(Map)}
	 * @return the member
	 * @throws IllegalArgumentException if the URI is malformed
	 * @throws IllegalStateException if a process with this URI runs already
	 * @throws AssertionError if it is not let in
	 */
	public TestPeer addPeer(String uri, Map<String, ? extends @Nullable Object> payload) {
		MemberUri parsed = MemberUri.parse(uri);
		TestPeer before = this.peers.get(parsed);
		if ((before != null && before.isRunning()) || parsed.equals(applicationUri())) {
			throw new IllegalStateException(uri + " runs already");
		}
		VirtualHost peerHost = this.network.host(parsed.host());
		MembershipBuilder builder = Membership.builder()
			.platform(peerHost)
			.advertise(parsed.host(), parsed.port())
			.options(this.application.options())
			.encryption(this.application.encryption())
			.clusterName(this.clusterName)
			.seeds(applicationUri());
		payload.forEach(builder::payload);
		TestPeer peer = new TestPeer(this, peerHost, builder.start());
		this.peers.put(parsed, peer);
		await(uri + " and all other members know each other", () -> isKnownToAll(peer));
		return peer;
	}

	/**
	 * Returns a member.
	 * @param uri its URI
	 * @return the member, running or not
	 * @throws IllegalArgumentException if none with this URI was added
	 */
	public TestPeer peer(String uri) {
		TestPeer peer = this.peers.get(MemberUri.parse(uri));
		if (peer == null) {
			throw new IllegalArgumentException(uri + " was not added; there are " + this.peers.keySet());
		}
		return peer;
	}

	/**
	 * Lets the application suspect a member, see {@link TestPeer#suspect()}.
	 * @param uri the member's URI
	 */
	public void suspect(String uri) {
		peer(uri).suspect();
	}

	/**
	 * Kills a member, see {@link TestPeer#kill()}.
	 * @param uri the member's URI
	 */
	public void kill(String uri) {
		peer(uri).kill();
	}

	/**
	 * Lets a member leave, see {@link TestPeer#leave()}.
	 * @param uri the member's URI
	 */
	public void leave(String uri) {
		peer(uri).leave();
	}

	/**
	 * Separates members from the application and all others until the application takes
	 * them for dead; they still reach each other, and live on.
	 * @param uris the members' URIs
	 * @throws AssertionError if the application does not come to take them for dead
	 */
	public void partition(String... uris) {
		List<TestPeer> island = Stream.of(uris).map(this::peer).toList();
		this.network.isolate(island.stream().map(TestPeer::host).toList());
		await(island + " are dead for the application",
				() -> island.stream().allMatch((peer) -> status(peer.uri()) == MemberStatus.DEAD));
	}

	/**
	 * Ends all partitions, until all members that run know each other again.
	 * @throws AssertionError if they do not find each other
	 */
	public void heal() {
		this.network.heal();
		await("all members know each other",
				() -> this.peers.values().stream().filter(TestPeer::isActive).allMatch(this::isKnownToAll));
	}

	// Time

	/**
	 * Lets time pass.
	 * @param duration how much virtual time
	 */
	public void run(Duration duration) {
		Duration end = this.network.elapsed().plus(duration);
		awaitListeners();
		for (Duration left = duration; left.compareTo(Duration.ZERO) > 0; left = end.minus(this.network.elapsed())) {
			this.network.run((left.compareTo(STEP) < 0) ? left : STEP);
			awaitListeners();
		}
	}

	/**
	 * Lets time pass until something is the case, which the application itself may bring
	 * about.
	 * @param condition what; asked every 100 ms of virtual time, when all listeners have
	 * been called
	 * @throws AssertionError if it is not the case for very long
	 */
	public void runUntil(BooleanSupplier condition) {
		Duration end = this.network.elapsed().plus(limit());
		awaitListeners();
		while (!condition.getAsBoolean()) {
			if (this.network.elapsed().compareTo(end) > 0) {
				throw failure("the condition holds");
			}
			run(STEP);
		}
	}

	/** Lets time pass until the members believe something, then calls listeners. */
	void await(String expectation, BooleanSupplier condition) {
		awaitListeners();
		if (!this.network.runUntil(condition, limit())) {
			throw failure(expectation);
		}
		awaitListeners();
	}

	private Duration limit() {
		Duration periods = this.application.options().protocolPeriod().multipliedBy(PERIODS);
		return (periods.compareTo(LIMIT) > 0) ? periods : LIMIT;
	}

	private void awaitListeners() {
		if (!this.host.awaitListeners(PATIENCE)) {
			throw new AssertionError("A listener of membership events takes longer than " + PATIENCE);
		}
	}

	private AssertionError failure(String expectation) {
		return new AssertionError("Not within " + limit() + " of virtual time: " + expectation
				+ ". The application knows:\n" + String.join("\n", describe(this.application.members().values())));
	}

	private static List<String> describe(Iterable<Member> members) {
		List<String> lines = new ArrayList<>();
		members.forEach((member) -> lines.add("  " + member.uri() + " is " + member.status()
				+ ((member.evidence() != null) ? ": " + member.evidence() : "")));
		return lines;
	}

	// Beliefs

	@Nullable MemberStatus status(MemberUri uri) {
		return this.application.member(uri).map(Member::status).orElse(null);
	}

	boolean knowsPayload(TestPeer peer) {
		Map<String, Object> said = peer.membership().myself().payload();
		return this.application.member(peer.uri()).filter((known) -> known.payload().equals(said)).isPresent();
	}

	private boolean isKnownToAll(TestPeer peer) {
		return status(peer.uri()) == MemberStatus.ALIVE && knowsPayload(peer) && peer.seesAlive(applicationUri())
				&& this.peers.values()
					.stream()
					.filter(TestPeer::isActive)
					.allMatch((other) -> other.seesAlive(peer.uri()) && peer.seesAlive(other.uri()));
	}

	// Before and after each test method

	/** Remembers how the application is. */
	void begin() {
		awaitListeners();
		this.payloadBefore = this.application.myself().payload();
		this.wasRunning = this.application.state().running();
	}

	/** Makes the application what it was, and lonely. */
	void reset() {
		this.peers.values().forEach(TestPeer::vanish);
		this.peers.clear();
		this.network.loseDatagrams();
		this.network.heal();
		if (this.wasRunning) {
			this.application.start();
		}
		MemberUri self = applicationUri();
		this.application.members()
			.keySet()
			.stream()
			.filter((uri) -> !uri.equals(self))
			.forEach(this.application::removeMember);
		this.application.setPayload(payloadChangesBack());
		awaitListeners();
	}

	private Map<String, @Nullable Object> payloadChangesBack() {
		Map<String, @Nullable Object> changes = new HashMap<>();
		this.application.myself().payload().keySet().forEach((key) -> changes.put(key, null));
		changes.putAll(this.payloadBefore);
		return changes;
	}

}
