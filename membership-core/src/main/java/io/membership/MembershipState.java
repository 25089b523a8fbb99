package io.membership;

import java.net.InetSocketAddress;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a node itself is doing, for health checks and gauges.
 *
 * @param running whether the node takes part in the mesh
 * @param boundAddress the address of the socket, or {@code null} while not running
 * @param sinceLastPeriod the time since the protocol last began a period, or {@code null}
 * while not running
 * @param period how long that period shall last: longer than the option says while the
 * node doubts itself ({@link MembershipExtension#LOCAL_HEALTH}); {@code null} while not
 * running
 * @param pendingRumors how many rumors wait to be passed on
 * @param eventBacklog how many events wait for the listeners
 * @param tombstones of how many members that were forgotten this node still knows that
 * they are gone
 * @param duplicateUri whether another process was heard of that uses this node's URI
 * @param failures how many unexpected errors the threads of this node ran into, and went
 * on
 */
public record MembershipState(boolean running, @Nullable InetSocketAddress boundAddress,
		@Nullable Duration sinceLastPeriod, @Nullable Duration period, int pendingRumors, int eventBacklog,
		int tombstones, boolean duplicateUri, long failures) {

}
