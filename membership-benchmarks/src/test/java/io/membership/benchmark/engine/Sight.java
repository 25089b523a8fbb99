package io.membership.benchmark.engine;

/**
 * What a node can see of a member, or do itself.
 */
public enum Sight {

	/** It is there. */
	UP,

	/**
	 * It is not there, whatever the engine calls that: dead, unreachable, removed, left.
	 */
	DOWN,

	/** It says something about itself. */
	PAYLOAD,

	/** It begins to start. */
	START,

	/** It begins to leave. */
	LEAVE

}
