package io.membership;

/**
 * No host to advertise was given, and this host has no address that others could use, or
 * none of the kind that was chosen.
 */
public final class NoAdvertisableAddressException extends MembershipException {

	private static final long serialVersionUID = 1L;

	/** Creates an exception. */
	public NoAdvertisableAddressException() {
		super("This host has no network address but loopback, so others could not reach it:"
				+ " set the advertised host, or bind to loopback", null);
	}

	/**
	 * Creates an exception.
	 * @param message which address is missing
	 */
	public NoAdvertisableAddressException(String message) {
		super(message, null);
	}

}
