package io.membership.spring.boot.autoconfigure.discovery;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheManager;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.LoadBalancerZoneConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a load balancer that follows the
 * mesh at once.
 */
@AutoConfiguration(after = MembershipDiscoveryAutoConfiguration.class, before = LoadBalancerAutoConfiguration.class)
@ConditionalOnClass(LoadBalancerCacheManager.class)
@ConditionalOnBean(ServiceIndex.class)
public final class MembershipLoadBalancerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LoadBalancerCacheEviction membershipLoadBalancerCacheEviction(ListableBeanFactory beanFactory) {
		return new LoadBalancerCacheEviction(beanFactory,
				(delay) -> CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
	}

	/** The zone that this application prefers is the one in which it says that it is. */
	@Bean
	@ConditionalOnMissingBean
	LoadBalancerZoneConfig membershipLoadBalancerZoneConfig(MembershipDiscoveryProperties properties,
			Environment environment) {
		String zone = environment.getProperty("spring.cloud.loadbalancer.zone");
		return new LoadBalancerZoneConfig(
				StringUtils.hasText(zone) ? zone : new LocalService(properties, environment).zone());
	}

}
