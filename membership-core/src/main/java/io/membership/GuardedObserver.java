package io.membership;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Keeps what an observer throws from the protocol, which would otherwise stop in the
 * middle of something.
 */
final class GuardedObserver implements MembershipObserver {

	private final MembershipObserver observer;

	private final Failures failures;

	GuardedObserver(MembershipObserver observer, Failures failures) {
		this.observer = observer;
		this.failures = failures;
	}

	@Override
	public void sent(MessageType type, int bytes) {
		guarded(() -> this.observer.sent(type, bytes));
	}

	@Override
	public void received(MessageType type) {
		guarded(() -> this.observer.received(type));
	}

	@Override
	public void receivedBytes(int bytes) {
		guarded(() -> this.observer.receivedBytes(bytes));
	}

	@Override
	public void dropped(DropReason reason) {
		guarded(() -> this.observer.dropped(reason));
	}

	@Override
	public void probed(ProbeOutcome outcome, Duration elapsed) {
		guarded(() -> this.observer.probed(outcome, elapsed));
	}

	@Override
	public void paused(Duration duration) {
		guarded(() -> this.observer.paused(duration));
	}

	@Override
	public void healthChanged(int multiplier) {
		guarded(() -> this.observer.healthChanged(multiplier));
	}

	@Override
	public void statusChanged(@Nullable MemberStatus from, MemberStatus to) {
		guarded(() -> this.observer.statusChanged(from, to));
	}

	@Override
	public void listenerFailed() {
		guarded(this.observer::listenerFailed);
	}

	@Override
	public void eventsCoalesced() {
		guarded(this.observer::eventsCoalesced);
	}

	@Override
	public void protocolFailed() {
		guarded(this.observer::protocolFailed);
	}

	@Override
	public void seedsFailed() {
		guarded(this.observer::seedsFailed);
	}

	private void guarded(Runnable call) {
		try {
			call.run();
		}
		catch (Throwable ex) {
			this.failures.report("an observer", ex);
		}
	}

}
