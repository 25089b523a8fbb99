package io.membership;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.membership.net.AddressBook;
import io.membership.net.DatagramPort;
import io.membership.net.Gate;
import io.membership.net.Platform;
import io.membership.net.ProtocolThread;
import io.membership.net.RefusalDetector;
import io.membership.net.SeedFinder;
import io.membership.swim.Cancellable;
import io.membership.swim.Environment;
import io.membership.swim.Message;
import io.membership.swim.SendResult;
import io.membership.swim.Sighting;
import io.membership.swim.ProtocolState;
import io.membership.swim.SwimProtocol;
import io.membership.swim.WireFormat;
import io.membership.wire.DatagramCodec;
import io.membership.wire.Decoded;
import io.membership.wire.SealingContext;
import io.membership.wire.Senders;
import org.jspecify.annotations.Nullable;

/**
 * One run of a node, from its start to its end: the protocol, the encoding and the socket
 * put together, and the thread that owns all of them.
 */
final class MembershipNode implements Environment {

	/** How many datagrams are read before other sockets get their turn. */
	private static final int DATAGRAMS_PER_TURN = 256;

	/** Half of the time that leaving may take in all. */
	private static final Duration GOODBYE_PATIENCE = Duration.ofSeconds(1);

	private final Platform platform;

	private final MemberView view;

	private final EventDispatcher dispatcher;

	private final MembershipObserver observer;

	private final Failures failures;

	private final ProtocolThread loop;

	private final AddressBook addresses;

	private final SeedFinder seeds;

	private final RefusalDetector refusalProbes;

	private final Gate gate;

	private final DropLog drops;

	private final LostDatagrams lost;

	private final Outbox outbox;

	private final SwimProtocol protocol;

	private final RandomGenerator random;

	private volatile DatagramPort socket;

	private final SealingContext sealing;

	private final ForeignPeers foreignPeers;

	private Encryption encryption;

	private DatagramCodec codec;

	private volatile ProtocolState state;

	/** Prepares a run; nothing happens until {@link #start()}. */
	MembershipNode(Platform platform, DatagramPort socket, MemberUri self, MembershipOptions options,
			Encryption encryption, String clusterName, Seeds seeds, MemberView view, EventDispatcher dispatcher,
			MembershipObserver observer, Failures failures) {
		this.platform = platform;
		this.random = platform.createRandom();
		this.state = new ProtocolState(platform.nanoTime(), 0, 0, 0, false);
		this.view = view;
		this.dispatcher = dispatcher;
		this.observer = observer;
		this.failures = failures;
		this.socket = socket;
		this.sealing = new SealingContext(clusterName, () -> view.self().uri(), new SecureRandom(), new Senders());
		this.encryption = encryption;
		this.codec = DatagramCodec.of(encryption, this.sealing);
		this.foreignPeers = new ForeignPeers(clusterName, observer);
		String threads = "membership-" + self.port();
		this.loop = platform.createProtocolThread(threads + "-protocol", this::publishState, this::unexpected);
		this.addresses = new AddressBook(threads + "-resolver", this.loop, platform.names(), failures::report);
		this.seeds = new SeedFinder(threads + "-seeds", this.loop, platform.names(), seeds.names(), seeds.providers(),
				observer::seedsFailed, failures::report);
		this.refusalProbes = this.loop.createRefusalDetector();
		this.protocol = new SwimProtocol(this, options, self);
		this.drops = new DropLog(observer);
		this.gate = new Gate(platform::nanoTime, () -> this.protocol.options().maxDatagramsPerSource(), this::isOwn);
		this.lost = new LostDatagrams(() -> this.protocol.options().maxPacketSize(), platform::nanoTime,
				view::contains);
		this.outbox = new Outbox(socket, this.addresses, this.refusalProbes, observer, this.lost, this.gate,
				view::isAlive, this.protocol::undeliverable);
		listen(socket);
	}

