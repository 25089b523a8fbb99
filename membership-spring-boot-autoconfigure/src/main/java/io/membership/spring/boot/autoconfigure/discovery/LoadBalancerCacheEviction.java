package io.membership.spring.boot.autoconfigure.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheManager;

/**
 * Removes services that changed from the caches of the load balancer, which would go on
 * to call instances that are gone for as long as it keeps them.
 * <p>
 * A load balancer may just have read the instances before the change and be about to
 * cache them. So what was removed is removed again a little later.
 */
final class LoadBalancerCacheEviction implements ServiceChangeListener {

	/** The second one is for those who were held up between reading and caching. */
	static final List<Duration> REPEATS = List.of(Duration.ofMillis(100), Duration.ofSeconds(1));

	private final ListableBeanFactory beanFactory;

	private final Function<Duration, Executor> later;

	/**
	 * Creates an eviction.
	 * @param beanFactory where the caches are
	 * @param later returns who runs something after a time
	 */
	LoadBalancerCacheEviction(ListableBeanFactory beanFactory, Function<Duration, Executor> later) {
		this.beanFactory = beanFactory;
		this.later = later;
	}

	@Override
	public void servicesChanged(Set<String> services, long version) {
		// Not injected: the load balancer's own beans of this type are no candidates
		List<LoadBalancerCacheManager> managers = List
			.copyOf(this.beanFactory.getBeansOfType(LoadBalancerCacheManager.class).values());
		if (managers.isEmpty()) {
			return;
		}
		evict(managers, services);
		REPEATS.forEach((delay) -> this.later.apply(delay).execute(() -> evict(managers, services)));
	}

	private static void evict(List<LoadBalancerCacheManager> managers, Set<String> services) {
		for (CacheManager manager : managers) {
			for (String name : manager.getCacheNames()) {
				Cache cache = manager.getCache(name);
				if (cache != null) {
					services.forEach(cache::evictIfPresent);
				}
			}
		}
	}

}
