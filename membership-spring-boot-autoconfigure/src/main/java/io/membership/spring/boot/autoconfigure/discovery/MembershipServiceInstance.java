package io.membership.spring.boot.autoconfigure.discovery;

import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;

/**
 * A member as an instance of a service. Immutable and thread-safe.
 * <p>
 * Its metadata are those that the member gives itself, and as far as they are known
 * {@value #ZONE}, {@value #VERSION}, {@value #CONTEXT_PATH} and {@value #MANAGEMENT_PORT}
 * (where the actuator has a port of its own).
 */
public final class MembershipServiceInstance implements ServiceInstance {

	/** Name of the zone in the metadata, where the load balancer looks for it. */
	public static final String ZONE = "zone";

	/** Name of the application's version in the metadata. */
	public static final String VERSION = "version";

	/** Name of the context path in the metadata. */
	public static final String CONTEXT_PATH = "context-path";

	/** Name of the actuator's port in the metadata. */
	public static final String MANAGEMENT_PORT = "management.port";

	private final MemberUri memberUri;

	private final ServiceDescription description;

	private final Map<String, String> metadata;

	MembershipServiceInstance(MemberUri memberUri, ServiceDescription description) {
		this.memberUri = memberUri;
		this.description = description;
		this.metadata = metadata(description);
	}

	private static Map<String, String> metadata(ServiceDescription description) {
		Map<String, String> metadata = new TreeMap<>(description.metadata());
		put(metadata, ZONE, description.zone());
		put(metadata, VERSION, description.version());
		put(metadata, CONTEXT_PATH, description.contextPath());
		put(metadata, MANAGEMENT_PORT, description.managementPort());
		return Collections.unmodifiableMap(metadata);
	}

	private static void put(Map<String, String> metadata, String name, @Nullable Object value) {
		if (value != null) {
			metadata.put(name, value.toString());
		}
	}

	/**
	 * Returns the member that this instance is.
	 * @return the URI of the member
	 */
	public MemberUri getMemberUri() {
		return this.memberUri;
	}

	/**
	 * Returns the URI of the member as text.
	 */
	@Override
	public String getInstanceId() {
		return this.memberUri.toString();
	}

	@Override
	public String getServiceId() {
		return this.description.service();
	}

	/**
	 * Returns the host, IPv6 addresses in brackets.
	 */
	@Override
	public String getHost() {
		String host = this.description.host();
		return (host != null) ? host : this.memberUri.host();
	}

	/**
	 * Returns the TCP port, 0 if there is none. Instances without a port are not found by
	 * discovery clients.
	 */
	@Override
	public int getPort() {
		Integer port = this.description.port();
		return (port != null) ? port : 0;
	}

	@Override
	public boolean isSecure() {
		return this.description.secure();
	}

	/**
	 * Returns scheme, host and port; the context path is in the metadata.
	 */
	@Override
	public URI getUri() {
		return ServiceInstance.createUri(this);
	}

	@Override
	public Map<String, String> getMetadata() {
		return this.metadata;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof MembershipServiceInstance instance && this.memberUri.equals(instance.memberUri)
				&& this.description.equals(instance.description);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.memberUri, this.description);
	}

	@Override
	public String toString() {
		return getServiceId() + " at " + getHost() + ":" + getPort() + " (member " + this.memberUri + ")";
	}

}
