package io.membership;

/**
 * What a node does beyond the reference. Each extension is safe in a mesh in which others
 * do not have it. Immutable and thread-safe.
 *
 * @param localHealth whether a node whose own probes fail doubts itself, and gives others
 * more time (Lifeguard §IV.A, <em>local health aware probe</em>)
 * @param pauseAwareness whether time in which this process itself stood still is taken
 * for nobody's silence
 */
public record MembershipExtensions(boolean localHealth, boolean pauseAwareness) {

	/** The reference, and nothing else. */
	public static final MembershipExtensions NONE = new MembershipExtensions(false, false);

	/** Everything. */
	public static final MembershipExtensions ALL = new MembershipExtensions(true, true);

}
