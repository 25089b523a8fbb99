package io.membership.spring.boot.autoconfigure.discovery;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;

/**
 * Instances by the id of their service. Readers do not wait, and see all of it as it was
 * after one change. Thread-safe.
 */
final class ServiceIndex {

	private final Map<MemberUri, MembershipServiceInstance> instances = new HashMap<>();

	private final Map<String, SortedMap<MemberUri, ServiceInstance>> instancesByService = new HashMap<>();

	/** What readers see: immutable, and sorted, so that taking turns goes on in order. */
	private volatile Map<String, List<ServiceInstance>> services = Map.of();

	/** Returns the ids of the services with an instance, sorted. */
	List<String> services() {
		return List.copyOf(this.services.keySet());
	}

	/** Returns the instances of a service, sorted. */
	List<ServiceInstance> instances(String service) {
		return this.services.getOrDefault(service, List.of());
	}

	/**
	 * Makes one member an instance, or none.
	 * @param uri the member
	 * @param instance what it is now, {@code null} for no instance
	 * @return the ids of the services that changed
	 */
	synchronized Set<String> update(MemberUri uri, @Nullable MembershipServiceInstance instance) {
		return updateAll(Collections.singletonMap(uri, instance));
	}

	/**
	 * Makes some members instances, and all others none.
	 * @param all the instances
	 * @return the ids of the services that changed
	 */
	synchronized Set<String> replaceAll(Map<MemberUri, MembershipServiceInstance> all) {
		Map<MemberUri, @Nullable MembershipServiceInstance> changes = new HashMap<>(all);
		this.instances.keySet().forEach((uri) -> changes.putIfAbsent(uri, null));
		return updateAll(changes);
	}

	private Set<String> updateAll(Map<MemberUri, ? extends @Nullable MembershipServiceInstance> changes) {
		Set<String> changed = new TreeSet<>();
		changes.forEach((uri, instance) -> {
			MembershipServiceInstance before = this.instances.get(uri);
			if (!Objects.equals(before, instance)) {
				remove(before, changed);
				add(instance, changed);
			}
		});
		if (!changed.isEmpty()) {
			publish(changed);
		}
		return changed;
	}

	private void remove(@Nullable MembershipServiceInstance instance, Set<String> changed) {
		if (instance != null) {
			this.instances.remove(instance.getMemberUri());
			ofService(instance).remove(instance.getMemberUri());
			changed.add(instance.getServiceId());
		}
	}

	private void add(@Nullable MembershipServiceInstance instance, Set<String> changed) {
		if (instance != null) {
			this.instances.put(instance.getMemberUri(), instance);
			ofService(instance).put(instance.getMemberUri(), instance);
			changed.add(instance.getServiceId());
		}
	}

	private SortedMap<MemberUri, ServiceInstance> ofService(MembershipServiceInstance instance) {
		return this.instancesByService.computeIfAbsent(instance.getServiceId(), (service) -> new TreeMap<>());
	}

	private void publish(Set<String> changed) {
		Map<String, List<ServiceInstance>> updated = new TreeMap<>(this.services);
		changed.forEach((service) -> {
			List<ServiceInstance> remaining = List
				.copyOf(this.instancesByService.getOrDefault(service, Collections.emptySortedMap()).values());
			if (remaining.isEmpty()) {
				this.instancesByService.remove(service);
				updated.remove(service);
			}
			else {
				updated.put(service, remaining);
			}
		});
		this.services = updated;
	}

}
