package io.membership;

import java.io.IOException;

/** The UDP socket could not be bound. */
public final class SocketBindException extends MembershipException {

	private static final long serialVersionUID = 1L;

	private final int port;

	/**
	 * Creates an exception with the reference's message.
	 * @param port the UDP port, 0 to 65535
	 * @param cause the operating system's answer
	 */
	public SocketBindException(int port, IOException cause) {
		super("Socket bind error (" + port + "/udp): " + cause.getMessage(), cause);
		this.port = port;
	}

	/**
	 * Returns the port that could not be bound.
	 * @return the UDP port
	 */
	public int port() {
		return this.port;
	}

}
