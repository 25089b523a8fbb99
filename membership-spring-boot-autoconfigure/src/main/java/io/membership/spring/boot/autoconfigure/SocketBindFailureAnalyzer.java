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
		String reason = reason(cause);
		if (reason.contains("assign requested address")) {
			return new FailureAnalysis("The UDP socket could not be bound to 'membership.address': " + reason + ".",
					"Set 'membership.address' to an address of this host, or remove it to bind all of them.", cause);
		}
		return new FailureAnalysis(
				"UDP port " + cause.port() + " ('membership.port') could not be bound: " + reason + ".",
				"Stop the process that uses the port, set 'membership.port' to another one (0 for any free port),"
						+ " or set 'membership.port-auto-increment' to true to take the next free one.",
				cause);
	}

	private static String reason(SocketBindException exception) {
		Throwable cause = exception.getCause();
		return (cause != null && cause.getMessage() != null) ? cause.getMessage() : String.valueOf(cause);
	}

}
