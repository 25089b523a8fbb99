package io.membership;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * This process's part in a mesh of members that watch each other by gossip over UDP. The
 * operations echo those of the reference.
 * <p>
 * A node can be started and stopped any number of times. While it is stopped,
 * {@link #setPayload(Map)}, {@link #addMember}, {@link #setAllowedMembers},
 * {@link #updateOptions}, {@link #setEncryption}, {@link #reinit} and {@link #subscribe}
 * are kept and take effect at the next start, and {@link #members()} holds only this node
 * itself, with the status {@code left}.
 * <p>
 * Thread-safe. Queries never wait for the protocol; the other methods wait for the
 * protocol thread, which never waits for anybody. All may be called from a listener.
 */
public interface Membership extends Iterable<Member>, AutoCloseable {

	/**
	 * Returns a builder for a node.
	 * @return a new builder
	 */
	static MembershipBuilder builder() {
		return new MembershipBuilder();
	}

	/**
	 * Binds the socket and begins to take part in the mesh. Does nothing while the node
	 * is running. A node that ran before comes back with a higher incarnation and greets
	 * the members that it knew.
	 * @throws SocketBindException if the port is in use
	 * @throws MembershipException if no advertised host was given and none can be found,
	 * or it is one that members on other hosts could not reach
	 */
	void start();

	/**
	 * Tells all alive members that this node leaves, then stops. The view is cleared.
	 * @return whether the node was running; {@code false} when it has already left
	 */
	boolean leave();

	/**
	 * Comes back after {@link #leave()}, under the same URI, with a higher incarnation.
	 * The same as {@link #start()}.
	 */
	default void rejoin() {
		start();
	}

	/**
	 * Leaves, waits until pending events were delivered (at most 2 s) and all threads of
	 * this node are gone. Closing twice does nothing; {@link #start()} starts it again.
	 */
	@Override
	void close();

	/**
	 * Stops without telling anybody: to the others it looks like a crash. For tests and
	 * demonstrations.
	 */
	void crash();

	/**
	 * Returns this node as it describes itself.
	 * @return this node; its port is 0 before the first start with a free port
	 */
	Member myself();

	/**
	 * Returns one member.
	 * @param uri the member's URI
	 * @return the member, or nothing if it is unknown
	 */
	Optional<Member> member(MemberUri uri);

	/**
	 * Returns all members, this node included.
	 * @return an immutable snapshot
	 */
	Map<MemberUri, Member> members();

	/**
	 * Iterates over a snapshot of all members, this node included.
	 * @return an iterator that does not remove
	 */
	@Override
	default Iterator<Member> iterator() {
		return members().values().iterator();
	}

	/**
	 * Adds a member without asking it first. Adding a member to one node is enough: the
	 * others hear of it, and it hears of them. A member that {@code left} is revived with
	 * a higher incarnation; any other known member is left alone.
	 * @param uri the member's URI
	 */
	void addMember(MemberUri uri);

	/**
	 * Adds a member, see {@link #addMember(MemberUri)}.
	 * @param uri the member's URI
	 * @throws IllegalArgumentException if the URI is malformed
	 */
	default void addMember(String uri) {
		addMember(MemberUri.parse(uri));
	}

	/**
	 * Pings a URI once. If somebody answers who is not a member yet, it becomes one.
	 * @param uri the URI
	 * @return the result, at the latest after the ack timeout, within which the name has
	 * to resolve, too; not started is {@link ProbeResult.NotSent}. The future never fails
	 * and is completed on a thread of the common pool
	 */
	CompletableFuture<ProbeResult> probeUri(MemberUri uri);

	/**
	 * Pings a URI once, see {@link #probeUri(MemberUri)}.
	 * @param uri the URI
	 * @return the result
	 * @throws IllegalArgumentException if the URI is malformed
	 */
	default CompletableFuture<ProbeResult> probeUri(String uri) {
		return probeUri(MemberUri.parse(uri));
	}

	/**
	 * Greets whoever listens on a port of the networks that this host is attached to.
	 * @param port the UDP port, 1 to 65535
	 * @return to how many networks the greeting went; 0 if none fits or the node is not
	 * running
	 * @throws IllegalArgumentException if the port is out of range
	 */
	int broadcast(int port);

	/**
	 * Sets one entry of this node's payload, see {@link #setPayload(Map)}.
	 * @param key the entry's name
	 * @param value the value, {@code null} to remove the entry
	 * @throws InvalidPayloadException if the value is of another type, or the payload
	 * would no longer fit one datagram; nothing is changed then
	 */
	default void setPayload(String key, @Nullable Object value) {
		setPayload(Collections.singletonMap(key, value));
	}

	/**
	 * Sets entries of this node's payload at once, and tells the others. Entries that are
	 * not named stay as they are; values that are already there change nothing.
	 * @param changes the new values by name, where {@code null} removes an entry. A value
	 * is a {@link Boolean}, an integer from −2<sup>63</sup> to 2<sup>64</sup>−1, a
	 * {@link Double} or {@link Float}, a {@link CharSequence}, a {@code byte[]} or
	 * {@link Binary}, a {@link java.util.UUID}, a {@link java.math.BigDecimal}, a
	 * {@link Collection}, or a {@link Map} of such values, which may hold {@code null}s
	 * @throws InvalidPayloadException if a value is of another type, or the payload would
	 * no longer fit one datagram; nothing is changed then
	 * @throws IllegalStateException if this node has the highest incarnation, so that
	 * nobody would believe the change
	 */
	void setPayload(Map<String, ? extends @Nullable Object> changes);

	/**
	 * Announces in the name of a member that it left. A member that lives refutes.
	 * @param uri the member's URI
	 * @return {@code false} if the member is unknown, has already left, or this node is
	 * not running
	 */
	boolean markLeft(MemberUri uri);

	/**
	 * Removes a member from this node's view. It comes back if others know it.
	 * @param uri the member's URI; this node itself is never removed
	 */
	void removeMember(MemberUri uri);

	/**
	 * Restricts the view: members that are not on the list are removed now, and again
	 * whenever they are not alive.
	 * @param uris the allowed URIs; empty: all are allowed
	 */
	void setAllowedMembers(Collection<MemberUri> uris);

	/**
	 * Restricts from where datagrams are read, with effect from the next one. All others
	 * are dropped before anything else is done with them, but what this node sends to
	 * itself.
	 * @param networks the allowed networks; empty: all are allowed
	 */
	void setAllowedNetworks(Collection<CidrBlock> networks);

	/**
	 * Tells whether datagrams are encrypted.
	 * @return whether what this node sends is
	 */
	default boolean isEncrypted() {
		return encryption().isOn();
	}

	/**
	 * Returns how this node encrypts, and what it accepts.
	 * @return the encryption in use
	 */
	Encryption encryption();

	/**
	 * Changes how this node encrypts, with effect from the next datagram.
	 * @param encryption the new encryption
	 * @throws InvalidPayloadException if this node's payload would not fit a datagram any
	 * more; nothing is changed then
	 */
	void setEncryption(Encryption encryption);

	/**
	 * Returns which keys each member has, as far as it tells: a member that uses or
	 * accepts {@link MembershipCipher#AES_256_GCM} does, if it has extensions.
	 * @return the {@linkplain EncryptionKey#fingerprint() fingerprints} by member, the
	 * one of the key that encrypts first; immutable
	 */
	Map<MemberUri, List<String>> keyFingerprints();

	/**
	 * Returns the key that encrypts.
	 * @return the key, or nothing if encryption is off
	 */
	default Optional<EncryptionKey> encryptionKey() {
		return encryption().key();
	}

	/**
	 * Changes to one key, with effect from the next datagram. To change the key of a
	 * whole mesh without losing members, use {@link Encryption#install}.
	 * @param key the key, or {@code null} to switch encryption off
	 * @throws InvalidPayloadException if this node's payload would not fit a datagram any
	 * more; nothing is changed then
	 */
	default void setEncryptionKey(@Nullable EncryptionKey key) {
		setEncryption(encryption().withKey(key));
	}

	/**
	 * Moves this node to another advertised host or port. With unchanged arguments
	 * nothing happens. Otherwise the node appears under the new URI and the old one dies
	 * for the others. The socket is bound anew only if the port changes.
	 * @param host the host by which others reach this node
	 * @param port the UDP port to bind and to advertise, 0 to keep the one in use
	 * @throws SocketBindException if the port cannot be bound; the old one stays in use
	 * @throws InvalidPayloadException if this node's payload would not fit a datagram
	 * with the new URI
	 * @throws IllegalArgumentException if host or port is malformed
	 */
	void reinit(String host, int port);

	/**
	 * Returns the options in use.
	 * @return immutable options
	 */
	MembershipOptions options();

	/**
	 * Changes options, with effect from the next step of the protocol.
	 * @param change receives a builder with the options in use
	 * @throws InvalidOptionException if the result is invalid; nothing is changed then
	 */
	void updateOptions(UnaryOperator<MembershipOptions.Builder> change);

	/**
	 * Subscribes to the changes of this node's view.
	 * @param listener receives every change from now on
	 * @return the subscription, with the view from which the changes go on
	 */
	Subscription subscribe(MembershipListener listener);

	/**
	 * Returns how this node itself is doing.
	 * @return a snapshot
	 */
	MembershipState state();

}
