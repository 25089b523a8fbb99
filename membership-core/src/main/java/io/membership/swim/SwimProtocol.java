package io.membership.swim;

import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.InvalidOptionException;
import io.membership.InvalidPayloadException;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import io.membership.ProbeResult;
import org.jspecify.annotations.Nullable;

/**
 * One node's side of the protocol: the SWIM failure detector with suspicion (Das, Gupta
 * and Motivala, 2002), dissemination by piggyback and anti-entropy, as the reference
 * speaks it. Reads like a table of contents; each chapter is a class of its own.
 * <p>
 * A state machine that is owned by one thread. Datagrams, timers and wishes of the
 * application are calls; everything it does goes through its {@link Environment}.
 */
public final class SwimProtocol {

	/** The result of probes that a node cannot make because it does not run. */
	public static final ProbeResult NOT_RUNNING = new ProbeResult.NotSent("this node is not running");

	private final MemberTable table;

	private final Dissemination dissemination;

	private final Peers peers;

	private final Identity identity;

	private final DuplicateUri duplicate;

	private final Gossip gossip;

	private final SelfDescription self;

	private final Probes probes;

	private final FailureDetector detector;

	private final AntiEntropy antiEntropy;

	private final RangeExchange ranges;

	private final ProbeExchange exchange;

	private final Inbox inbox;

	private final Departure departure;

	private final GossipRounds rounds;

	private final Forgetting forgetting;

	private final Arrival arrival;

	private MembershipOptions options;

	private boolean running;

	/**
	 * Creates a protocol that has not begun.
	 * @param environment the world
	 * @param options the options to begin with
	 * @param self this node's advertised URI
	 */
	public SwimProtocol(Environment environment, MembershipOptions options, MemberUri self) {
		this.options = options;
		LocalHealth health = new LocalHealth(environment, this::options);
		this.table = new MemberTable(environment, self);
		this.dissemination = new Dissemination(this::options, this.table);
		this.peers = new Peers(environment, this::options, this.table);
		this.identity = new Identity(environment, this::options, this.table);
		this.duplicate = new DuplicateUri(environment, this::options, this.table, this.peers.bootId());
		this.gossip = new Gossip(this.table, this.dissemination, health, this.peers, this.identity, this.duplicate);
		this.arrival = new Arrival(environment, this::options, this.table, this::greet, this::broadcast);
		this.table.admission().goBy(this::options, this.arrival::isSeed, this::reconsiderAbilities);
		this.forgetting = new Forgetting(environment, this::options, this.table, this.gossip, this.arrival::isSeed,
				this::greet);
		this.self = new SelfDescription(environment, this::options, this.table, this.gossip);
		this.departure = new Departure(environment, this.table, this.gossip);
		Messenger messenger = new Messenger(environment, this::options, this.table, this.dissemination, this.peers);
		Awakening awakening = new Awakening(environment, this::options, this.table, this.dissemination, health,
				this::greet);
		this.rounds = new GossipRounds(environment, this::options, this.table, this.dissemination, messenger,
				this.peers, awakening);
		this.dissemination.whenAdded(this.rounds::wake);
		this.probes = new Probes(environment, this.peers);
		Agreement agreement = new Agreement(this.table, this.peers);
		Reconciliation reconciliation = new Reconciliation(environment, this::options, this.table, agreement);
		this.ranges = new RangeExchange(environment, this::options, this.table, this.gossip, this.self, reconciliation);
		ShortForm shortForm = new ShortForm(environment, this::options, this.table, messenger, this.probes, this.peers,
				agreement);
		Deadlines deadlines = new Deadlines(environment, this::options, this.table, health);
		deadlines.whenArriving(awakening::check);
		this.detector = new FailureDetector(environment, this::options, this.table, this.gossip, messenger, shortForm,
				this.probes, health, this.peers, deadlines, this.arrival);
		this.antiEntropy = new AntiEntropy(environment, this::options, this.table, this.gossip, this.peers);
		this.exchange = new ProbeExchange(environment, this::options, this.table, messenger, this.probes, health,
				this.peers, agreement, reconciliation, deadlines);
		this.inbox = new Inbox(environment, this.table, this.gossip, this.peers, this.detector, this.exchange,
				shortForm, this.antiEntropy, this.ranges, this.duplicate, awakening);
	}

