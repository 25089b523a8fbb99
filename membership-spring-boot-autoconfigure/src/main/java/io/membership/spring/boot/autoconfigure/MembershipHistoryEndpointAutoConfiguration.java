package io.membership.spring.boot.autoconfigure;

import io.membership.spring.boot.actuate.endpoint.MembershipHistoryEndpoint;
import io.membership.spring.boot.history.MembershipHistory;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link MembershipHistoryEndpoint}.
 */
@AutoConfiguration(after = MembershipHistoryAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(MembershipHistory.class)
@ConditionalOnAvailableEndpoint(MembershipHistoryEndpoint.class)
public final class MembershipHistoryEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MembershipHistoryEndpoint membershipHistoryEndpoint(MembershipHistory history) {
		return new MembershipHistoryEndpoint(history);
	}

}
