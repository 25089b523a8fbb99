package io.membership.spring.boot.autoconfigure.discovery;

import reactor.core.publisher.Flux;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;

/**
 * Finds the instances of services among the members of the mesh, in memory. Each
 * subscriber gets what is there when it subscribes. Thread-safe.
 */
public final class MembershipReactiveDiscoveryClient implements ReactiveDiscoveryClient {

	private final ServiceIndex index;

	private final int order;

	MembershipReactiveDiscoveryClient(ServiceIndex index, int order) {
		this.index = index;
		this.order = order;
	}

	@Override
	public String description() {
		return "Membership Reactive Discovery Client";
	}

	@Override
	public Flux<ServiceInstance> getInstances(String serviceId) {
		return Flux.defer(() -> Flux.fromIterable(this.index.instances(serviceId)));
	}

	@Override
	public Flux<String> getServices() {
		return Flux.defer(() -> Flux.fromIterable(this.index.services()));
	}

	@Override
	public int getOrder() {
		return this.order;
	}

}
