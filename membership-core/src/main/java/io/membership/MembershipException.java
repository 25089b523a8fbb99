package io.membership;

import org.jspecify.annotations.Nullable;

/** A node could not do what was asked of it, for a reason outside the program. */
public class MembershipException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message what failed, for people
	 * @param cause the reason, or {@code null}
	 */
	public MembershipException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
