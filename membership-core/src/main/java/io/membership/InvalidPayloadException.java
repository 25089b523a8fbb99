package io.membership;

/** A payload holds a value that cannot be sent, or is too large for a datagram. */
public final class InvalidPayloadException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message what is wrong, for people; it names the entry, never its value
	 */
	public InvalidPayloadException(String message) {
		super(message);
	}

}
