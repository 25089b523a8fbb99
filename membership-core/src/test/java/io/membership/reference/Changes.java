package io.membership.reference;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.membership.Membership;
import io.membership.MembershipEvent;
import io.membership.Subscription;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All changes that a node tells its subscribers from the subscription on, until somebody
 * asks for them; what the condition returned by {@code subscribe()} is in the reference.
 */
final class Changes implements AutoCloseable {

	private final BlockingQueue<MembershipEvent> unseen = new LinkedBlockingQueue<>();

	private final Subscription subscription;

	Changes(Membership membership) {
		this(membership, (event) -> true);
	}

	/** Creates a subscription to only those changes that matter. */
	Changes(Membership membership, Predicate<MembershipEvent> matters) {
		this.subscription = membership.subscribe((event) -> {
			if (matters.test(event)) {
				this.unseen.add(event);
			}
		});
	}

	/** Waits for a change, and fails if none comes in time. */
	MembershipEvent awaitNext(Duration patience) {
		MembershipEvent event = poll(patience);
		assertThat(event).as("a change within " + patience).isNotNull();
		return event;
	}

	/** Watches for a while, and fails as soon as anything changes. */
	void assertNothingChangesFor(Duration time) {
		assertThat(poll(time)).as("change within " + time).isNull();
	}

	private @Nullable MembershipEvent poll(Duration time) {
		try {
			return this.unseen.poll(time.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting", ex);
		}
	}

	@Override
	public void close() {
		this.subscription.close();
	}

}
