package io.membership.test;

/**
 * What a mesh checks after each event. All are on unless a scenario
 * {@linkplain SimulatedMesh#allow allows} their violation.
 */
public enum Invariant {

	/**
	 * No healthy member believes that another healthy member is dead. Healthy is who
	 * runs, is neither frozen nor slow, has a steady clock, and has no link, cut or
	 * partition of its own, all that for some time.
	 */
	NO_FALSE_DEATHS,

	/** In no view does the incarnation of a member fall. */
	INCARNATIONS_RISE,

	/** No member tries to send a datagram above the largest packet size. */
	SIZE_LIMIT,

	/** No member has more rumors to pass on than it knows members. */
	RUMORS_BOUNDED

}
