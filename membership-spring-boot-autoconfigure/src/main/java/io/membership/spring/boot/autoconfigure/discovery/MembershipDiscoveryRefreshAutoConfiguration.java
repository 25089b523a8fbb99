package io.membership.spring.boot.autoconfigure.discovery;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that tells the mesh what changed
 * properties say of this application as a service.
 */
@AutoConfiguration(after = MembershipServiceRegistryAutoConfiguration.class)
@ConditionalOnClass(EnvironmentChangeEvent.class)
@ConditionalOnBean(MembershipServiceRegistry.class)
public final class MembershipDiscoveryRefreshAutoConfiguration {

	@Bean
	DiscoveryRefresher membershipDiscoveryRefresher(MembershipServiceRegistry registry) {
		return new DiscoveryRefresher(registry);
	}

}
