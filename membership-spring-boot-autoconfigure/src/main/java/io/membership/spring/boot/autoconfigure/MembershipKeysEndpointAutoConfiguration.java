package io.membership.spring.boot.autoconfigure;

import io.membership.Membership;
import io.membership.spring.boot.actuate.endpoint.MembershipKeysEndpoint;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link MembershipKeysEndpoint}.
 */
@AutoConfiguration(after = MembershipAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(Membership.class)
@ConditionalOnAvailableEndpoint(MembershipKeysEndpoint.class)
public final class MembershipKeysEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MembershipKeysEndpoint membershipKeysEndpoint(Membership membership) {
		return new MembershipKeysEndpoint(membership);
	}

}
