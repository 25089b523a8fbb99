package io.membership;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Counts what a node does; the source of its metrics. Most methods are called on the
 * protocol thread, so they must return at once and must not call {@link Membership}. What
 * they throw is logged, counted like an error of the protocol, and otherwise ignored.
 */
public interface MembershipObserver {

	/** An observer that counts nothing. */
	MembershipObserver NONE = new MembershipObserver() {
	};

	/**
	 * A datagram was handed to the operating system.
	 * @param type what it says
	 * @param bytes its length, without IP and UDP headers
	 */
	default void sent(MessageType type, int bytes) {
	}

	/**
	 * A datagram arrived and was understood.
	 * @param type what it says
	 */
	default void received(MessageType type) {
	}

	/**
	 * A datagram arrived, understood or not.
	 * @param bytes its length, without IP and UDP headers
	 */
	default void receivedBytes(int bytes) {
	}

	/**
	 * A datagram, or an event in one, came to nothing.
	 * @param reason why
	 */
	default void dropped(DropReason reason) {
	}

	/**
	 * A probe ended.
	 * @param outcome how
	 * @param elapsed the time from the first ping to the answer, or to giving up
	 */
	default void probed(ProbeOutcome outcome, Duration elapsed) {
	}

	/**
	 * This process stood still, and noticed it when a timer ran late.
	 * @param duration how late the timer was
	 */
	default void paused(Duration duration) {
	}

	/**
	 * This node's confidence in itself changed.
	 * @param multiplier by which it stretches its timeouts, 1 if all is well
	 */
	default void healthChanged(int multiplier) {
	}

	/**
	 * A member's status changed.
	 * @param from the status before, or {@code null} if the member is new
	 * @param to the status after
	 */
	default void statusChanged(@Nullable MemberStatus from, MemberStatus to) {
	}

	/** A listener threw something. Called on the dispatcher thread. */
	default void listenerFailed() {
	}

	/**
	 * Events of one member were merged because the listeners lag too far behind.
	 */
	default void eventsCoalesced() {
	}

	/**
	 * A thread of the node (that of the protocol, of names, of the snapshot, of events)
	 * ran into an unexpected error and went on. Called on that thread.
	 */
	default void protocolFailed() {
	}

	/**
	 * Somebody who was asked for seeds had no answer: a name did not resolve, or a
	 * {@link SeedProvider} threw an exception. Called on the thread that asked.
	 */
	default void seedsFailed() {
	}

	/** The types of messages, for counting. */
	enum MessageType {

		/** A probe, direct or indirect. */
		PING,
		/** The answer to a probe. */
		ACK,
		/** A request for full state. */
		SYNC_REQ,
		/** The answer to such a request. */
		SYNC_ACK,
		/** News without a probe, usually a goodbye. */
		LEAVE,
		/** A helper's word that it heard nothing either. */
		NACK,
		/** News between the probes, to those who understand it. */
		GOSSIP,
		/** A view, summed up. */
		SYNC_DIGESTS,
		/** A part of a view. */
		SYNC_RANGE,
		/** A type that this node does not know. */
		UNKNOWN

	}

	/** How a probe ended. */
	enum ProbeOutcome {

		/** Answered before helpers were asked. */
		DIRECT,
		/** Answered after helpers were asked. */
		INDIRECT,
		/** Not answered. */
		FAILED

	}

}
