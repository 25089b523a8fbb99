package io.membership;

import org.jspecify.annotations.Nullable;

/**
 * A service whose records in DNS (SRV, RFC 2782) name the hosts and ports of members:
 * {@code dns+srv:///_service._udp.name}. Priorities and weights mean nothing here.
 *
 * @param name the full name of the service, as no search domain is added to it
 */
public record ServiceSeed(String name) implements Seed {

	static final String PREFIX = "dns+srv:///";

	/**
	 * Creates a seed.
	 * @throws IllegalArgumentException if the name is malformed
	 */
	public ServiceSeed {
		MemberUri.of(name, 0);
	}

	static @Nullable ServiceSeed tryParse(String text) {
		boolean isName = text.indexOf(':') < 0 && MemberUri.tryParse(text + ":" + MemberUri.MAX_PORT) != null;
		return isName ? new ServiceSeed(text) : null;
	}

	/**
	 * Returns the seed as text that can be parsed again.
	 * @return {@code dns+srv:///} and the name
	 */
	@Override
	public String toString() {
		return PREFIX + this.name;
	}

}
