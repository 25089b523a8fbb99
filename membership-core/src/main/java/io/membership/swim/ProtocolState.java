package io.membership.swim;

/**
 * How the protocol of one node is doing at a moment.
 *
 * @param periodBegunNanos when it last began a period, by the environment's monotonic
 * time
 * @param periodNanos how long that period shall last
 * @param pendingRumors how many rumors wait to be passed on
 * @param tombstones of how many members that were forgotten something is still known
 * @param duplicateUri whether another process that uses this node's URI was heard of
 * lately
 */
public record ProtocolState(long periodBegunNanos, long periodNanos, int pendingRumors, int tombstones,
		boolean duplicateUri) {

}
