package io.membership.spring.boot.autoconfigure.health;

import io.membership.Membership;
import io.membership.spring.boot.autoconfigure.MembershipAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link MembershipHealthIndicator}.
 */
@AutoConfiguration(after = MembershipAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(Membership.class)
@ConditionalOnEnabledHealthIndicator("membership")
public final class MembershipHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "membershipHealthIndicator", "membershipHealthContributor" })
	MembershipHealthIndicator membershipHealthContributor(Membership membership) {
		return new MembershipHealthIndicator(membership);
	}

}
