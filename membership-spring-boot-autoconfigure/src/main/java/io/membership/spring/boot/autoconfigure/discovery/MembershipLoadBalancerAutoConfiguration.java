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
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a load balancer that follows the
 * mesh at once.
 */
@AutoConfiguration(after = MembershipDiscoveryAutoConfiguration.class)
@ConditionalOnClass(LoadBalancerCacheManager.class)
@ConditionalOnBean(ServiceIndex.class)
public final class MembershipLoadBalancerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LoadBalancerCacheEviction membershipLoadBalancerCacheEviction(ListableBeanFactory beanFactory) {
		return new LoadBalancerCacheEviction(beanFactory,
				(delay) -> CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
	}

}
