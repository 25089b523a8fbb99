package io.membership.spring.boot.autoconfigure.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.Member;
import io.membership.MemberRemovedEvent;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipEvent;
import io.membership.MembershipListener;
import io.membership.MembershipState;
import io.membership.Subscription;
import org.jspecify.annotations.Nullable;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

/**
 * A node whose view the test makes up, of any size and at any pace. Listeners are called
 * on a thread of their own, as by a real node.
 */
final class MadeUpMesh implements AutoCloseable {

	static final MemberUri SELF = MemberUri.of("node-1.example.com", 3301);

	private final Map<MemberUri, Member> members = new ConcurrentHashMap<>();

	private final List<MembershipListener> listeners = new CopyOnWriteArrayList<>();

	private final ExecutorService dispatcher = Executors.newSingleThreadExecutor();

	private final Membership membership = mock(Membership.class, withSettings().stubOnly());

	MadeUpMesh() {
		add(SELF, Map.of("zone", "eu-1"), null);
		given(this.membership.myself()).willAnswer((call) -> this.members.get(SELF));
		given(this.membership.members()).willAnswer((call) -> Map.copyOf(this.members));
		given(this.membership.member(any(MemberUri.class)))
			.willAnswer((call) -> Optional.ofNullable(this.members.get(call.<MemberUri>getArgument(0))));
		given(this.membership.state())
			.willReturn(new MembershipState(true, null, Duration.ZERO, Duration.ofSeconds(1), 0, 0, 0, false, 0));
		given(this.membership.subscribe(any())).willAnswer((call) -> {
			this.listeners.add(call.getArgument(0));
			return mock(Subscription.class);
		});
	}

	/** Returns the node. */
	Membership membership() {
		return this.membership;
	}

	/** Returns the URI of a member with a number, from 2. */
	static MemberUri uri(int number) {
		return MemberUri.of("node-" + number + ".example.com", 3301);
	}

	/** Adds members up to a size of the mesh, in three zones. */
	void grow(int size) {
		for (int number = this.members.size() + 1; number <= size; number++) {
			add(uri(number), Map.of("zone", "eu-" + (1 + number % 3), "secret", "swordfish"),
					Duration.ofNanos(150_000 + 7919L * number % 900_000));
		}
	}

	void add(MemberUri uri, Map<String, @Nullable Object> payload, @Nullable Duration roundTripTime) {
		Member member = new Member(uri, MemberStatus.ALIVE, 1795540462, payload, Instant.now(), null, roundTripTime,
				null);
		this.members.put(uri, member);
		publish(new MemberStatusChangedEvent(member, null,
				uri.equals(SELF) ? Evidence.own(Cause.STARTED) : Evidence.reported(Cause.SYNC, SELF)));
	}

	void change(MemberUri uri, MemberStatus status, Evidence evidence) {
		Member before = this.members.get(uri);
		Member after = new Member(uri, status, before.incarnation() + ((status == MemberStatus.ALIVE) ? 1 : 0),
				before.payload(), Instant.now(), null, before.roundTripTime(), evidence);
		this.members.put(uri, after);
		publish(new MemberStatusChangedEvent(after, before.status(), evidence));
	}

	void suspect(MemberUri uri) {
		change(uri, MemberStatus.SUSPECT,
				Evidence.ofProbe(Cause.PROBE_FAILED, 3, 1, 1).accusedBy(List.of(SELF), List.of()));
	}

	void die(MemberUri uri) {
		change(uri, MemberStatus.DEAD,
				Evidence.own(Cause.SUSPICION_TIMED_OUT)
					.accusedBy(List.of(SELF, uri(4)), List.of())
					.after(Duration.ofSeconds(3)));
	}

	void refute(MemberUri uri) {
		change(uri, MemberStatus.ALIVE, Evidence.reported(Cause.REFUTATION, uri(3)).after(Duration.ofMillis(700)));
	}

	void leave(MemberUri uri) {
		change(uri, MemberStatus.LEFT, Evidence.reported(Cause.LEAVE, uri));
	}

	void remove(MemberUri uri) {
		publish(new MemberRemovedEvent(this.members.remove(uri), Evidence.own(Cause.FORGOTTEN)));
	}

	private void publish(MembershipEvent event) {
		this.dispatcher.execute(() -> this.listeners.forEach((listener) -> listener.onEvent(event)));
	}

	@Override
	public void close() {
		this.dispatcher.shutdownNow();
	}

}
