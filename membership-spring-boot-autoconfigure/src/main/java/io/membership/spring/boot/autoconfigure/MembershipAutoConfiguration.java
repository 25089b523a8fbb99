package io.membership.spring.boot.autoconfigure;

import io.membership.Membership;
import io.membership.MembershipObserver;
import io.membership.SeedProvider;
import io.membership.net.Platform;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for cluster membership.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "membership.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MembershipProperties.class)
@ImportRuntimeHints(ServiceRecordsRuntimeHints.class)
public final class MembershipAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(MembershipConnectionDetails.class)
	PropertiesMembershipConnectionDetails membershipConnectionDetails(MembershipProperties properties) {
		return new PropertiesMembershipConnectionDetails(properties);
	}

	@Bean
	@ConditionalOnMissingBean
	Platform membershipPlatform() {
		return Platform.REAL;
	}

	@Bean
	@ConditionalOnMissingBean
	Membership membership(Platform platform, MembershipProperties properties,
			MembershipConnectionDetails connectionDetails,
			ObjectProvider<MembershipOptionsCustomizer> optionsCustomizers,
			ObjectProvider<MembershipPayloadCustomizer> payloadCustomizers, ObjectProvider<SeedProvider> seedProviders,
			ObjectProvider<MembershipObserver> observers) {
		return new MembershipFactory(platform, properties, connectionDetails, new OptionsFactory(optionsCustomizers),
				payloadCustomizers, seedProviders)
			.create(composite(observers));
	}

	@Bean
	@ConditionalOnMissingBean
	MembershipEventPublisher membershipEventPublisher(Membership membership, ApplicationContext context,
			ObjectProvider<MembershipObserver> observers) {
		return new MembershipEventPublisher(membership, context, composite(observers));
	}

	@Bean
	@ConditionalOnMissingBean
	MembershipLifecycle membershipLifecycle(Platform platform, Membership membership, MembershipProperties properties,
			MembershipConnectionDetails connectionDetails, MembershipEventPublisher publisher,
			ConfigurableEnvironment environment) {
		return new MembershipLifecycle(platform, membership, properties, connectionDetails, publisher, environment);
	}

	private static MembershipObserver composite(ObjectProvider<MembershipObserver> observers) {
		return new CompositeMembershipObserver(observers.orderedStream().toList());
	}

}
