package io.membership.spring.boot.autoconfigure;

import io.membership.NoAdvertisableAddressException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * An {@link AbstractFailureAnalyzer} for {@link NoAdvertisableAddressException}.
 */
final class NoAdvertisableAddressFailureAnalyzer extends AbstractFailureAnalyzer<NoAdvertisableAddressException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NoAdvertisableAddressException cause) {
		return new FailureAnalysis(
				"This host has no address that other members could reach, and 'membership.advertise.host' is not set.",
				"Set 'membership.advertise.host' to a name or an address by which others reach this node,"
						+ " or set 'membership.address' to 127.0.0.1 for a mesh within this host.",
				cause);
	}

}
