package io.membership.spring.boot.autoconfigure.discovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipEvent;
import io.membership.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the index as the view of the mesh is, and tells who wants to know. It subscribes
 * before the application's own listeners can, so that these find the services changed.
 * <p>
 * What it takes in is the view at the moment, not the one of the event: so it makes no
 * difference if events wait or were merged. Once the node is about to leave, the index
 * stays as it is, for requests that are still to be answered.
 */
final class ServiceIndexUpdater implements SmartLifecycle, InitializingBean, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(ServiceIndexUpdater.class);

	private final Membership membership;

	private final ServiceIndex index;

	private final boolean includeSuspects;

	private final int phase;

	private final List<ServiceChangeListener> listeners;

	private @Nullable Subscription subscription;

	private boolean frozen;

	private long version;

	private volatile boolean running;

	/**
	 * Creates an updater.
	 * @param membership whose view is taken in
	 * @param index what to keep up to date
	 * @param includeSuspects whether suspects are instances
	 * @param membershipPhase when the node starts and stops
	 * @param listeners who is told, in order
	 */
	ServiceIndexUpdater(Membership membership, ServiceIndex index, boolean includeSuspects, int membershipPhase,
			List<ServiceChangeListener> listeners) {
		this.membership = membership;
		this.index = index;
		this.includeSuspects = includeSuspects;
		this.phase = (int) Math.min(membershipPhase + 1L, Integer.MAX_VALUE);
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void afterPropertiesSet() {
		this.subscription = this.membership.subscribe(this::onEvent);
	}

	@Override
	public void destroy() {
		if (this.subscription != null) {
			this.subscription.close();
		}
	}

	private void onEvent(MembershipEvent event) {
		MemberUri uri = event.member().uri();
		// When this node itself leaves or comes back there are no events of all the
		// others
		boolean mine = uri.equals(this.membership.myself().uri());
		Change change;
		synchronized (this) {
			if (this.frozen) {
				return;
			}
			change = counted(
					mine ? readAll() : this.index.update(uri, instance(this.membership.member(uri).orElse(null))));
		}
		tell(change);
	}

	@Override
	public void start() {
		Change change;
		synchronized (this) {
			this.frozen = false;
			change = counted(readAll());
		}
		this.running = true;
		tell(change);
	}

	@Override
	public synchronized void stop() {
		this.frozen = true;
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** After the node has started, and before it leaves. */
	@Override
	public int getPhase() {
		return this.phase;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	private Set<String> readAll() {
		Map<MemberUri, MembershipServiceInstance> instances = new HashMap<>();
		this.membership.members().values().forEach((member) -> {
			MembershipServiceInstance instance = instance(member);
			if (instance != null) {
				instances.put(member.uri(), instance);
			}
		});
		return this.index.replaceAll(instances);
	}

	/** Returns what a member is to others: an instance to be called, or none. */
	private @Nullable MembershipServiceInstance instance(@Nullable Member member) {
		if (member == null || !isWanted(member.status())) {
			return null;
		}
		ServiceDescription description = ServiceDescription
			.fromPayload(member.payload().get(ServiceDescription.PAYLOAD_KEY));
		return (description != null && description.isCallable())
				? new MembershipServiceInstance(member.uri(), description) : null;
	}

	private boolean isWanted(MemberStatus status) {
		return status == MemberStatus.ALIVE || (status == MemberStatus.SUSPECT && this.includeSuspects);
	}

	private Change counted(Set<String> services) {
		if (!services.isEmpty()) {
			this.version++;
		}
		return new Change(services, this.version);
	}

	private void tell(Change change) {
		if (change.services().isEmpty()) {
			return;
		}
		for (ServiceChangeListener listener : this.listeners) {
			try {
				listener.servicesChanged(change.services(), change.version());
			}
			catch (RuntimeException ex) {
				logger.warn("A listener failed to take in that services changed: {}", change.services(), ex);
			}
		}
	}

	/** Services that changed, and the number of the change. */
	private record Change(Set<String> services, long version) {

	}

}
