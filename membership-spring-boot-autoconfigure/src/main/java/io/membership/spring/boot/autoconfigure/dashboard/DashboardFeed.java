package io.membership.spring.boot.autoconfigure.dashboard;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.membership.Member;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipEvent;
import io.membership.MembershipListener;
import io.membership.spring.boot.history.MembershipChange;
import io.membership.spring.boot.history.MembershipHistory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Keeps open pages up to date. Events are only noted when they happen; a thread of its
 * own tells all pages, a few times a second at most, what is different now. Writing to a
 * page never blocks, so no page holds up another one, or a listener of the node.
 */
final class DashboardFeed implements MembershipListener, SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(DashboardFeed.class);

	/** After the node has left, and before the web server waits for its requests. */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 768;

	/** Changes within this time are one frame. */
	private static final Duration BATCH = Duration.ofMillis(100);

	/** Round-trip times change without events. */
	private static final Duration ROUND_TRIPS = Duration.ofSeconds(5);

	private static final Duration HEARTBEAT = Duration.ofSeconds(10);

	/** How long a page may leave a frame unread. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final byte[] BEAT = "event: beat\ndata: {}\n\n".getBytes(StandardCharsets.US_ASCII);

	/** How soon a browser comes back by itself. */
	private static final String RETRY = "retry: 2000\n";

	private static final byte[] END = "event: end\ndata: {}\n\n".getBytes(StandardCharsets.US_ASCII);

	private final Membership membership;

	private final MembershipHistory history;

	private final DashboardView view;

	private final int maxClients;

	private final FrameLog log;

	private final Clock clock = Clock.systemUTC();

	/** Frames of another process, or of another life of this one, have other ids. */
	private final String epoch = UUID.randomUUID().toString().substring(0, 8);

	private final Set<DashboardClient> clients = ConcurrentHashMap.newKeySet();

	private final Object monitor = new Object();

	private final Set<MemberUri> changed = new LinkedHashSet<>();

	private final Map<MemberUri, Duration> roundTrips = new HashMap<>();

	private long lastChangeId;

	private @Nullable ScheduledExecutorService executor;

	DashboardFeed(Membership membership, MembershipHistory history, MembershipDashboardProperties properties,
			FrameLog log) {
		this.membership = membership;
		this.history = history;
		this.view = new DashboardView(properties.getZoneKey());
		this.maxClients = properties.getMaxClients();
		this.log = log;
		membership.subscribe(this);
	}

	@Override
	public void onEvent(MembershipEvent event) {
		this.view.note(event, this.clock.instant());
		synchronized (this.monitor) {
			if (this.changed.isEmpty() && this.executor != null) {
				Future<?> unused = this.executor.schedule(() -> guarded(this::tellChanges), BATCH.toMillis(),
						TimeUnit.MILLISECONDS);
			}
			this.changed.add(event.member().uri());
		}
	}

	// Pages

	/**
	 * Opens a page.
	 * @param lastEventId the id of the last frame that it has, if any
	 * @param opener makes it of its beginning
	 * @return the page, or nothing if there are too many, or this is stopped
	 */
	<C extends DashboardClient> Optional<C> open(@Nullable String lastEventId, Function<Cursor, C> opener) {
		synchronized (this.monitor) {
			if (this.executor == null || this.clients.size() >= this.maxClients) {
				return Optional.empty();
			}
			C client = opener.apply(cursor(lastEventId));
			this.clients.add(client);
			return Optional.of(client);
		}
	}

	private Cursor cursor(@Nullable String lastEventId) {
		long number = number(lastEventId);
		if (number >= 0 && this.log.isKnown(number)) {
			return new Cursor(this.log, number, (RETRY + '\n').getBytes(StandardCharsets.US_ASCII));
		}
		long last = this.log.lastNumber();
		return new Cursor(this.log, last, frame(RETRY, "state", last, state()));
	}

	/** Returns the number of a frame of this feed, or -1. */
	private long number(@Nullable String eventId) {
		if (eventId == null || !eventId.startsWith(this.epoch + "-")) {
			return -1;
		}
		try {
			return Long.parseLong(eventId.substring(this.epoch.length() + 1));
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	void closed(DashboardClient client) {
		this.clients.remove(client);
	}

	int clientCount() {
		return this.clients.size();
	}

	/** Describes everything as it is now. */
	String state() {
		return this.view.state(this.membership.myself().uri(), this.clock.instant(), this.membership.members().values(),
				this.history.changes());
	}

	// News

	private void tellChanges() {
		synchronized (this.monitor) {
			List<MemberUri> uris = List.copyOf(this.changed);
			this.changed.clear();
			if (!uris.isEmpty()) {
				this.log.append(frame("", "change", this.log.lastNumber() + 1, change(uris)));
			}
		}
		this.clients.forEach(DashboardClient::wakeUp);
	}

	/**
	 * What members are now, not what they were at the event: a page that has begun
	 * meanwhile may know of later changes.
	 */
	private String change(List<MemberUri> uris) {
		List<Member> members = new ArrayList<>();
		List<MemberUri> removed = new ArrayList<>();
		for (MemberUri uri : uris) {
			this.membership.member(uri).ifPresentOrElse(members::add, () -> removed.add(uri));
		}
		long known = this.lastChangeId;
		List<MembershipChange> changes = this.history.changes((change) -> change.id() > known);
		if (!changes.isEmpty()) {
			this.lastChangeId = changes.get(changes.size() - 1).id();
		}
		return this.view.change(this.membership.myself().uri(), this.clock.instant(), members, removed, changes);
	}

	private void tellRoundTrips() {
		if (this.clients.isEmpty()) {
			return;
		}
		Map<MemberUri, Member> members = this.membership.members();
		synchronized (this.monitor) {
			this.roundTrips.keySet().retainAll(members.keySet());
			members.forEach((uri, member) -> {
				Duration roundTrip = member.roundTripTime();
				if (roundTrip != null && !roundTrip.equals(this.roundTrips.put(uri, roundTrip))) {
					this.changed.add(uri);
				}
			});
		}
		tellChanges();
	}

	/** By writing, a page that is gone shows; by reading, a page sees that it is not. */
	private void beat() {
		if (this.clients.isEmpty()) {
			return;
		}
		this.log.append(BEAT);
		this.clients.forEach(DashboardClient::wakeUp);
		this.clients.forEach((client) -> client.endIfStuck(PATIENCE));
	}

	private byte[] frame(String fields, String event, long number, String data) {
		String frame = fields + "id: " + this.epoch + '-' + number + "\nevent: " + event + "\ndata: " + data + "\n\n";
		return frame.getBytes(StandardCharsets.US_ASCII);
	}

	// Life

	@Override
	public void start() {
		synchronized (this.monitor) {
			if (this.executor != null) {
				return;
			}
			ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor((task) -> {
				Thread thread = new Thread(task, "membership-dashboard");
				thread.setDaemon(true);
				return thread;
			});
			this.executor = started;
			every(started, ROUND_TRIPS, this::tellRoundTrips);
			every(started, HEARTBEAT, this::beat);
			started.execute(() -> guarded(this::tellChanges));
		}
	}

	private static void every(ScheduledExecutorService executor, Duration period, Runnable task) {
		Future<?> unused = executor.scheduleWithFixedDelay(() -> guarded(task), period.toMillis(), period.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	private static void guarded(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			logger.warn("Telling pages of the mesh failed", ex);
		}
	}

	/** Tells all pages what there is to tell, and ends them, so that nobody waits. */
	@Override
	public void stop() {
		ScheduledExecutorService stopped;
		synchronized (this.monitor) {
			stopped = this.executor;
			this.executor = null;
		}
		if (stopped == null) {
			return;
		}
		stopped.shutdownNow();
		guarded(this::tellChanges);
		this.log.append(END);
		this.clients.forEach(DashboardClient::end);
		try {
			stopped.awaitTermination(1, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		synchronized (this.monitor) {
			return this.executor != null;
		}
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
