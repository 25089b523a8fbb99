package io.membership.spring.boot.autoconfigure.discovery;

import java.util.List;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * Finds the instances of services among the members of the mesh, in memory and without
 * waiting. Results are immutable. Thread-safe.
 */
public final class MembershipDiscoveryClient implements DiscoveryClient {

	private final ServiceIndex index;

	private final int order;

	MembershipDiscoveryClient(ServiceIndex index, int order) {
		this.index = index;
		this.order = order;
	}

	@Override
	public String description() {
		return "Membership Discovery Client";
	}

	@Override
	public List<ServiceInstance> getInstances(String serviceId) {
		return this.index.instances(serviceId);
	}

	@Override
	public List<String> getServices() {
		return this.index.services();
	}

	@Override
	public int getOrder() {
		return this.order;
	}

}
