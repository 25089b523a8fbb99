package io.membership.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * An {@link AbstractFailureAnalyzer} for {@link InvalidMembershipPropertyException}.
 */
final class InvalidMembershipPropertyFailureAnalyzer
		extends AbstractFailureAnalyzer<InvalidMembershipPropertyException> {

	private final @Nullable Environment environment;

	InvalidMembershipPropertyFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidMembershipPropertyException cause) {
		StringBuilder description = new StringBuilder("Property '").append(cause.property()).append("' is invalid:");
		description.append(String.format("%n%n"));
		if (cause.value() != null) {
			description.append(String.format("    Value: %s%n", cause.value()));
		}
		Origin origin = origin(cause.property());
		if (origin != null) {
			description.append(String.format("    Origin: %s%n", origin));
		}
		description.append("    Reason: ").append(cause.reason());
		return new FailureAnalysis(description.toString(), cause.remedy(), cause);
	}

	private @Nullable Origin origin(String property) {
		if (this.environment instanceof ConfigurableEnvironment configurable) {
			for (PropertySource<?> source : configurable.getPropertySources()) {
				Origin origin = OriginLookup.getOrigin(source, property);
				if (origin != null) {
					return origin;
				}
			}
		}
		return null;
	}

}
