package io.membership.test;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A mesh did not do what it should. The message holds the seed, and how to see the same
 * again.
 */
public final class SimulationError extends AssertionError {

	@Serial
	private static final long serialVersionUID = 1L;

	SimulationError(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
