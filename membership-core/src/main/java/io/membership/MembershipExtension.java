package io.membership;

/**
 * What a node can do beyond the reference. Each extension is safe in a mesh in which
 * others do not have it: what it says on the wire is only said to those who announced
 * that they understand it, or in places that the reference ignores.
 */
public enum MembershipExtension {

	/**
	 * A node whose own probes fail doubts itself, and gives others more time (Lifeguard
	 * §IV.A, <em>local health aware probe</em>).
	 */
	LOCAL_HEALTH,

	/**
	 * Time in which this process itself stood still is taken for nobody's silence.
	 */
	PAUSE_AWARENESS,

	/**
	 * A suspect has more time the fewer members accuse it (Lifeguard §IV.B, <em>local
	 * health aware suspicion</em>).
	 */
	DYNAMIC_SUSPICION,

	/**
	 * A helper says when it, too, hears nothing from the target of a probe (Lifeguard
	 * §IV.A, <em>NACK</em>).
	 */
	NEGATIVE_ACKS,

	/**
	 * A silent member is asked once more in a way that reveals whether its host answers
	 * and its process is gone (ICMP port unreachable).
	 */
	REFUSAL_PROBE,

	/**
	 * The ack timeout follows the round trips that were measured to each member.
	 */
	ADAPTIVE_TIMEOUT,

	/**
	 * Rumors are passed on between the probes too, and by every member equally often,
	 * whatever time to live they arrived with.
	 */
	GOSSIP,

	/**
	 * Members compare digests of their views, say little to each other while these are
	 * equal, and exchange what differs when they are not.
	 */
	VIEW_DIGEST,

	/**
	 * Members that are gone for long are forgotten, and what is left of them keeps old
	 * rumors from reviving them.
	 */
	FORGETTING,

	/**
	 * A process has an incarnation above those of its predecessors from the start, and
	 * two processes with one URI notice each other.
	 */
	IDENTITY

}
