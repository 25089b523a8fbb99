package io.membership.spring.boot.autoconfigure.discovery;

import java.util.Map;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Describes this application as a service. What properties leave open is read from the
 * environment, which knows the ports of the servers once these have started; so no class
 * of a web server is needed.
 */
final class LocalService {

	private static final String SSL = "server.ssl";

	private static final String ZONE_KEY = "membership.dashboard.zone-key";

	private volatile MembershipDiscoveryProperties properties;

	private final Environment environment;

	LocalService(MembershipDiscoveryProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	MembershipDiscoveryProperties properties() {
		return this.properties;
	}

	void use(MembershipDiscoveryProperties changed) {
		this.properties = changed;
	}

	/**
	 * Reads the properties as they are now. What is read differently each time is random;
	 * it was drawn at the start.
	 */
	MembershipDiscoveryProperties read() {
		MembershipDiscoveryProperties now = bind();
		Map<String, String> again = bind().getMetadata();
		now.getMetadata()
			.replaceAll((name, value) -> value.equals(again.get(name)) ? value
					: this.properties.getMetadata().getOrDefault(name, value));
		return now;
	}

	private MembershipDiscoveryProperties bind() {
		return Binder.get(this.environment)
			.bindOrCreate(MembershipDiscoveryProperties.PREFIX, MembershipDiscoveryProperties.class);
	}

	/**
	 * Describes the application as it is now.
	 * @param state the state that the description tells
	 * @return a description that others can read
	 * @throws InvalidConfigurationPropertyValueException if they could not
	 */
	ServiceDescription describe(ServiceState state) {
		Integer port = port("port", this.properties.getPort(), "local.server.port");
		Integer managementPort = port("management-port", this.properties.getManagementPort(), "local.management.port");
		return new ServiceDescription(service(), host(), port, isSecure(),
				(managementPort != null && !managementPort.equals(port)) ? managementPort : null, contextPath(), zone(),
				text("version", this.properties.getVersion(), "spring.application.version"), state, metadata());
	}

	/** Returns the id of the service, with the default that Spring Cloud uses. */
	String service() {
		String service = text("service-id", this.properties.getServiceId(), "spring.application.name");
		return (service != null) ? service : "application";
	}

	/**
	 * Returns the zone, which the live page shows, too, if it is an entry of the payload.
	 */
	@Nullable String zone() {
		String key = this.environment.getProperty(ZONE_KEY, "zone");
		return text("zone", this.properties.getZone(), "spring.cloud.loadbalancer.zone", "membership.payload." + key);
	}

	private @Nullable String host() {
		String host = text("host", this.properties.getHost());
		try {
			return (host != null) ? MemberUri.of(host, 0).host() : null;
		}
		catch (IllegalArgumentException ex) {
			throw invalid("host", host, "It is neither a host name nor an IP address.");
		}
	}

	private @Nullable Integer port(String name, @Nullable Integer configured, String actual) {
		if (configured == null) {
			int port = this.environment.getProperty(actual, Integer.class, 0);
			return (port > 0) ? port : null;
		}
		if (configured < 1 || configured > MemberUri.MAX_PORT) {
			throw invalid(name, configured, "It is not in the range 1 to " + MemberUri.MAX_PORT + ".");
		}
		return configured;
	}

	private boolean isSecure() {
		Boolean configured = this.properties.getSecure();
		return (configured != null) ? configured : isSslConfigured();
	}

	/**
	 * As the web servers see it: anything about SSL switches it on, unless told not to.
	 */
	private boolean isSslConfigured() {
		return Binder.get(this.environment).bind(SSL, Bindable.mapOf(String.class, Object.class)).isBound()
				&& this.environment.getProperty(SSL + ".enabled", Boolean.class, true);
	}

	private @Nullable String contextPath() {
		String path = text("context-path", this.properties.getContextPath(), "server.servlet.context-path",
				"spring.webflux.base-path");
		return "/".equals(path) ? null : path;
	}

	private Map<String, String> metadata() {
		Map<String, String> metadata = this.properties.getMetadata();
		metadata.forEach((name, value) -> checkPrintable("metadata." + name, name));
		return metadata;
	}

	private @Nullable String text(String name, @Nullable String configured, String... alternatives) {
		String text = configured;
		for (String alternative : alternatives) {
			text = StringUtils.hasText(text) ? text : this.environment.getProperty(alternative);
		}
		if (!StringUtils.hasText(text)) {
			return null;
		}
		checkPrintable(name, text);
		return text;
	}

	private static void checkPrintable(String name, String text) {
		if (!DescriptionReader.isPrintable(text)) {
			throw invalid(name, text, "It has control characters, or nothing but blanks.");
		}
	}

	private static InvalidConfigurationPropertyValueException invalid(String name, @Nullable Object value,
			String reason) {
		return new InvalidConfigurationPropertyValueException(MembershipDiscoveryProperties.PREFIX + "." + name, value,
				reason);
	}

}
