package io.membership.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * An {@link AbstractFailureAnalyzer} for {@link UnresolvableAdvertisedHostException}.
 */
final class UnresolvableAdvertisedHostFailureAnalyzer
		extends AbstractFailureAnalyzer<UnresolvableAdvertisedHostException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnresolvableAdvertisedHostException cause) {
		return new FailureAnalysis(
				"The host '" + cause.host() + "' ('membership.advertise.host') does not resolve,"
						+ " so other members could not reach this node.",
				"Set 'membership.advertise.host' to a name that resolves, or to an IP address of this host,"
						+ " or remove it to advertise one of this host's own addresses.",
				cause);
	}

}
