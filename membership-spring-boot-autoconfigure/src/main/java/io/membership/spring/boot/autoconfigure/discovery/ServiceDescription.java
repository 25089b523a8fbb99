package io.membership.spring.boot.autoconfigure.discovery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What a member says about the service that it offers, in one entry of its payload.
 * Immutable.
 *
 * @param service the id of the service
 * @param host the host at which the service is reached, or {@code null} for the host of
 * the member's URI
 * @param port the TCP port, or {@code null} if nothing can be called
 * @param secure whether the scheme is https rather than http
 * @param managementPort the TCP port of the actuator if that is another one
 * @param contextPath the path under which everything is found, or {@code null} for the
 * root
 * @param zone where the instance runs
 * @param version the version of the application
 * @param state whether the instance wants to be called
 * @param metadata anything else, sorted by name
 */
record ServiceDescription(String service, @Nullable String host, @Nullable Integer port, boolean secure,
		@Nullable Integer managementPort, @Nullable String contextPath, @Nullable String zone, @Nullable String version,
		ServiceState state, Map<String, String> metadata) {

	/** Name of the entry in the payload. */
	static final String PAYLOAD_KEY = "discovery";

	ServiceDescription {
		metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
	}

	/** Tells whether there is something to call, and it wants to be called. */
	boolean isCallable() {
		return this.port != null && this.state == ServiceState.UP;
	}

	/**
	 * Returns the value of the entry. What is absent is left out, and the state always
	 * takes the same room, so that a payload that fits goes on to fit.
	 */
	Map<String, Object> toPayload() {
		Map<String, Object> payload = new LinkedHashMap<>();
		payload.put(Field.SERVICE, this.service);
		payload.put(Field.STATE, this.state.code());
		put(payload, Field.HOST, this.host);
		put(payload, Field.PORT, this.port);
		put(payload, Field.TLS, this.secure ? Boolean.TRUE : null);
		put(payload, Field.MANAGEMENT_PORT, this.managementPort);
		put(payload, Field.CONTEXT_PATH, this.contextPath);
		put(payload, Field.ZONE, this.zone);
		put(payload, Field.VERSION, this.version);
		put(payload, Field.METADATA, this.metadata.isEmpty() ? null : this.metadata);
		return payload;
	}

	private static void put(Map<String, Object> payload, String key, @Nullable Object value) {
		if (value != null) {
			payload.put(key, value);
		}
	}

	/**
	 * Reads the value of the entry, which anybody may have written.
	 * @param value any value
	 * @return the description, or {@code null} if the value is none
	 */
	static @Nullable ServiceDescription fromPayload(@Nullable Object value) {
		if (!(value instanceof Map<?, ?> map)) {
			return null;
		}
		DescriptionReader reader = new DescriptionReader(map);
		ServiceDescription description = new ServiceDescription(reader.required(Field.SERVICE), reader.host(Field.HOST),
				reader.port(Field.PORT), reader.flag(Field.TLS), reader.port(Field.MANAGEMENT_PORT),
				reader.text(Field.CONTEXT_PATH), reader.text(Field.ZONE), reader.text(Field.VERSION),
				reader.state(Field.STATE), reader.texts(Field.METADATA));
		return reader.isSound() ? description : null;
	}

	/** Names of the values, short because every member repeats them. */
	static final class Field {

		static final String SERVICE = "s";

		static final String STATE = "a";

		static final String HOST = "h";

		static final String PORT = "p";

		static final String TLS = "t";

		static final String MANAGEMENT_PORT = "m";

		static final String CONTEXT_PATH = "c";

		static final String ZONE = "z";

		static final String VERSION = "v";

		static final String METADATA = "d";

		private Field() {
		}

	}

}
