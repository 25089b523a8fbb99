package io.membership;

/**
 * A node would tell members on other hosts an address that means something only on its
 * own host.
 */
public final class UnroutableAddressException extends MembershipException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param self how the node would be called
	 * @param seed a seed on another host
	 */
	public UnroutableAddressException(MemberUri self, Seed seed) {
		super("Others cannot reach this node at " + self.host() + ", and the seed " + seed
				+ " is on another host: advertise an address that leads to this host from there", null);
	}

}
