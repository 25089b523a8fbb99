package io.membership;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.membership.net.DatagramPort;
import io.membership.net.NodeAddress;
import io.membership.net.Platform;
import io.membership.net.SelfCheck;
import io.membership.swim.Payload;
import io.membership.swim.SwimProtocol;
import org.jspecify.annotations.Nullable;

/**
 * A node over all its runs. While it runs, wishes go to the run; while it does not, they
 * are kept for the next one.
 */
final class MembershipFacade implements Membership {

	/** How long closing waits for listeners. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final ReentrantLock lock = new ReentrantLock();

	private final Platform platform;

	private final NodeAddress address;

	private final Seeds seeds;

	private final MembershipObserver observer;

	private final Failures failures;

	private final EventDispatcher dispatcher;

	private final MemberView view;

	private final NextRun nextRun;

	private final String clusterName;

	private final SnapshotKeeper snapshots;

	private volatile MembershipOptions options;

	private volatile Encryption encryption;

	private volatile Set<CidrBlock> allowedNetworks;

	private volatile @Nullable MembershipNode node;

	MembershipFacade(MembershipBuilder builder) {
		this.platform = builder.platform;
		this.address = builder.address();
		this.seeds = builder.seeds();
		this.failures = new Failures(builder.observer::protocolFailed);
		this.observer = new GuardedObserver(builder.observer, this.failures);
		this.dispatcher = new EventDispatcher(this.observer, this.failures, this.platform::createEventThread);
		this.options = builder.options;
		this.encryption = builder.encryption;
		this.clusterName = builder.clusterName;
		this.allowedNetworks = Set.copyOf(builder.allowedNetworks);
		this.nextRun = new NextRun(MembershipNode.format(this.encryption).emptyPayload(),
				Set.copyOf(builder.allowedMembers));
		this.view = new MemberView(this.nextRun.stopped(this.address.expectedUri()));
		this.snapshots = new SnapshotKeeper(builder.snapshotFile, this.failures);
		setPayload(builder.payload);
		builder.listeners.forEach(this::subscribe);
	}

	// Life

	@Override
	public void start() {
		locked(() -> {
			if (this.node == null) {
				startNode();
			}
			return true;
		});
	}

	private void startNode() {
		DatagramPort socket = this.address.bind();
		MembershipNode starting = null;
		try {
			MemberUri self = this.address.boundUri();
			new SelfCheck(this.platform).requireReachable(self, this.seeds.listed());
			starting = new MembershipNode(this.platform, socket, self, this.options, this.encryption, this.clusterName,
					this.seeds, this.view, this.dispatcher, this.observer, this.failures);
			starting.setAllowedNetworks(this.allowedNetworks);
			this.nextRun.recall(this.snapshots, self);
			this.dispatcher.start("membership-" + self.port() + "-events");
			this.view.keepOnly(this.nextRun.stopped(self));
			starting.start();
			this.node = starting;
			starting.call(this::begin);
			this.snapshots.start("membership-" + self.port() + "-snapshot", () -> this.nextRun.snapshot(this.view));
		}
		catch (RuntimeException ex) {
			this.node = null;
			if (starting != null) {
				starting.close();
			}
			socket.close();
			this.dispatcher.stop(PATIENCE);
			throw ex;
		}
	}

	private boolean begin(SwimProtocol protocol) {
		this.nextRun.begin(protocol);
		protocol.join(this.seeds.members(), this.seeds.broadcastPort());
		return true;
	}

	@Override
	public boolean leave() {
		return stopNode(SwimProtocol::leave, true);
	}

	@Override
	public void close() {
		end(SwimProtocol::leave, true);
	}

	@Override
	public void crash() {
		end(SwimProtocol::stop, false);
	}

	/**
	 * Only the waiting is done without the lock: a start meanwhile needs a dispatcher.
	 */
	private void end(Consumer<SwimProtocol> goodbye, boolean orderly) {
		locked(() -> {
			stopNode(goodbye, orderly);
			return this.dispatcher.release();
		}).await(PATIENCE);
	}

	private boolean stopNode(Consumer<SwimProtocol> goodbye, boolean orderly) {
		return locked(() -> {
			MembershipNode running = this.node;
			if (running == null) {
				return false;
			}
			Snapshot last = this.nextRun.snapshot(this.view);
			this.nextRun.rememberContacts(last);
			this.snapshots.release(orderly ? last : null);
			running.call((protocol) -> {
				this.nextRun.setPayload(protocol.payload());
				goodbye.accept(protocol);
				return true;
			});
			running.awaitGoodbyes();
			this.node = null;
			running.close();
			this.snapshots.await();
			this.nextRun.rememberIncarnation(this.view);
			this.view.keepOnly(this.nextRun.stopped(this.view.self().uri()));
			return true;
		});
	}

	@Override
	public void reinit(String host, int port) {
		MemberUri wish = MemberUri.of(host, port);
		locked(() -> {
			MembershipNode running = this.node;
			if (running != null) {
				return running.call((protocol) -> move(wish, running, protocol));
			}
			this.address.moveTo(wish, null);
			this.view.keepOnly(this.nextRun.stopped(this.address.expectedUri()));
			return true;
		});
	}

	private boolean move(MemberUri wish, MembershipNode running, SwimProtocol protocol) {
		SwimProtocol.checkFits(protocol.payload(), wish, running.format(), this.options);
		DatagramPort socket = this.address.moveTo(wish, running.socket());
		if (socket != null) {
			running.listenOn(socket);
		}
		MemberUri self = this.address.boundUri();
		this.view.renameSelf(self);
		protocol.moveTo(self);
		return true;
	}

