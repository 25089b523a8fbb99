package io.membership;

/**
 * What a node believes about a member. The constants are in order of precedence: of two
 * statements with the same incarnation, the later constant wins (SWIM §4.2, extended by
 * the reference with {@code non-decryptable} and {@code left}).
 */
public enum MemberStatus {

	/** The member answers. */
	ALIVE(1, "alive"),

	/** A probe of the member failed; it may still refute. */
	SUSPECT(2, "suspect"),

	/** The member did not refute within the suspect timeout. */
	DEAD(3, "dead"),

	/**
	 * The member is dead as far as this node can tell, yet its address sends datagrams
	 * that cannot be read: another encryption key, or none.
	 */
	NON_DECRYPTABLE(4, "non-decryptable"),

	/** The member said goodbye, or was marked as left by somebody. */
	LEFT(5, "left");

	private final int code;

	private final String displayName;

	MemberStatus(int code, String displayName) {
		this.code = code;
		this.displayName = displayName;
	}

	/**
	 * Returns the number that stands for this status on the wire.
	 * @return 1 for {@link #ALIVE} to 5 for {@link #LEFT}
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Returns the reference's name of this status.
	 * @return the lower-case name, for example {@code non-decryptable}
	 */
	public String displayName() {
		return this.displayName;
	}

	/**
	 * Returns the reference's name of this status.
	 * @return the same as {@link #displayName()}
	 */
	@Override
	public String toString() {
		return this.displayName;
	}

}
