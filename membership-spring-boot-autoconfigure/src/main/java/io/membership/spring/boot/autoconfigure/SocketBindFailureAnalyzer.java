package io.membership.spring.boot.autoconfigure;

import io.membership.SocketBindException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * An {@link AbstractFailureAnalyzer} for {@link SocketBindException}.
 */
final class SocketBindFailureAnalyzer extends AbstractFailureAnalyzer<SocketBindException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SocketBindException cause) {
		return new FailureAnalysis(
				"UDP port " + cause.port() + " ('membership.port') could not be bound: " + reason(cause) + ".",
				"Stop the process that uses the port, set 'membership.port' to another one (0 for any free port),"
						+ " or set 'membership.port-auto-increment' to true to take the next free one."
						+ " If 'membership.address' is set, check that it is an address of this host.",
				cause);
	}

	private static String reason(SocketBindException exception) {
		Throwable cause = exception.getCause();
		return (cause != null && cause.getMessage() != null) ? cause.getMessage() : String.valueOf(cause);
	}

}