	/** Returns the encoding and the sizes of a node that does not run. */
	static WireFormat format(Encryption encryption) {
		MemberUri anybody = MemberUri.of("localhost", 0);
		return DatagramCodec.of(encryption, new SealingContext("", () -> anybody, new SecureRandom(), new Senders()));
	}

	/** Starts the thread. */
	void start() {
		this.loop.start();
	}

	/** Runs something on the protocol's thread and waits for it. */
	<T extends @Nullable Object> T call(Function<SwimProtocol, T> task) {
		return this.loop.call(() -> task.apply(this.protocol));
	}

	/** Runs something on the protocol's thread, some time. */
	void execute(Consumer<SwimProtocol> task) {
		this.loop.execute(() -> task.accept(this.protocol));
	}

	/**
	 * Waits for goodbyes to members whose names are still being looked up because this
	 * node never spoke to them, but not for ever.
	 */
	void awaitGoodbyes() {
		CompletableFuture<Void> goodbyes = call((running) -> this.outbox.goodbyes());
		goodbyes.completeOnTimeout(null, GOODBYE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
	}

	/** Ends the thread and frees the port. */
	void close() {
		this.loop.close();
		this.refusalProbes.close();
		this.seeds.close();
		this.addresses.close();
		this.socket.close();
	}

	/** Changes the encryption; to be called on the protocol's thread. */
	void setEncryption(Encryption changed) {
		Encryption before = this.encryption;
		DatagramCodec codecBefore = this.codec;
		this.encryption = changed;
		this.codec = DatagramCodec.of(changed, this.sealing);
		try {
			this.protocol.encryptionChanged();
		}
		catch (InvalidPayloadException ex) {
			this.encryption = before;
			this.codec = codecBefore;
			throw ex;
		}
	}

	/**
	 * Restricts the networks; to be called before the start or on the protocol's thread.
	 */
	void setAllowedNetworks(Collection<CidrBlock> networks) {
		this.gate.open(networks);
	}

	/**
	 * Listens on another socket, if it is another; to be called on the protocol's thread.
	 */
	void listenOn(DatagramPort replacement) {
		DatagramPort old = this.socket;
		if (replacement != old) {
			listen(replacement);
			this.socket = replacement;
			this.outbox.sendFrom(replacement);
			this.loop.close(old);
		}
	}

	DatagramPort socket() {
		return this.socket;
	}

	/** Returns how this run is doing. May be called by any thread. */
	MembershipState state(int eventBacklog) {
		ProtocolState last = this.state;
		return new MembershipState(true, this.socket.localAddress(),
				Duration.ofNanos(this.platform.nanoTime() - last.periodBegunNanos()),
				Duration.ofNanos(last.periodNanos()), last.pendingRumors(), eventBacklog, last.tombstones(),
				last.duplicateUri(), this.failures.count());
	}

	private void publishState() {
		this.state = this.protocol.state();
	}

	private void unexpected(Throwable error) {
		this.failures.report("the protocol", error);
	}

	// Receiving

	private void listen(DatagramPort listening) {
		this.loop.register(listening, () -> {
			int received = 0;
			while (received < DATAGRAMS_PER_TURN && listening.receive(this::receiveGuarded)) {
				received++;
			}
		});
	}

	/** Whatever is wrong with a datagram, the next one is read. */
	private void receiveGuarded(byte[] buffer, int length, InetSocketAddress from) {
		try {
			receive(buffer, length, from);
		}
		catch (Throwable ex) {
			this.gate.failed(from);
			this.failures.report("the reading of a datagram of " + length + " bytes from " + from, ex);
		}
	}

	private void receive(byte[] buffer, int length, InetSocketAddress from) {
		this.observer.receivedBytes(length);
		DropReason refusal = this.gate.refusal(from);
		if (refusal != null) {
			this.drops.dropped(refusal, from);
			return;
		}
		boolean fits = length <= this.protocol.options().maxPacketSize();
		Decoded decoded = fits ? this.codec.decode(buffer, length) : new Decoded.Dropped(DropReason.OVERSIZED);
		if (decoded instanceof Decoded.Dropped dropped) {
			drop(dropped, from);
		}
		else if (decoded instanceof Decoded.Understood understood) {
			this.gate.understood(from);
			this.observer.received(understood.message().type());
			this.lost.received(understood.message());
			for (int i = 0; i < understood.badEvents(); i++) {
				this.observer.dropped(DropReason.BAD_EVENT);
			}
			this.protocol.receive(understood.message());
		}
	}

	/** Whether a datagram is one of this node's own, which it needs to hear. */
	private boolean isOwn(InetSocketAddress from) {
		return from.equals(this.socket.localAddress()) || from.equals(this.addresses.known(this.view.self().uri()));
	}

	private void drop(Decoded.Dropped dropped, InetSocketAddress from) {
		this.gate.failed(from);
		if (dropped.reason() == DropReason.OTHER_CLUSTER) {
			foreign(dropped.sender());
			return;
		}
		this.drops.dropped(dropped.reason(), from);
		if (dropped.isUnreadable()) {
			this.addresses.allAt(from).forEach(this.protocol::receiveUnreadable);
		}
	}

	// The environment of the protocol

	@Override
	public SendResult send(MemberUri to, Message message) {
		byte[] datagram = this.codec.encode(message, recipient(to));
		if (datagram.length > this.protocol.options().maxPacketSize()) {
			this.observer.dropped(DropReason.TOO_LARGE);
			return SendResult.TOO_LARGE;
		}
		return this.outbox.send(to, message, datagram);
	}

	@Override
	public void probeRefusal(MemberUri to, Message message, Runnable onRefused) {
		byte[] datagram = this.codec.encode(message, recipient(to));
		if (datagram.length <= this.protocol.options().maxPacketSize()) {
			this.outbox.probeRefusal(to, message, datagram, onRefused);
		}
	}

	@Override
	public void doubtAddress(MemberUri member) {
		this.addresses.doubt(member);
	}

	@Override
	public void confirmAddress(MemberUri member, Duration roundTrip) {
		this.addresses.answered(member, roundTrip);
	}

	@Override
	public Collection<MemberUri> at(MemberUri uri) {
		return this.addresses.sharing(uri);
	}

	@Override
	public void findSeeds(Consumer<Collection<MemberUri>> whenFound) {
		this.seeds.find(whenFound);
	}

	/** Returns whom only a datagram is for: a seed may be known by another URI. */
	private @Nullable MemberUri recipient(MemberUri to) {
		return this.view.contains(to) ? to : null;
	}

	@Override
	public long nowMicros() {
		return this.platform.wallMicros();
	}

	@Override
	public long nanoTime() {
		return this.platform.nanoTime();
	}

	@Override
	public long cluster() {
		return this.sealing.cluster();
	}

	@Override
	public List<Integer> keys() {
		return this.encryption.fingerprints();
	}

	@Override
	public void foreign(@Nullable MemberUri peer) {
		this.foreignPeers.heard(peer);
	}

	@Override
	public RandomGenerator random() {
		return this.random;
	}

	@Override
	public Cancellable schedule(Duration delay, Runnable task) {
		return this.loop.schedule(delay, task);
	}

	@Override
	public WireFormat format() {
		return this.codec;
	}

	@Override
	public List<MemberUri> broadcastAddresses(int port) {
		return this.platform.broadcastAddresses()
			.stream()
			.map((address) -> MemberUri.of(new InetSocketAddress(address, port)))
			.toList();
	}

	@Override
	public void show(Sighting member) {
		this.view.put(member);
	}

	@Override
	public void hide(MemberUri uri) {
		this.view.remove(uri);
		this.addresses.forget(uri);
		this.lost.forget(uri);
	}

	@Override
	public void publish(Supplier<MembershipEvent> event) {
		this.dispatcher.publish(event.get());
	}

	@Override
	public MembershipObserver observer() {
		return this.observer;
	}

}
