package io.membership.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.membership.DropReason;
import io.membership.MembershipObserver;

/**
 * The invariant of all cases: no node ever sends a datagram above the largest packet
 * size. The reference's harness ends a process that does. Nor does a node withhold one
 * because it came out too large, which would only hide the same mistake, nor run into an
 * unexpected error.
 */
final class SizeTrap implements MembershipObserver {

	private final int maxPacketSize;

	private final List<String> violations = Collections.synchronizedList(new ArrayList<>());

	private volatile int largest;

	private final Map<DropReason, Integer> dropped = Collections.synchronizedMap(new EnumMap<>(DropReason.class));

	SizeTrap(int maxPacketSize) {
		this.maxPacketSize = maxPacketSize;
	}

	@Override
	public void sent(MessageType type, int bytes) {
		// Only the protocol's own thread writes
		this.largest = Math.max(this.largest, bytes);
		if (bytes > this.maxPacketSize) {
			this.violations.add("sent " + type + " of " + bytes + " bytes");
		}
	}

	@Override
	public void receivedBytes(int bytes) {
		if (bytes > this.maxPacketSize) {
			this.violations.add("received " + bytes + " bytes");
		}
	}

	@Override
	public void dropped(DropReason reason) {
		this.dropped.merge(reason, 1, Integer::sum);
		if (reason == DropReason.TOO_LARGE) {
			this.violations.add("withheld a datagram as too large");
		}
	}

	@Override
	public void listenerFailed() {
		this.violations.add("a listener failed");
	}

	@Override
	public void protocolFailed() {
		this.violations.add("the protocol failed");
	}

	/** Returns what went wrong, which should be nothing. */
	List<String> violations() {
		synchronized (this.violations) {
			return List.copyOf(this.violations);
		}
	}

	/** Returns the length of the largest datagram that was sent, in bytes. */
	int largest() {
		return this.largest;
	}

	/** Returns how many datagrams or events were dropped for a reason. */
	int count(DropReason reason) {
		return this.dropped.getOrDefault(reason, 0);
	}

}
