package io.membership.spring.boot.test;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.test.VirtualHost;
import org.jspecify.annotations.Nullable;

/**
 * Another member of the mesh that the application under test belongs to: the real engine
 * as well. Each method lets virtual time pass until the application knows what happened,
 * and returns when its listeners have been called. Not thread-safe.
 */
public final class TestPeer {

	private final TestMesh mesh;

	private final VirtualHost host;

	private final Membership membership;

	private boolean frozen;

	TestPeer(TestMesh mesh, VirtualHost host, Membership membership) {
		this.mesh = mesh;
		this.host = host;
		this.membership = membership;
	}

	/**
	 * Returns the URI of this member.
	 * @return the URI
	 */
	public MemberUri uri() {
		return this.membership.myself().uri();
	}

	/**
	 * Returns the node of this member, to see what it believes of the application and to
	 * do what this class does not offer. Time stands still meanwhile; let it pass with
	 * {@link TestMesh#run} or {@link TestMesh#runUntil}.
	 * @return the node
	 */
	public Membership membership() {
		return this.membership;
	}

	/**
	 * Changes an entry of this member's payload.
	 * @param key the entry's name
	 * @param value see {@link Membership#setPayload(String, Object)}
	 * @return this member
	 * @throws IllegalStateException if this member has ended
	 * @throws AssertionError if the application does not come to know it
	 */
	public TestPeer payload(String key, @Nullable Object value) {
		checkRuns();
		this.membership.setPayload(key, value);
		this.mesh.await("the payload of " + uri() + " is known", () -> this.mesh.knowsPayload(this));
		return this;
	}

	/**
	 * Lets this member pause, as one does that collects garbage, until the application
	 * suspects it. It stays suspect as long as time stands still, or until it is to
	 * {@link #recover()}; otherwise it dies.
	 * @return this member
	 * @throws IllegalStateException if this member has ended
	 * @throws AssertionError if the application does not come to suspect it
	 */
	public TestPeer suspect() {
		checkRuns();
		this.frozen = true;
		this.host.freeze();
		return awaitStatus(MemberStatus.SUSPECT);
	}

	/**
	 * Ends the pause, so that this member refutes what is said of it.
	 * @return this member
	 * @throws IllegalStateException if this member has ended
	 * @throws AssertionError if it does not come to be alive for the application
	 */
	public TestPeer recover() {
		checkRuns();
		this.frozen = false;
		this.host.thaw();
		return awaitStatus(MemberStatus.ALIVE);
	}

	/**
	 * Ends this member without a word, as if its process were killed.
	 * @throws IllegalStateException if this member has ended
	 * @throws AssertionError if the application does not come to take it for dead
	 */
	public void kill() {
		checkRuns();
		vanish();
		awaitStatus(MemberStatus.DEAD);
	}

	/**
	 * Lets this member say goodbye and end.
	 * @throws IllegalStateException if this member has ended
	 * @throws AssertionError if the application does not hear of it
	 */
	public void leave() {
		checkRuns();
		this.membership.close();
		awaitStatus(MemberStatus.LEFT);
	}

	private void checkRuns() {
		if (!isRunning()) {
			throw new IllegalStateException(this + " does not run; add it again");
		}
	}

	private TestPeer awaitStatus(MemberStatus status) {
		this.mesh.await(uri() + " is " + status + " for the application", () -> this.mesh.status(uri()) == status);
		return this;
	}

	VirtualHost host() {
		return this.host;
	}

	/** Ends without a word, and nobody waits for it. */
	void vanish() {
		this.membership.crash();
	}

	/** Whether this member can be heard. */
	boolean isActive() {
		return !this.frozen && isRunning();
	}

	boolean isRunning() {
		return this.membership.state().running();
	}

	/** Whether this member believes that another one is alive. */
	boolean seesAlive(MemberUri other) {
		return this.membership.member(other).filter((member) -> member.status() == MemberStatus.ALIVE).isPresent();
	}

	@Override
	public String toString() {
		return uri().toString();
	}

}