	/**
	 * Takes in what this node knew of others before it begins, so that nobody else needs
	 * to be told of it.
	 * @param members the others
	 */
	public void remember(Collection<Rumor> members) {
		members.forEach((member) -> this.table.adopt(member, Evidence.own(Cause.STARTED)));
	}

	/**
	 * Appears in the mesh: answers others, but asks nobody yet.
	 * @param incarnation the lowest incarnation to begin with, 1 for the first time
	 * @param payload what this node says about itself
	 */
	public void appear(long incarnation, Payload payload) {
		this.self.appear(this.table.selfUri(), this.identity.first(incarnation), payload);
		this.running = true;
	}

	/** Begins with the protocol periods, now, after it has appeared. */
	public void begin() {
		this.ranges.stop();
		this.detector.begin();
		this.antiEntropy.begin();
		this.rounds.begin();
		this.forgetting.begin();
	}

	/**
	 * Greets others now, and again for ever those of them that are not alive.
	 * @param seeds whom to greet
	 * @param broadcastPort the UDP port to broadcast to as well, or 0
	 */
	public void join(Collection<MemberUri> seeds, int broadcastPort) {
		this.arrival.join(seeds, broadcastPort);
	}

	/**
	 * Greets some of those whom this node knew before it stopped, now and again until it
	 * has found somebody.
	 * @param contacts whom it knew
	 */
	public void rejoin(Collection<MemberUri> contacts) {
		this.arrival.rejoin(contacts);
	}

	/**
	 * Pings somebody and does not wait for the answer.
	 * @param uri whom
	 */
	public void greet(MemberUri uri) {
		probe(uri, (result) -> {
		});
	}

	/**
	 * Tells all alive members that this node leaves, and falls silent. The protocol
	 * cannot be used any more.
	 */
	public void leave() {
		this.departure.leave();
		stop();
	}

	/** Falls silent without a word. The protocol cannot be used any more. */
	public void stop() {
		this.running = false;
		this.detector.stop();
		this.arrival.stop();
		this.antiEntropy.stop();
		this.ranges.stop();
		this.rounds.stop();
		this.forgetting.stop();
		this.exchange.stop();
		this.probes.abandon();
	}

	/**
	 * Appears under another URI. The old one stays a member until it fails a probe.
	 * @param uri the new URI
	 */
	public void moveTo(MemberUri uri) {
		if (this.table.isSelf(uri)) {
			return;
		}
		Payload payload = this.self.payload();
		Rumor known = this.table.opinionOf(uri);
		this.table.renameSelf(uri);
		this.self.appear(uri, this.identity.first((known != null) ? known.incarnation() + 1 : 1), payload);
		begin();
	}

	// Datagrams

	/**
	 * Takes in a message.
	 * @param message the message
	 */
	public void receive(Message message) {
		if (this.running) {
			this.inbox.receive(message);
		}
	}

	/**
	 * Takes in that a datagram from a member's address could not be read. That means
	 * something only if the member is dead: it lives, with another key.
	 * @param uri the member
	 */
	public void receiveUnreadable(MemberUri uri) {
		this.inbox.receiveUnreadable(uri);
	}

	/**
	 * Takes in that messages to somebody could not be sent after all.
	 * @param to the recipient
	 * @param why the reason
	 */
	public void undeliverable(MemberUri to, SendResult why) {
		this.probes.of(to).forEach((probe) -> this.detector.undeliverable(probe, why));
	}

	// Wishes of the application

	/**
	 * Adds a member without asking it, or revives one that left.
	 * @param uri the member
	 */
	public void addMember(MemberUri uri) {
		this.gossip.add(uri);
	}

	/**
	 * Pings a URI once.
	 * @param uri whom
	 * @param whenDone receives the result, once
	 */
	public void probe(MemberUri uri, Consumer<ProbeResult> whenDone) {
		if (!this.running) {
			whenDone.accept(NOT_RUNNING);
			return;
		}
		this.exchange.probe(uri, whenDone);
	}

