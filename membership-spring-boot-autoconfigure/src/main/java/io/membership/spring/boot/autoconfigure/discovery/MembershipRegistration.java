package io.membership.spring.boot.autoconfigure.discovery;

import java.net.URI;
import java.util.Map;

import io.membership.Membership;

import org.springframework.cloud.client.serviceregistry.Registration;

/**
 * This application as an instance of its service, as it is at the moment of each call.
 * Thread-safe.
 */
public final class MembershipRegistration implements Registration {

	private final Membership membership;

	private final LocalService service;

	MembershipRegistration(Membership membership, LocalService service) {
		this.membership = membership;
		this.service = service;
	}

	private MembershipServiceInstance instance() {
		return new MembershipServiceInstance(this.membership.myself().uri(), this.service.describe(ServiceState.UP));
	}

	/**
	 * Returns the URI of this node as text.
	 */
	@Override
	public String getInstanceId() {
		return instance().getInstanceId();
	}

	@Override
	public String getServiceId() {
		return this.service.service();
	}

	@Override
	public String getHost() {
		return instance().getHost();
	}

	/**
	 * Returns the TCP port, 0 if there is none, or none yet.
	 */
	@Override
	public int getPort() {
		return instance().getPort();
	}

	@Override
	public boolean isSecure() {
		return instance().isSecure();
	}

	@Override
	public URI getUri() {
		return instance().getUri();
	}

	@Override
	public Map<String, String> getMetadata() {
		return instance().getMetadata();
	}

	@Override
	public String toString() {
		return instance().toString();
	}

}
