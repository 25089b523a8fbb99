package io.membership.benchmark.engine;

/**
 * One node of some engine.
 */
interface Node {

	/** Changes what the node says about itself. */
	default void setPayload(String value) throws Exception {
		throw new UnsupportedOperationException("Members of this engine say nothing about themselves that changes");
	}

	/** Says goodbye. */
	void leave() throws Exception;

}
