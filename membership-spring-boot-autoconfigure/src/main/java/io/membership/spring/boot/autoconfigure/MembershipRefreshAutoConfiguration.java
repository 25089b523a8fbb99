package io.membership.spring.boot.autoconfigure;

import io.membership.Membership;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that applies changed properties to a
 * running node, where Spring Cloud tells of them.
 */
@AutoConfiguration(after = MembershipAutoConfiguration.class)
@ConditionalOnClass(EnvironmentChangeEvent.class)
@ConditionalOnBean({ Membership.class, MembershipProperties.class })
public final class MembershipRefreshAutoConfiguration {

	@Bean
	MembershipRefresher membershipRefresher(Membership membership, MembershipProperties properties,
			Environment environment, ObjectProvider<MembershipOptionsCustomizer> optionsCustomizers) {
		return new MembershipRefresher(membership, properties, environment, new OptionsFactory(optionsCustomizers));
	}

}
