package io.membership.spring.boot.autoconfigure.discovery;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.cache.Cache;
import org.springframework.cloud.loadbalancer.cache.DefaultLoadBalancerCacheManager;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheManager;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoadBalancerCacheEviction}.
 */
class LoadBalancerCacheEvictionTests {

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	private final Map<Duration, Runnable> later = new LinkedHashMap<>();

	private final LoadBalancerCacheEviction eviction = new LoadBalancerCacheEviction(this.beanFactory,
			(delay) -> (task) -> this.later.put(delay, task));

	@Test
	void removesTheServicesThatChangedFromEveryCacheOfEveryManager() {
		LoadBalancerCacheManager first = register("first", "one", "two");
		LoadBalancerCacheManager second = register("second", "three");
		List<Cache> caches = List.of(cache(first, "one"), cache(first, "two"), cache(second, "three"));
		caches.forEach((cache) -> List.of("orders", "billing", "mail").forEach((key) -> cache.put(key, List.of())));
		this.eviction.servicesChanged(Set.of("orders", "mail"), 1);
		assertThat(caches).allSatisfy((cache) -> {
			assertThat(cache.get("orders")).isNull();
			assertThat(cache.get("mail")).isNull();
			assertThat(cache.get("billing")).isNotNull();
		});
	}

	@Test
	void removesAgainWhatWasReadBeforeTheChangeAndCachedAfterIt() {
		Cache cache = cache(register("manager", "cache"), "cache");
		this.eviction.servicesChanged(Set.of("orders"), 1);
		assertThat(this.later.keySet()).containsExactly(Duration.ofMillis(100), Duration.ofSeconds(1));
		this.later.values().forEach((task) -> {
			cache.put("orders", List.of());
			task.run();
			assertThat(cache.get("orders")).isNull();
		});
	}

	@Test
	void withoutCachesDoesNothing() {
		this.eviction.servicesChanged(Set.of("orders"), 1);
		assertThat(this.later).isEmpty();
	}

	/** As the load balancer does it: not to be injected. */
	private LoadBalancerCacheManager register(String name, String... caches) {
		LoadBalancerCacheManager manager = new DefaultLoadBalancerCacheManager(new LoadBalancerCacheProperties(),
				caches);
		RootBeanDefinition definition = new RootBeanDefinition(LoadBalancerCacheManager.class, () -> manager);
		definition.setAutowireCandidate(false);
		this.beanFactory.registerBeanDefinition(name, definition);
		return manager;
	}

	private static Cache cache(LoadBalancerCacheManager manager, String name) {
		Cache cache = manager.getCache(name);
		assertThat(cache).isNotNull();
		return cache;
	}

}
