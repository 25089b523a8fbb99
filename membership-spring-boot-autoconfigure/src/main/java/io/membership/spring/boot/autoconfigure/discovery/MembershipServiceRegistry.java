package io.membership.spring.boot.autoconfigure.discovery;

import java.util.Locale;

import io.membership.InvalidPayloadException;
import io.membership.Membership;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

/**
 * Tells the mesh that this application is an instance of its service, and whether it
 * wants to be called. There is no server to tell: the description is an entry of this
 * node's payload, so the only registration is this application's own. Thread-safe.
 */
public final class MembershipServiceRegistry implements ServiceRegistry<MembershipRegistration> {

	private final Membership membership;

	private final LocalService service;

	private boolean registered;

	private boolean ready;

	private boolean outOfService;

	MembershipServiceRegistry(Membership membership, LocalService service) {
		this.membership = membership;
		this.service = service;
	}

	/**
	 * Describes this application to the mesh, or anew if it has changed.
	 * @throws InvalidPayloadException if the description does not fit one datagram
	 */
	@Override
	public synchronized void register(@Nullable MembershipRegistration registration) {
		tell(state(this.ready, this.outOfService));
		this.registered = true;
	}

	/**
	 * Takes the description back. The node stays a member.
	 */
	@Override
	public synchronized void deregister(@Nullable MembershipRegistration registration) {
		this.registered = false;
		this.membership.setPayload(ServiceDescription.PAYLOAD_KEY, null);
	}

	/**
	 * Does nothing: whoever closes the node leaves the mesh.
	 */
	@Override
	public void close() {
	}

	/**
	 * Takes this application out of service, whether it is ready or not, or back.
	 * @param registration this application
	 * @param status {@code OUT_OF_SERVICE} or {@code UP}, in any case
	 * @throws IllegalArgumentException if the status is another one; over HTTP it is
	 * answered with 400
	 */
	@Override
	public synchronized void setStatus(MembershipRegistration registration, String status) {
		change(this.ready, switch (status.strip().toUpperCase(Locale.ROOT)) {
			case "OUT_OF_SERVICE" -> true;
			case "UP" -> false;
			default -> throw new UnknownStatusException(status);
		});
	}

	/**
	 * Returns what the mesh is told of this application.
	 * @param registration this application
	 * @return {@code UP}, {@code OUT_OF_SERVICE}, or {@code REFUSING_TRAFFIC} if the
	 * application is not ready; {@code UNKNOWN} if it is not registered
	 */
	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" }) // as the interface
																		// has it
	public synchronized <T> T getStatus(MembershipRegistration registration) {
		return (T) (this.registered ? state(this.ready, this.outOfService).name() : "UNKNOWN");
	}

	/** Tells whether the application itself wants to be called. */
	synchronized void setReady(boolean ready) {
		change(ready, this.outOfService);
	}

	/**
	 * Reads the properties anew, and tells the mesh if they say something else.
	 * @throws RuntimeException if nobody could read what they say, or it does not fit one
	 * datagram; nothing is changed then
	 */
	synchronized void refresh() {
		MembershipDiscoveryProperties before = this.service.properties();
		this.service.use(this.service.read());
		try {
			ServiceDescription description = this.service.describe(state(this.ready, this.outOfService));
			if (this.registered) {
				tell(description);
			}
		}
		catch (RuntimeException ex) {
			this.service.use(before);
			throw ex;
		}
	}

	private void change(boolean readyNow, boolean outOfServiceNow) {
		if (this.registered) {
			tell(state(readyNow, outOfServiceNow));
		}
		this.ready = readyNow;
		this.outOfService = outOfServiceNow;
	}

	private void tell(ServiceState state) {
		tell(this.service.describe(state));
	}

	private void tell(ServiceDescription description) {
		this.membership.setPayload(ServiceDescription.PAYLOAD_KEY, description.toPayload());
	}

	private static ServiceState state(boolean ready, boolean outOfService) {
		if (outOfService) {
			return ServiceState.OUT_OF_SERVICE;
		}
		return ready ? ServiceState.UP : ServiceState.REFUSING_TRAFFIC;
	}

}
