package io.membership.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.membership.DropReason;
import io.membership.MemberStatus;
import io.membership.MembershipObserver;
import org.jspecify.annotations.Nullable;

/**
 * Makes one observer of many.
 */
final class CompositeMembershipObserver implements MembershipObserver {

	private final List<MembershipObserver> observers;

	CompositeMembershipObserver(List<MembershipObserver> observers) {
		this.observers = List.copyOf(observers);
	}

	@Override
	public void sent(MessageType type, int bytes) {
		each((observer) -> observer.sent(type, bytes));
	}

	@Override
	public void received(MessageType type) {
		each((observer) -> observer.received(type));
	}

	@Override
	public void receivedBytes(int bytes) {
		each((observer) -> observer.receivedBytes(bytes));
	}

	@Override
	public void dropped(DropReason reason) {
		each((observer) -> observer.dropped(reason));
	}

	@Override
	public void probed(ProbeOutcome outcome, Duration elapsed) {
		each((observer) -> observer.probed(outcome, elapsed));
	}

	@Override
	public void paused(Duration duration) {
		each((observer) -> observer.paused(duration));
	}

	@Override
	public void healthChanged(int multiplier) {
		each((observer) -> observer.healthChanged(multiplier));
	}

	@Override
	public void statusChanged(@Nullable MemberStatus from, MemberStatus to) {
		each((observer) -> observer.statusChanged(from, to));
	}

	@Override
	public void listenerFailed() {
		each(MembershipObserver::listenerFailed);
	}

	@Override
	public void eventsCoalesced() {
		each(MembershipObserver::eventsCoalesced);
	}

	@Override
	public void protocolFailed() {
		each(MembershipObserver::protocolFailed);
	}

	@Override
	public void seedsFailed() {
		each(MembershipObserver::seedsFailed);
	}

	private void each(Consumer<MembershipObserver> call) {
		this.observers.forEach(call);
	}

}
