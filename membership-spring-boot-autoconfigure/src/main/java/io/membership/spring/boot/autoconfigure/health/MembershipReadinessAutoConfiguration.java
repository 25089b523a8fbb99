package io.membership.spring.boot.autoconfigure.health;

import io.membership.Membership;
import io.membership.spring.boot.autoconfigure.MembershipAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link MembershipReadinessHealthIndicator}, as a member of the group of health
 * contributors that says whether the application is ready.
 */
@AutoConfiguration(after = { MembershipAutoConfiguration.class, AvailabilityProbesAutoConfiguration.class })
@ConditionalOnClass({ HealthIndicator.class, HealthEndpointGroups.class })
@ConditionalOnBean(Membership.class)
@ConditionalOnProperty(MembershipReadinessAutoConfiguration.MINIMUM)
@EnableConfigurationProperties(MembershipReadinessProperties.class)
public final class MembershipReadinessAutoConfiguration {

	static final String MINIMUM = MembershipReadinessProperties.PREFIX + ".minimum-members";

	/** Of the contributor, as Boot makes it of the name of the bean. */
	private static final String CONTRIBUTOR = "membershipReadiness";

	@Bean
	@ConditionalOnMissingBean(name = { CONTRIBUTOR + "HealthIndicator", CONTRIBUTOR + "HealthContributor" })
	MembershipReadinessHealthIndicator membershipReadinessHealthContributor(Membership membership,
			MembershipReadinessProperties properties) {
		Integer minimum = properties.getMinimumMembers();
		if (minimum == null || minimum < 1) {
			throw new InvalidConfigurationPropertyValueException(MINIMUM, minimum,
					"Use 1 or more, this node included, or remove the property to wait for nobody.");
		}
		return new MembershipReadinessHealthIndicator(membership, minimum, properties.isRevocable());
	}

	/**
	 * After that of Boot, which makes the group: of two without an order, it is first.
	 */
	@Bean
	HealthEndpointGroupsPostProcessor membershipReadinessGroupsPostProcessor() {
		return (groups) -> new ReadinessGroups(groups, CONTRIBUTOR);
	}

}
