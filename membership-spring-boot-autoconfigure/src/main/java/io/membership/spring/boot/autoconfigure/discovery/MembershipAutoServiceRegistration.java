package io.membership.spring.boot.autoconfigure.discovery;

import io.membership.InvalidPayloadException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.cloud.client.discovery.event.InstancePreRegisteredEvent;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Registers this application once its servers have ports and before the node joins, so
 * that the first thing that others hear of it is complete; and tells when it is ready.
 */
final class MembershipAutoServiceRegistration implements AutoServiceRegistration, SmartLifecycle,
		ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private static final Logger logger = LoggerFactory.getLogger(MembershipAutoServiceRegistration.class);

	private final MembershipServiceRegistry registry;

	private final MembershipRegistration registration;

	private final ApplicationContext context;

	private final int phase;

	private volatile boolean running;

	/**
	 * Creates an automatic registration.
	 * @param registry where to register
	 * @param registration what to register
	 * @param context whose readiness counts, and whose listeners are told
	 * @param membershipPhase when the node starts and stops
	 */
	MembershipAutoServiceRegistration(MembershipServiceRegistry registry, MembershipRegistration registration,
			ApplicationContext context, int membershipPhase) {
		this.registry = registry;
		this.registration = registration;
		this.context = context;
		this.phase = (int) Math.max(membershipPhase - 1L, Integer.MIN_VALUE);
	}

	@Override
	public void start() {
		this.context.publishEvent(new InstancePreRegisteredEvent(this, this.registration));
		try {
			this.registry.register(this.registration);
		}
		catch (InvalidPayloadException ex) {
			throw new InvalidConfigurationPropertyValueException(MembershipDiscoveryProperties.PREFIX + ".metadata",
					null, String.valueOf(ex.getMessage()));
		}
		this.running = true;
		this.context.publishEvent(new InstanceRegisteredEvent<>(this, this.registration));
	}

	@Override
	public void stop() {
		this.registry.deregister(this.registration);
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Before the node starts, and after it has left. */
	@Override
	public int getPhase() {
		return this.phase;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (isForeign(event.getSource())) {
			return;
		}
		try {
			this.registry.setReady(event.getState() == ReadinessState.ACCEPTING_TRAFFIC);
		}
		catch (RuntimeException ex) {
			// The context is about to start or to close, which must go on
			logger.warn("The mesh could not be told that this application is {}", event.getState(), ex);
		}
	}

	/** A management server has a context of its own, which tells its parent too. */
	private boolean isForeign(Object source) {
		return source instanceof ApplicationContext other && other != this.context;
	}

}
