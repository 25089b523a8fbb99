package io.membership.spring.boot.autoconfigure.discovery;

import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.ConditionalOnReactiveDiscoveryEnabled;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link MembershipReactiveDiscoveryClient}.
 */
@AutoConfiguration(after = MembershipDiscoveryAutoConfiguration.class,
		beforeName = "org.springframework.cloud.client.ReactiveCommonsClientAutoConfiguration")
@ConditionalOnClass({ Flux.class, ReactiveDiscoveryClient.class })
@ConditionalOnBean(ServiceIndex.class)
@ConditionalOnReactiveDiscoveryEnabled
public final class MembershipReactiveDiscoveryClientAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MembershipReactiveDiscoveryClient membershipReactiveDiscoveryClient(ServiceIndex index,
			MembershipDiscoveryProperties properties) {
		return new MembershipReactiveDiscoveryClient(index, properties.getOrder());
	}

}
