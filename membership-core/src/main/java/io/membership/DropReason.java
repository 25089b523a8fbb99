package io.membership;

/**
 * Why a datagram, or one event in it, came to nothing. Nothing is dropped without being
 * counted under one of these.
 */
public enum DropReason {

	/** Received: from an address in none of the allowed networks; not read. */
	FOREIGN_NETWORK("foreign-network"),

	/** Received: from a source that sends too much; not read. */
	RATE_LIMITED("rate-limited"),

	/** Received: longer than the largest packet size. */
	OVERSIZED("oversized"),

	/** Received: cannot be decrypted with this node's key. */
	UNDECRYPTABLE("undecryptable"),

	/** Received: a datagram of a process that was received already, or is too old. */
	REPLAYED("replayed"),

	/** Received: encrypted for another member. */
	MISDIRECTED("misdirected"),

	/** Received: from a member of a mesh with another name. */
	OTHER_CLUSTER("other-cluster"),

	/** Received: not MessagePack, nested too deeply, or of an unknown extension type. */
	MALFORMED("malformed"),

	/** Received: MessagePack, but not an array of sender, type, data and events. */
	NOT_A_MESSAGE("not-a-message"),

	/** Received: a message type that this node does not know; its events were used. */
	UNKNOWN_TYPE("unknown-type"),

	/**
	 * Received: a message without usable events, a probe that names no target, or a
	 * question of nobody who is a member.
	 */
	INCOMPLETE("incomplete"),

	/** Received: one event or entry was skipped, the rest of the datagram was used. */
	BAD_EVENT("bad-event"),

	/** Received: one rumor, whose incarnation is too far above all that were known. */
	IMPLAUSIBLE("implausible"),

	/** Received: one rumor of a stranger, for whom there is no room. */
	TOO_MANY_MEMBERS("too-many-members"),

	/** Received: to be passed on, but it came from this node itself. */
	LOOP("loop"),

	/** Received: to be passed on to somebody who is not a member. */
	FORWARD_REFUSED("forward-refused"),

	/** Received: to be passed on, but its source asks for that too often. */
	FORWARD_LIMITED("forward-limited"),

	/** To be sent: does not fit the largest packet size. */
	TOO_LARGE("too-large"),

	/** To be sent: the recipient's name does not resolve. */
	UNRESOLVABLE("unresolvable"),

	/** To be sent: the operating system refused. */
	SEND_FAILED("send-failed");

	private final String displayName;

	DropReason(String displayName) {
		this.displayName = displayName;
	}

	/**
	 * Returns the reason as it appears in metrics.
	 * @return lower-case words joined by hyphens
	 */
	public String displayName() {
		return this.displayName;
	}

	@Override
	public String toString() {
		return this.displayName;
	}

}
