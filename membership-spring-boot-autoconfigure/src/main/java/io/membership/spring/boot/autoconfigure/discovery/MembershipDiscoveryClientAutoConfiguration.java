package io.membership.spring.boot.autoconfigure.discovery;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.ConditionalOnBlockingDiscoveryEnabled;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link MembershipDiscoveryClient}.
 */
@AutoConfiguration(after = MembershipDiscoveryAutoConfiguration.class,
		beforeName = "org.springframework.cloud.client.CommonsClientAutoConfiguration")
@ConditionalOnClass(DiscoveryClient.class)
@ConditionalOnBean(ServiceIndex.class)
@ConditionalOnBlockingDiscoveryEnabled
public final class MembershipDiscoveryClientAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MembershipDiscoveryClient membershipDiscoveryClient(ServiceIndex index, MembershipDiscoveryProperties properties) {
		return new MembershipDiscoveryClient(index, properties.getOrder());
	}

}
