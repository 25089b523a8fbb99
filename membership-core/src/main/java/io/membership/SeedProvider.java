package io.membership;

import java.util.Collection;

/**
 * Tells a node where the mesh is, from a source that only the application knows. It is
 * asked at the start and then for ever: with growing pauses up to 30 seconds while
 * somebody is missing, and every 30 seconds when all is well.
 * <p>
 * Called on a thread for look-ups and by no more than one at a time, so it may block: a
 * provider that hangs delays nothing but its own next answer. Its thread is interrupted
 * when the node stops.
 */
@FunctionalInterface
public interface SeedProvider {

	/**
	 * Returns the seeds at this moment. They take the place of those that it returned
	 * before.
	 * @return members and names, among which this node itself may be; empty if there are
	 * none
	 * @throws Exception if they cannot be told; it is logged once and counted, and the
	 * seeds that were returned last stay in use
	 */
	Collection<? extends Seed> seeds() throws Exception;

}
