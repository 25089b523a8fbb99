package io.membership.swim;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.membership.MemberUri;
import io.membership.MembershipEvent;
import io.membership.MembershipObserver;
import org.jspecify.annotations.Nullable;

/**
 * What the protocol needs from the world. The same protocol runs on a real socket, in a
 * simulation, and in unit tests, each with an environment of its own. All calls come
 * from, and all tasks run on, the one thread that owns the protocol.
 */
public interface Environment {

	/**
	 * Returns the wall clock's time, for what others and people read.
	 * @return microseconds since the epoch
	 */
	long nowMicros();

	/**
	 * Returns a monotonic time, for timeouts.
	 * @return nanoseconds since some moment
	 */
	long nanoTime();

	/**
	 * Returns the source of all randomness.
	 * @return a generator
	 */
	RandomGenerator random();

	/**
	 * Sends a message. If the recipient's name is not resolved yet, the message waits for
	 * that; should it then fail, {@link SwimProtocol#undeliverable} is called.
	 * @param to the recipient
	 * @param message the message
	 * @return whether the message is on its way
	 */
	SendResult send(MemberUri to, Message message);

	/**
	 * Sends a message once more, in a way that shows whether the recipient's host refuses
	 * it because no process listens there. Costs nothing where that cannot be found out,
	 * and is left out where the recipient's address is unknown or too many of these are
	 * under way.
	 * @param to the recipient, to whom the message was sent before
	 * @param message the message
	 * @param onRefused called later and at most once, if the host refuses; silence means
	 * nothing
	 */
	void probeRefusal(MemberUri to, Message message, Runnable onRefused);

	/**
	 * Tells that a member does not answer, and may be at another address by now than the
	 * one that its name had. Where members have no names this means nothing.
	 * @param member the member
	 */
	default void doubtAddress(MemberUri member) {
	}

	/**
	 * Tells that a member answered, so that it is at the address that its name has.
	 * @param member the member
	 * @param roundTrip how long ago it was asked
	 */
	default void confirmAddress(MemberUri member, Duration roundTrip) {
	}

	/**
	 * Returns the members that are known to be at the address of somebody, by whatever
	 * name.
	 * @param uri how somebody is called
	 * @return how those are called who are there, maybe the same
	 */
	default Collection<MemberUri> at(MemberUri uri) {
		return List.of();
	}

	/**
	 * Asks for seeds that are not known beforehand, and returns at once.
	 * @param whenFound receives all that are known, later, whenever there may be others
	 */
	default void findSeeds(Consumer<Collection<MemberUri>> whenFound) {
	}

	/**
	 * Runs a task later.
	 * @param delay the time from now, 0 or more
	 * @param task the task
	 * @return the means to prevent it
	 */
	Cancellable schedule(Duration delay, Runnable task);

	/**
	 * Returns the encoding and its limits.
	 * @return the format in use at this moment
	 */
	WireFormat format();

	/**
	 * Returns where to broadcast to.
	 * @param port the UDP port
	 * @return the broadcast address of every network, or this host's own address where a
	 * network has none
	 */
	List<MemberUri> broadcastAddresses(int port);

	/**
	 * Returns what tells this mesh from others.
	 * @return the tag of the mesh's name, 0 for the default name
	 */
	default long cluster() {
		return 0;
	}

	/**
	 * Returns what this node tells others of its keys.
	 * @return the fingerprints of those that decrypt, the one that encrypts first; empty
	 * if they have none
	 */
	default List<Integer> keys() {
		return List.of();
	}

	/**
	 * Tells that a member of another mesh spoke to this node, which does not listen.
	 * @param peer the member, if it told who it is
	 */
	void foreign(@Nullable MemberUri peer);

	/**
	 * Returns an equal rumor in place of one that the table is going to keep, so that the
	 * tables of many nodes in one process can share what they all know.
	 * @param known what a node knows
	 * @return the same, or an equal one
	 */
	default Rumor intern(Rumor known) {
		return known;
	}

	/**
	 * Shows a member as it is now to those who read the view.
	 * @param member the member
	 */
	void show(Sighting member);

	/**
	 * Takes a member out of the view that others read.
	 * @param uri the member's URI
	 */
	void hide(MemberUri uri);

	/**
	 * Tells the listeners of a change. The view already shows it.
	 * @param event describes the change as it is now, if there are listeners at all
	 */
	void publish(Supplier<MembershipEvent> event);

	/**
	 * Returns who counts what happens.
	 * @return the observer
	 */
	MembershipObserver observer();

}
