package io.membership.spring.boot.autoconfigure.discovery;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for members as service instances.
 */
@ConfigurationProperties(MembershipDiscoveryProperties.PREFIX)
public class MembershipDiscoveryProperties {

	static final String PREFIX = "membership.discovery";

	/**
	 * Whether Spring Cloud finds services in the mesh.
	 */
	private boolean enabled = true;

	/**
	 * Whether this application is to be found by others.
	 */
	private boolean register = true;

	/**
	 * Id of the service that this application is an instance of. The name of the
	 * application when not set.
	 */
	private @Nullable String serviceId;

	/**
	 * Name or address by which this application is called. The advertised host of this
	 * node when not set.
	 */
	private @Nullable String host;

	/**
	 * TCP port by which this application is called. The port of its web server when not
	 * set.
	 */
	private @Nullable Integer port;

	/**
	 * Whether this application is called by https. Whether its web server has SSL when
	 * not set.
	 */
	private @Nullable Boolean secure;

	/**
	 * TCP port by which the actuator is called. The port of the management server when
	 * not set.
	 */
	private @Nullable Integer managementPort;

	/**
	 * Path under which everything is found. The context path of the web server when not
	 * set.
	 */
	private @Nullable String contextPath;

	/**
	 * Zone in which this application runs. The zone of the load balancer when not set, or
	 * the entry of the payload that the live page shows as the zone.
	 */
	private @Nullable String zone;

	/**
	 * Version of this application. What its manifest says when not set.
	 */
	private @Nullable String version;

	/**
	 * What else this application says about itself as an instance.
	 */
	private Map<String, String> metadata = new LinkedHashMap<>();

	/**
	 * Whether suspected members are instances as well.
	 */
	private boolean includeSuspects;

	/**
	 * Order of the discovery clients among others. The first that knows instances of a
	 * service is asked.
	 */
	private int order;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public boolean isRegister() {
		return this.register;
	}

	public void setRegister(boolean register) {
		this.register = register;
	}

	public @Nullable String getServiceId() {
		return this.serviceId;
	}

	public void setServiceId(@Nullable String serviceId) {
		this.serviceId = serviceId;
	}

	public @Nullable String getHost() {
		return this.host;
	}

	public void setHost(@Nullable String host) {
		this.host = host;
	}

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

	public @Nullable Boolean getSecure() {
		return this.secure;
	}

	public void setSecure(@Nullable Boolean secure) {
		this.secure = secure;
	}

	public @Nullable Integer getManagementPort() {
		return this.managementPort;
	}

	public void setManagementPort(@Nullable Integer managementPort) {
		this.managementPort = managementPort;
	}

	public @Nullable String getContextPath() {
		return this.contextPath;
	}

	public void setContextPath(@Nullable String contextPath) {
		this.contextPath = contextPath;
	}

	public @Nullable String getZone() {
		return this.zone;
	}

	public void setZone(@Nullable String zone) {
		this.zone = zone;
	}

	public @Nullable String getVersion() {
		return this.version;
	}

	public void setVersion(@Nullable String version) {
		this.version = version;
	}

	public Map<String, String> getMetadata() {
		return this.metadata;
	}

	public void setMetadata(Map<String, String> metadata) {
		this.metadata = metadata;
	}

	public boolean isIncludeSuspects() {
		return this.includeSuspects;
	}

	public void setIncludeSuspects(boolean includeSuspects) {
		this.includeSuspects = includeSuspects;
	}

	public int getOrder() {
		return this.order;
	}

	public void setOrder(int order) {
		this.order = order;
	}

}