	/**
	 * Greets whoever listens on a port of the networks around.
	 * @param port the UDP port
	 * @return to how many networks the greeting went
	 */
	public int broadcast(int port) {
		return this.exchange.broadcast(port);
	}

	/**
	 * Changes entries of this node's payload.
	 * @param changes the new values by name, where {@code null} removes an entry
	 * @throws InvalidPayloadException if a value cannot be encoded or the payload would
	 * be too large; nothing is changed then
	 */
	public void setPayload(Map<String, ? extends @Nullable Object> changes) {
		this.self.set(changes);
	}

	/**
	 * Takes in that datagrams are encrypted in another way.
	 * @throws InvalidPayloadException if this node's payload would not fit any more
	 */
	public void encryptionChanged() {
		this.self.checkFits(payload());
		reconsiderAbilities();
	}

	/**
	 * Checks that the payload of a node that has not begun fits a datagram.
	 * @param payload the payload
	 * @param self the node's URI; if its port is not known yet, the longest one counts
	 * @param format the encoding
	 * @param options the options
	 * @throws InvalidPayloadException if it does not
	 */
	public static void checkFits(Payload payload, MemberUri self, WireFormat format, MembershipOptions options) {
		SelfDescription.checkFits(payload, self, format, options);
	}

	/**
	 * Announces in the name of a member that it left.
	 * @param uri the member
	 * @return whether there was such a member other than this node that had not left
	 */
	public boolean markLeft(MemberUri uri) {
		return this.departure.markLeft(uri);
	}

	/**
	 * Forgets a member; this node itself stays.
	 * @param uri the member
	 */
	public void removeMember(MemberUri uri) {
		this.table.tombstones().remove(uri);
		this.gossip.forget(uri, Evidence.own(Cause.REQUESTED));
	}

	/**
	 * Restricts the members.
	 * @param uris the allowed ones; empty: all
	 */
	public void setAllowedMembers(Collection<MemberUri> uris) {
		this.gossip.allow(uris);
		reconsiderAbilities();
	}

	/** Ends what this node cannot do any more, and tells the others. */
	private void reconsiderAbilities() {
		if (this.running) {
			if (!this.peers.has(Ability.VIEW_DIGEST)) {
				this.ranges.stop();
			}
			this.self.refresh(this.peers.ownSupplement());
		}
	}

	/**
	 * Changes the options, with effect from the next step.
	 * @param options the new options
	 * @throws InvalidOptionException if this node's payload would not fit any more
	 */
	public void setOptions(MembershipOptions options) {
		MembershipOptions before = this.options;
		this.options = options;
		try {
			this.self.checkFits(payload());
		}
		catch (InvalidPayloadException ex) {
			this.options = before;
			throw new InvalidOptionException("maxPacketSize", options.maxPacketSize(), "use more: " + ex.getMessage());
		}
		if (options.extensions().isEmpty()) {
			this.table.forgetSupplements();
			this.dissemination.forgetSupplements();
		}
		this.detector.optionsChanged();
		this.table.admission().reconsider(this.table.size());
		reconsiderAbilities();
		this.rounds.wake();
		this.forgetting.begin();
	}

	/**
	 * Returns the options in use.
	 * @return the options
	 */
	public MembershipOptions options() {
		return this.options;
	}

	/**
	 * Returns this node's payload.
	 * @return the payload
	 */
	public Payload payload() {
		return this.self.payload();
	}

	/**
	 * Returns what this node tells of itself beyond the reference.
	 * @return the supplement of rumors about itself
	 */
	public Supplement supplement() {
		return this.peers.ownSupplement();
	}

	Peers peers() {
		return this.peers;
	}

	Suspicions suspicions() {
		return this.table.suspicions();
	}

	/**
	 * Returns how the protocol is doing.
	 * @return the state at this moment
	 */
	public ProtocolState state() {
		return new ProtocolState(this.detector.periodBegunNanos(), this.detector.periodNanos(),
				this.dissemination.size(), this.table.tombstones().size(), this.duplicate.isFound());
	}

}
