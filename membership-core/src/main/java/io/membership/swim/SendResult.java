package io.membership.swim;

/** What became of a message that the protocol sent. */
public enum SendResult {

	/** It is on its way, or will be once the recipient's name is resolved. */
	SENT(""),

	/** The recipient's name does not resolve. */
	UNRESOLVABLE("the host name does not resolve"),

	/** The operating system refused to send it. */
	FAILED("the network refused the datagram"),

	/** It does not fit the largest packet size. */
	TOO_LARGE("the datagram would be too large");

	private final String reason;

	SendResult(String reason) {
		this.reason = reason;
	}

	/**
	 * Returns why the message was not sent.
	 * @return the reason in words, empty for {@link #SENT}
	 */
	public String reason() {
		return this.reason;
	}

}