	// Queries

	@Override
	public Member myself() {
		return this.view.self();
	}

	@Override
	public Optional<Member> member(MemberUri uri) {
		return Optional.ofNullable(this.view.get(uri));
	}

	@Override
	public Map<MemberUri, Member> members() {
		return this.view.snapshot();
	}

	@Override
	public Map<MemberUri, List<String>> keyFingerprints() {
		return this.view.keyFingerprints();
	}

	@Override
	public Encryption encryption() {
		return this.encryption;
	}

	@Override
	public MembershipOptions options() {
		return this.options;
	}

	@Override
	public MembershipState state() {
		MembershipNode running = this.node;
		int backlog = this.dispatcher.backlog();
		return (running != null) ? running.state(backlog)
				: new MembershipState(false, null, null, null, 0, backlog, 0, false, this.failures.count());
	}

	// Wishes

	@Override
	public void addMember(MemberUri uri) {
		tell((protocol) -> protocol.addMember(uri), () -> this.nextRun.add(uri));
	}

	@Override
	public CompletableFuture<ProbeResult> probeUri(MemberUri uri) {
		MembershipNode running = this.node;
		if (running == null) {
			return CompletableFuture.completedFuture(SwimProtocol.NOT_RUNNING);
		}
		CompletableFuture<ProbeResult> future = this.platform.createFuture();
		try {
			running.execute((protocol) -> protocol.probe(uri, (result) -> future.completeAsync(() -> result)));
		}
		catch (RejectedExecutionException ex) {
			future.complete(SwimProtocol.NOT_RUNNING);
		}
		return future;
	}

	@Override
	public int broadcast(int broadcastPort) {
		if (broadcastPort < 1 || broadcastPort > 65535) {
			throw new IllegalArgumentException("Port " + broadcastPort + " is not in the range 1 to 65535");
		}
		return either((protocol) -> protocol.broadcast(broadcastPort), () -> 0);
	}

	@Override
	public void setPayload(Map<String, ? extends @Nullable Object> changes) {
		tell((protocol) -> protocol.setPayload(changes), () -> {
			Payload changed = this.nextRun.payload().with(changes);
			checkFits(changed, this.encryption, this.options);
			this.nextRun.setPayload(changed);
			this.view.keepOnly(this.nextRun.stopped(this.view.self().uri()));
		});
	}

	@Override
	public boolean markLeft(MemberUri uri) {
		return either((protocol) -> protocol.markLeft(uri), () -> false);
	}

	@Override
	public void removeMember(MemberUri uri) {
		tell((protocol) -> protocol.removeMember(uri), () -> this.nextRun.remove(uri));
	}

	@Override
	public void setAllowedMembers(Collection<MemberUri> uris) {
		Set<MemberUri> copy = Set.copyOf(uris);
		tell((protocol) -> {
			this.nextRun.setAllowed(copy);
			protocol.setAllowedMembers(copy);
		}, () -> this.nextRun.setAllowed(copy));
	}

	@Override
	public void setAllowedNetworks(Collection<CidrBlock> networks) {
		Set<CidrBlock> copy = Set.copyOf(networks);
		locked(() -> {
			MembershipNode running = this.node;
			if (running != null) {
				running.call((protocol) -> {
					running.setAllowedNetworks(copy);
					return true;
				});
			}
			this.allowedNetworks = copy;
			return true;
		});
	}

	@Override
	public void setEncryption(Encryption changed) {
		// To stretch a pass phrase takes too long for the protocol's thread
		MembershipNode.format(changed);
		locked(() -> {
			MembershipNode running = this.node;
			if (running != null) {
				running.call((protocol) -> {
					running.setEncryption(changed);
					return true;
				});
			}
			else {
				checkFits(this.nextRun.payload(), changed, this.options);
			}
			this.encryption = changed;
			return true;
		});
	}

	@Override
	public void updateOptions(UnaryOperator<MembershipOptions.Builder> change) {
		locked(() -> {
			MembershipOptions changed = change.apply(this.options.toBuilder()).build();
			tell((protocol) -> protocol.setOptions(changed), () -> checkRoom(changed));
			this.options = changed;
			return true;
		});
	}

	/** Checks that the payload of a node that does not run will fit when it does. */
	private void checkFits(Payload kept, Encryption used, MembershipOptions usedOptions) {
		SwimProtocol.checkFits(kept, this.view.self().uri(), MembershipNode.format(used), usedOptions);
	}

	private void checkRoom(MembershipOptions changed) {
		try {
			checkFits(this.nextRun.payload(), this.encryption, changed);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidOptionException("maxPacketSize", changed.maxPacketSize(), "use more: " + ex.getMessage());
		}
	}

	@Override
	public Subscription subscribe(MembershipListener listener) {
		return either((protocol) -> this.dispatcher.subscribe(listener, members()),
				() -> this.dispatcher.subscribe(listener, members()));
	}

	/** Does one thing if the node runs and another if it does not. */
	private <T> T either(Function<SwimProtocol, T> running, Supplier<T> stopped) {
		return locked(() -> {
			MembershipNode current = this.node;
			return (current != null) ? current.call(running) : stopped.get();
		});
	}

	private void tell(Consumer<SwimProtocol> running, Runnable stopped) {
		either((protocol) -> {
			running.accept(protocol);
			return true;
		}, () -> {
			stopped.run();
			return true;
		});
	}

	private <T> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

}
