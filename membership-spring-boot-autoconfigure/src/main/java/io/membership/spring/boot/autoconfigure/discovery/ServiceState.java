package io.membership.spring.boot.autoconfigure.discovery;

import org.jspecify.annotations.Nullable;

/**
 * Whether an instance wants to be called. The name is what Spring Cloud's registries call
 * it; the code is what travels.
 */
enum ServiceState {

	/**
	 * Alive, but not to be called now: still starting, or its readiness was withdrawn.
	 */
	REFUSING_TRAFFIC(0),

	/** To be called. */
	UP(1),

	/** Taken out of service by an operator, whatever the application thinks. */
	OUT_OF_SERVICE(2);

	private final int code;

	ServiceState(int code) {
		this.code = code;
	}

	int code() {
		return this.code;
	}

	/** Returns the state with a code, or {@code null} if there is none. */
	static @Nullable ServiceState ofCode(long code) {
		for (ServiceState state : values()) {
			if (state.code == code) {
				return state;
			}
		}
		return null;
	}

}
