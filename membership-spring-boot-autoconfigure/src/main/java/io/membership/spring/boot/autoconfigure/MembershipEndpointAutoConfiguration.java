package io.membership.spring.boot.autoconfigure;

import io.membership.Membership;
import io.membership.spring.boot.actuate.endpoint.MembershipEndpoint;
import io.membership.spring.boot.actuate.endpoint.MembershipEndpointWebExtension;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link MembershipEndpoint}.
 */
@AutoConfiguration(after = MembershipAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(Membership.class)
@ConditionalOnAvailableEndpoint(MembershipEndpoint.class)
@EnableConfigurationProperties({ MembershipEndpointProperties.class, MembershipProperties.class })
public final class MembershipEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MembershipEndpoint membershipEndpoint(Membership membership, MembershipProperties properties,
			MembershipEndpointProperties endpointProperties, ObjectProvider<SanitizingFunction> sanitizingFunctions) {
		return new MembershipEndpoint(membership, MembershipFactory.broadcastPort(properties),
				sanitizingFunctions.orderedStream().toList(), endpointProperties.getShowValues());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	MembershipEndpointWebExtension membershipEndpointWebExtension(MembershipEndpoint endpoint,
			MembershipEndpointProperties properties) {
		return new MembershipEndpointWebExtension(endpoint, properties.getShowValues(), properties.getRoles());
	}

}
